import { messageOf } from "./payload/payload.ts";
import { session } from "./traffic/session.ts";
import { cpuPer, memoryAtRest, memoryKept, percentiles, resources } from "./metrics/metrics.ts";
import type { Scenario } from "./types.ts";

/** Thousands of connections that are mostly silent. */
export const crowd: Scenario = {
  id: "crowd",
  title: "Crowd",
  question:
    "What do thousands of open connections cost, how soon have all of them an answer, and does the memory come back?",
  behaviour: "/echo",
  cases: [1000, 5000, 10_000].map((connections) => ({ connections, size: 64 })),
  isOptional: true,
  refuses: { think: "all of the crowd send at once" },
  timeline: "replies",
  traffic: (load, { connections = 1000 }) => session(load, { connections, messages: 1 }),
  payload: ({ size = 64, payload }) => messageOf(size, payload),
  metrics: [
    memoryAtRest,
    {
      id: "opening",
      title: "All open after",
      unit: "ms",
      better: "lower",
      value: ({ phases }) => phases.connectMs,
    },
    ...percentiles("batchTime", [50, 99], { prefix: "all.", title: "All answered" }),
    memoryKept,
    cpuPer("message"),
    ...resources,
  ],
};
