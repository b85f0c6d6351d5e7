import {
  answeredShare,
  cpuPer,
  pacing,
  percentiles,
  resources,
  sustainedRate,
} from "./metrics/metrics.ts";
import { rate } from "./rate.ts";
import type { Scenario } from "./types.ts";

/** The highest arrival rate that a server sustains with an acceptable response time. */
export const capacity: Scenario = {
  ...rate,
  id: "capacity",
  title: "Capacity",
  question:
    "How many messages a second can arrive while 99 % of the replies come in time and none is lost?",
  cases: [{ connections: 64, size: 64, arrivals: "constant", sloMs: 10 }],
  search: "capacity",
  isOptional: true,
  metrics: [
    sustainedRate,
    ...percentiles("responseTime", [50, 99]),
    answeredShare,
    ...pacing,
    cpuPer("message"),
    ...resources,
  ],
};
