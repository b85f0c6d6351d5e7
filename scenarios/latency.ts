import { closedLoopOf } from "./traffic/of_case.ts";
import { messageOf } from "./payload/payload.ts";
import { cpuPer, percentiles, rate, resources, time } from "./metrics/metrics.ts";
import type { Scenario } from "./types.ts";

/** The distribution of the service time without any other load. */
export const latency: Scenario = {
  id: "latency",
  title: "Latency",
  question: "How long does one message wait for its reply when nothing else is going on?",
  behaviour: "/echo",
  cases: [{ connections: 1, inFlight: 1, size: 64 }],
  timeline: "replies",
  traffic: (load, parameters, seed, share) =>
    closedLoopOf(load, { connections: 1, inFlight: 1, ...parameters }, seed, share),
  payload: ({ size = 64, payload }) => messageOf(size, payload),
  metrics: [
    ...percentiles("serviceTime", [50, 90, 99, 99.9]),
    time("serviceTime", "max"),
    time("serviceTime", "mean"),
    time("serviceTime", "standardDeviation"),
    rate,
    cpuPer("message"),
    ...resources,
  ],
};
