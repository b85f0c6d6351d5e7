import { churn as churning } from "./traffic/churn.ts";
import { scheduleOf } from "./traffic/of_case.ts";
import { partOf } from "./traffic/timing/schedule.ts";
import { messageOf } from "./payload/payload.ts";
import { MOST_HANDSHAKES } from "./connect.ts";
import {
  answeredShare,
  cpuPer,
  percentiles,
  perSecond,
  resources,
  unscheduled,
} from "./metrics/metrics.ts";
import type { Scenario } from "./types.ts";

/** The most connections of a schedule at once: well below the usual limit of open files. */
const MOST_AT_ONCE = 512;

/** How many are under way in the closed loop of a case that names none, of all generators together. */
const CLOSED = 32;

/** Connections that open, exchange one message and close. */
export const churn: Scenario = {
  id: "churn",
  title: "Churn",
  question: "What do visitors cost who connect, send one message and leave?",
  behaviour: "/echo",
  cases: [
    { concurrency: 1, size: 64 },
    { concurrency: 32, size: 64 },
    { arrivals: "constant", load: 50, size: 64 },
  ],
  isOptional: true,
  timeline: "handshakes",
  traffic(load, parameters, seed, share) {
    const schedule = scheduleOf(parameters, seed, share);
    // A load without a rate runs as a closed loop, which finds the rate.
    const concurrency = schedule === undefined
      ? parameters.concurrency ?? Math.max(1, partOf(CLOSED, share ?? { index: 0, of: 1 }))
      : MOST_AT_ONCE;
    return churning(load, { concurrency, limit: MOST_HANDSHAKES, schedule });
  },
  payload: ({ size = 64, payload }) => messageOf(size, payload),
  metrics: [
    ...percentiles("batchTime", [50, 99], { prefix: "whole.", title: "Connect to closed" }),
    unscheduled(perSecond("rate", "Churns", "1/s", ({ counts }) => counts.replies)),
    ...percentiles("handshakeTime", [50, 99]),
    ...percentiles("responseTime", [50, 99]),
    answeredShare,
    { ...cpuPer("message"), title: "Server CPU time per churn" },
    ...resources,
  ],
};
