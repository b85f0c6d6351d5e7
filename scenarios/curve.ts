import { ofLoadCurve } from "./metrics/curve.ts";
import { cpuPer, percentiles, resources } from "./metrics/metrics.ts";
import { rate } from "./rate.ts";
import type { Scenario } from "./types.ts";

/** How a server's response times grow to overload and beyond, and whether it comes back. */
export const curve: Scenario = {
  ...rate,
  id: "curve",
  title: "Load curve",
  question:
    "At which arrival rate does the response time bend, what is left in overload, and does the server come back?",
  // Users do not take turns.
  cases: [{ connections: 64, size: 64, arrivals: "poisson", sloMs: 10 }],
  leastMs: 400,
  search: "curve",
  isOptional: true,
  metrics: [
    ...ofLoadCurve,
    ...percentiles("responseTime", [50, 99]),
    cpuPer("message"),
    ...resources,
  ],
};
