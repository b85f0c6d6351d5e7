/** What `--until` can decide in a run, and what it cannot, before the run. */

import { FEWEST } from "../../measure/judge/judge.ts";
import { kindOf } from "../../measure/judge/verdicts.ts";
import type { RunPlan } from "../../bench/plan/options.ts";

/** A share as `5 %`. */
function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

/** When the rounds end before their number is reached: ` at most, until …`; empty without `--until`. */
export function untilInWords({ settings: { until }, contenders }: RunPlan): string {
  if (until === undefined) return "";
  const what = contenders.length > 1 ? "ratios of rates" : "its rates";
  return ` at most, until ${what} are known to ±${percent(until)}`;
}

/** Why `--until` cannot end a run before its last round; undefined if it can, or is not given. */
export function untilObstacle(plan: RunPlan): string | undefined {
  const { until, rounds } = plan.settings;
  if (until === undefined) return undefined;
  const reason = rounds <= FEWEST
    ? `it takes ${FEWEST} rounds to know how precise a figure is`
    : decidedBy(plan).deciding.length === 0
    ? "only rates and times in the middle decide, and the run compares tails or memory"
    : undefined;
  return reason &&
    `--until ends nothing early: ${reason}; ` +
      (rounds === 1 ? "the only round runs" : `all ${rounds} rounds run`);
}

/** What the run can decide, in lines: by `--until`, and with its rounds and servers. */
export function decisionLines(plan: RunPlan): string[] {
  const { settings: { until, rounds }, contenders } = plan;
  const obstacle = untilObstacle(plan);
  const { deciding, others } = decidedBy(plan);
  return [
    ...(obstacle === undefined ? [] : [obstacle]),
    ...(until === undefined || obstacle !== undefined ? [] : [
      `it ends after ${FEWEST} rounds at the earliest; ${deciding.join(", ")} ${
        deciding.length === 1 ? "decides" : "decide"
      } that` +
      (others.length === 0 ? "" : `, ${others.join(", ")} not: tails and memory vary more`),
    ]),
    ...(rounds < FEWEST
      ? [`fewer than ${FEWEST} rounds give figures without intervals, and no verdict`]
      : []),
    ...(contenders.length === 1 ? ["one server: nothing is compared"] : []),
  ];
}

/** The scenarios whose primary metric decides when a precision is reached, and the other ones. */
function decidedBy({ scenarios }: RunPlan): Record<"deciding" | "others", string[]> {
  const byKind = Map.groupBy(
    scenarios,
    ({ scenario: { metrics: [primary] } }) => primary !== undefined && kindOf(primary) === "other",
  );
  const ids = (decides: boolean): string[] =>
    (byKind.get(decides) ?? []).map(({ scenario: { id } }) => id);
  return { deciding: ids(true), others: ids(false) };
}
