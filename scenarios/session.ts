import { messageOf } from "./payload/payload.ts";
import { session as sessions } from "./traffic/session.ts";
import { cpuPer, percentiles, rate, resources, time } from "./metrics/metrics.ts";
import type { Scenario } from "./types.ts";

/** A given number of clients that each exchange a given number of messages. */
export const session: Scenario = {
  id: "session",
  title: "Sessions",
  question:
    "How long does it take until a number of clients have each exchanged a number of messages, one after another?",
  behaviour: "/echo",
  cases: [{ connections: 10, messages: 100, size: 64 }],
  isOptional: true,
  refuses: { think: "it measures how long an exchange without pauses takes" },
  timeline: "replies",
  traffic: (load, { connections = 10, messages = 100 }) =>
    sessions(load, { connections, messages }),
  payload: ({ size = 64, payload }) => messageOf(size, payload),
  metrics: [
    { ...time("batchTime", { percentile: 50 }), title: "Session p50" },
    rate,
    ...percentiles("serviceTime", [50, 99]),
    time("serviceTime", "mean"),
    cpuPer("message"),
    ...resources,
  ],
};
