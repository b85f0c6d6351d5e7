import { closedLoop } from "./traffic/closed_loop.ts";
import { openLoop } from "./traffic/open_loop.ts";
import { scheduleOf } from "./traffic/of_case.ts";
import { messageOf } from "./payload/payload.ts";
import {
  answeredShare,
  answers,
  cpuPer,
  pacing,
  percentiles,
  resources,
  time,
} from "./metrics/metrics.ts";
import type { Scenario } from "./types.ts";

/** Response time at given arrival rates, the same for all servers. */
export const rate: Scenario = {
  id: "rate",
  title: "Arrival rate",
  question:
    "How long does a user wait when messages arrive at a given rate, whatever the server does?",
  behaviour: "/echo",
  cases: [10, 50, 80].map((load) => ({ connections: 64, size: 64, arrivals: "constant", load })),
  timeline: "responses",
  // Long enough for a thousand messages, the least that a p99 takes, at most rates.
  leastMs: 1000,
  traffic(load, parameters, seed, share) {
    const { connections = 64, inFlight = 1 } = parameters;
    const schedule = scheduleOf(parameters, seed, share);
    // A load without a rate runs as a closed loop, which finds the rate.
    return schedule === undefined
      ? closedLoop(load, { connections, inFlight })
      : openLoop(load, { connections, ...schedule });
  },
  payload: ({ size = 64, payload }) => messageOf(size, payload),
  metrics: [
    time("responseTime", { percentile: 99 }),
    ...percentiles("responseTime", [50, 90, 99.9]),
    time("responseTime", "max"),
    ...percentiles("serviceTime", [50, 99], { prefix: "service.", title: "Service time" }),
    answeredShare,
    answers,
    ...pacing,
    cpuPer("message"),
    ...resources,
  ],
};
