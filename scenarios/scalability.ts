import { closedLoopOf } from "./traffic/of_case.ts";
import { messageOf } from "./payload/payload.ts";
import { cpuPer, fairness, percentiles, rate, resources } from "./metrics/metrics.ts";
import type { Scenario } from "./types.ts";

/** Rate and latency as the number of connections grows. */
export const scalability: Scenario = {
  id: "scalability",
  title: "Scalability",
  question: "What happens to the rate and the latency when more and more clients talk at once?",
  behaviour: "/echo",
  cases: [1, 8, 64, 256, 1024].map((connections) => ({ connections, inFlight: 1, size: 64 })),
  timeline: "replies",
  traffic: (load, parameters, seed, share) =>
    closedLoopOf(load, { connections: 1, inFlight: 1, ...parameters }, seed, share),
  payload: ({ size = 64, payload }) => messageOf(size, payload),
  metrics: [
    rate,
    ...percentiles("serviceTime", [50, 99]),
    ...fairness,
    cpuPer("message"),
    ...resources,
  ],
};
