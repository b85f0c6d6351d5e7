import { closedLoopOf } from "./traffic/of_case.ts";
import { messageOf } from "./payload/payload.ts";
import {
  cpuPer,
  dataRate,
  fairness,
  percentiles,
  rate,
  ratePerCpu,
  resources,
} from "./metrics/metrics.ts";
import type { Scenario } from "./types.ts";

/** The most messages, small and large, that get through, and how evenly the connections share them. */
export const throughput: Scenario = {
  id: "throughput",
  title: "Throughput",
  question: "How many messages a second get through when several clients keep the server busy?",
  behaviour: "/echo",
  cases: [64, 16 * 1024].map((size) => ({ connections: 16, inFlight: 16, size })),
  timeline: "replies",
  traffic: (load, parameters, seed, share) =>
    closedLoopOf(load, { connections: 16, inFlight: 16, ...parameters }, seed, share),
  payload: ({ size = 64, payload }) => messageOf(size, payload),
  metrics: [
    rate,
    dataRate,
    ...fairness,
    ...percentiles("serviceTime", [50, 99]),
    cpuPer("message"),
    ratePerCpu,
    ...resources,
  ],
};
