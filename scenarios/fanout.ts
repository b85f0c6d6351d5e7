import { fanout as fanningOut } from "./traffic/fanout.ts";
import { messageOf } from "./payload/payload.ts";
import type { CaseParameters } from "./parameters.ts";
import {
  cpuPer,
  deliveries,
  percentiles,
  resources,
  time,
  unscheduled,
  wholeness,
} from "./metrics/metrics.ts";
import type { Scenario } from "./types.ts";

const RECEIVERS = [10, 100, 1000];

/** Deliveries per second of a schedule: the same for any number of receivers. */
const SCHEDULED = 10_000;

/** One message to many receivers. */
export const fanout: Scenario = {
  id: "fanout",
  title: "Fan-out",
  question: "How long until a message from one client has reached all of them?",
  behaviour: "/broadcast",
  cases: [
    ...RECEIVERS.map((connections): CaseParameters => ({ connections, inFlight: 1, size: 64 })),
    ...RECEIVERS.map((connections): CaseParameters => ({
      connections,
      size: 64,
      arrivals: "constant",
      rate: SCHEDULED / connections,
    })),
  ],
  isOptional: true,
  refuses: { think: "the speaker goes on as soon as all have its message" },
  timeline: "replies",
  traffic: (load, { connections = 10, inFlight = 1, rate, arrivals = "constant" }, seed, share) =>
    fanningOut(load, {
      connections,
      inFlight,
      schedule: rate === undefined ? undefined : { rate, arrivals, seed },
      ...((share?.of ?? 1) > 1 && { shared: share!.index === 0 ? "speaks" : "listens" }),
    }),
  payload: ({ size = 64, payload }) => messageOf(size, payload),
  metrics: [
    ...percentiles("lastReceiver", [50, 99]),
    time("firstReceiver", { percentile: 50 }),
    ...percentiles("skew", [50, 99]),
    ...percentiles("serviceTime", [50, 99]),
    ...percentiles("responseTime", [50, 99]),
    unscheduled(deliveries),
    ...wholeness,
    { ...cpuPer("message"), title: "Server CPU time per delivery" },
    ...resources,
  ],
};
