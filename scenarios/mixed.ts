import { byConnection } from "./payload/by_connection.ts";
import { mixed as mixing } from "./traffic/mix/mixed.ts";
import { SMALLEST_TEXT, textOf } from "./payload/payload.ts";
import type { CaseParameters } from "./parameters.ts";
import {
  answeredShare,
  cpuShare,
  memories,
  memoryAtRest,
  pacing,
  percentiles,
  pongsMissing,
} from "./metrics/metrics.ts";
import { divided, isLarge, readMix } from "./traffic/mix/mix_text.ts";
import { MIXES, type MixGroup } from "./traffic/mix/mixes.ts";
import type { Metric, Scenario } from "./types.ts";

/** The groups of a case, each with as many connections as it has in it. */
function groupsOf({ mix = "chat", connections = 1000 }: CaseParameters): readonly MixGroup[] {
  const groups = readMix(mix);
  const counts = divided(groups, connections);
  return groups.map((group, index) => ({ ...group, connections: counts[index]! }));
}

/** A server that answered a smaller share of the offered messages did less work than the others. */
const KEPT_UP = 0.9;

/** What the mix cost; absent if a server answered too little of it. */
const cost: Metric = {
  ...cpuShare,
  better: "lower",
  decimals: 1,
  value(measurement) {
    const { counts: { replies }, arrivals } = measurement;
    const share = arrivals === undefined ? 1 : replies / arrivals.offered;
    return share >= KEPT_UP ? cpuShare.value(measurement) : {
      absent: `it answered ${Math.round(share * 100)} % of what was due in the window: less work`,
    };
  },
};

/** The traffic of an application: many silent connections that are kept alive, some chatty ones, a few large messages. */
export const mixed: Scenario = {
  id: "mixed",
  title: "Mixed traffic",
  question:
    "What does a mix of many silent connections, some chatty ones and a few large messages cost the server?",
  behaviour: "/echo",
  cases: Object.keys(MIXES).map((mix) => ({ mix, connections: 1000 })),
  isOptional: true,
  onlyWire: true,
  timeline: "responses",
  traffic(load, parameters, seed, share) {
    const groups = groupsOf(parameters);
    return mixing(load, {
      groups,
      firstLarge: groups.filter((group) => !isLarge(group))
        .reduce((sum, { connections }) => sum + connections, 0),
      seed,
      share,
    });
  },
  payload: (parameters) =>
    byConnection(
      groupsOf(parameters).map(({ connections, messages }) => ({
        connections,
        payload: textOf(messages?.size ?? SMALLEST_TEXT),
      })),
    ),
  metrics: [
    cost,
    ...percentiles("smallTime", [50, 99]),
    ...percentiles("largeTime", [50, 99]),
    ...percentiles("pingTime", [50, 99]),
    pongsMissing,
    answeredShare,
    ...percentiles("serviceTime", [99], { prefix: "service.", title: "Service time" }),
    ...pacing,
    memoryAtRest,
    ...memories,
  ],
};
