import { burst as bursts } from "./traffic/burst.ts";
import { counted, tagged } from "./payload/payload.ts";
import { cpuPer, percentiles, rate, resources, time } from "./metrics/metrics.ts";
import type { Scenario } from "./types.ts";

/** Ten thousand messages at once on one connection, as a page that sends in a loop does. */
export const burst: Scenario = {
  id: "burst",
  title: "Burst",
  question:
    "How long does it take until the last of 10,000 messages sent at once is answered, and is every reply right?",
  behaviour: "/tag",
  cases: [{ messages: 10_000 }],
  timeline: "replies",
  traffic: (load, { messages = 10_000 }) => bursts(load, { messages }),
  payload: (_parameters, answered) => (answered === "/tag" ? tagged : counted)("Hello Server "),
  metrics: [
    time("batchTime", { percentile: 50 }),
    time("batchTime", "max"),
    rate,
    ...percentiles("serviceTime", [50, 99]),
    cpuPer("message"),
    ...resources,
  ],
};
