import { fixedText } from "./payload/payload.ts";
import { percentiles, resources, time } from "./metrics/metrics.ts";
import { attemptsOfEach, broughtBack, failedAttempts } from "./metrics/reconnects.ts";
import { reconnect as reconnecting } from "./traffic/reconnect.ts";
import type { Scenario } from "./types.ts";
import { readBackoff } from "./traffic/timing/texts.ts";

const ALL_BACK = { prefix: "all.", title: "All back" };

/** All connections at once broken off, and their way back. */
export const reconnect: Scenario = {
  id: "reconnect",
  title: "Reconnecting",
  question:
    "When all connections break off at once, how long does it take until all are back, and how many attempts fail?",
  behaviour: "/echo",
  cases: (["client", "sigterm", "sigkill"] as const).map((cut) => ({ connections: 1000, cut })),
  isOptional: true,
  onlyWire: true,
  isUndivided: true,
  timeline: "handshakes",
  traffic: (load, { connections = 1000, cut = "client", backoff }, seed) =>
    reconnecting(load, {
      connections,
      cut,
      backoff: backoff === undefined ? undefined : readBackoff(backoff),
      seed,
    }),
  payload: () => fixedText("hi"),
  metrics: [
    time("batchTime", { percentile: 50 }, ALL_BACK),
    time("batchTime", "max", ALL_BACK),
    ...percentiles("outageTime", [50, 99]),
    ...percentiles("handshakeTime", [50, 99]),
    broughtBack,
    attemptsOfEach,
    failedAttempts,
    ...resources,
  ],
};
