import { closedLoopOf } from "./traffic/of_case.ts";
import { fixedText } from "./payload/payload.ts";
import { cpuPer, percentiles, rate, resources } from "./metrics/metrics.ts";
import type { Scenario } from "./types.ts";

/** The simplest comparison: one short text goes back and forth. */
export const roundtrip: Scenario = {
  id: "roundtrip",
  title: "Round trips",
  question: "How often in a second does a short text go to the server and back on one connection?",
  behaviour: "/echo",
  cases: [{ connections: 1, inFlight: 1 }],
  timeline: "replies",
  traffic: (load, parameters, seed, share) =>
    closedLoopOf(load, { connections: 1, inFlight: 1, ...parameters }, seed, share),
  payload: () => fixedText("hi"),
  metrics: [
    { ...rate, title: "Round trips", unit: "1/s" },
    ...percentiles("serviceTime", [50, 99]),
    cpuPer("message"),
    ...resources,
  ],
};
