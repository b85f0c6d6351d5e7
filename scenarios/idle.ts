import { idle as idling } from "./traffic/idle.ts";
import { fixedText } from "./payload/payload.ts";
import { cpuPer, memoryPerConnection, percentiles, resources } from "./metrics/metrics.ts";
import type { Scenario } from "./types.ts";

/** Connections that warm the server up, so that its first allocations do not count for the others. */
const WARM = 100;

/** What an open but silent connection costs. */
export const idle: Scenario = {
  id: "idle",
  title: "Idle connections",
  question: "How much memory does an open connection cost the server?",
  behaviour: "/echo",
  cases: [{ connections: 1000 }],
  timeline: "handshakes",
  leastMs: ({ connections = 1000, connectRate = Infinity }) => connections * 1000 / connectRate,
  traffic: (load, { connections = 1000, connectRate }, _seed, share) =>
    idling(load, {
      warm: WARM,
      connections,
      rate: connectRate === undefined ? undefined : { rate: connectRate, share },
    }),
  payload: () => fixedText("hi"),
  metrics: [
    memoryPerConnection,
    ...percentiles("handshakeTime", [50, 99]),
    cpuPer("handshake"),
    ...resources,
  ],
};
