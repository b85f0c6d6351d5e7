import { closedLoopOf } from "./traffic/of_case.ts";
import { messageOf } from "./payload/payload.ts";
import type { CaseParameters } from "./parameters.ts";
import {
  compressed,
  cpuPer,
  dataRate,
  fairness,
  memoryAtRest,
  percentiles,
  rate,
  resources,
} from "./metrics/metrics.ts";
import type { Scenario } from "./types.ts";

/** So many that the memory of their compression windows exceeds the noise of the process's memory. */
const CONNECTIONS = 256;

/** Payloads that compress not at all, very well, and like what applications send. */
const PAYLOADS = ["random", "text", "documents"] as const;
const MODES = [undefined, "no-takeover", "takeover"] as const;

/** What compression saves on the wire, and what it costs the server. */
export const compression: Scenario = {
  id: "compression",
  title: "Compression",
  question: "How much smaller do messages become when they are compressed, and at what price?",
  behaviour: "/echo",
  cases: PAYLOADS.flatMap((payload) =>
    [1024, 16 * 1024].flatMap((size) =>
      MODES.map((deflate): CaseParameters => ({
        connections: CONNECTIONS,
        inFlight: 1,
        size,
        payload,
        ...(deflate && { deflate }),
      }))
    )
  ),
  isOptional: true,
  // Other clients would compress during the measurement: they have the plain cases only.
  onlyWire: true,
  timeline: "replies",
  traffic: (load, parameters, seed, share) =>
    closedLoopOf(load, { connections: CONNECTIONS, inFlight: 1, ...parameters }, seed, share),
  payload: ({ size = 1024, payload }) => messageOf(size, payload),
  metrics: [
    rate,
    ...compressed,
    cpuPer("message"),
    memoryAtRest,
    dataRate,
    ...percentiles("serviceTime", [50, 99]),
    ...fairness,
    ...resources,
  ],
};
