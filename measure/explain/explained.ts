/** What goes with verdicts, and with changes from one run to another: the differences of two explaining trials. */

import { type Difference, differencesOf, type Gap, type Side } from "./differences/mod.ts";
import type { Change, Changes } from "../judge/changes.ts";
import type { Judgement } from "../judge/judge.ts";
import { figureOfRounds } from "../judge/judge.ts";
import { soundTrials, type Verdict, verdictsOf } from "../judge/verdicts.ts";
import {
  type Absent,
  type CaseDescription,
  type Explanation,
  isMeasured,
  type MetricDefinition,
  type Result,
  type ScenarioDescription,
} from "../model/result.ts";

/** The verdicts on a server in one case, with what goes with them. */
export interface Explained {
  /** They differ clearly or probably; the primary metric's first. */
  readonly verdicts: readonly Verdict[];
  /** The largest first; at least one. */
  readonly differences: readonly Difference[];
}

/** The changes of a server in one case from one run to another, with what goes with them. */
export interface ExplainedChange {
  readonly changes: readonly Change[];
  readonly differences: readonly Difference[];
}

/** What is judged of two servers, or of one in two runs. */
interface Judged {
  readonly metric: MetricDefinition;
  readonly case: CaseDescription;
  readonly judgement: Judgement | Absent;
}

/** Reports ask for it several times. */
const known = new WeakMap<Result, readonly Explained[]>();

/** What goes with the verdicts of a run, by case and server; only where there is something. */
export function explainedVerdicts(result: Result): readonly Explained[] {
  const explained = known.get(result) ?? compose(result);
  known.set(result, explained);
  return explained;
}

function compose(result: Result): Explained[] {
  if (result.explanations === undefined) return [];
  const byPlace = Map.groupBy(
    verdictsOf(result),
    ({ scenario, case: one, server }) => JSON.stringify([scenario.id, one.id, server.id]),
  );
  return [...byPlace.values()].flatMap((all): Explained[] => {
    const [{ scenario, case: one, server, baseline }] = all as [Verdict];
    const own = sideOf(result, server.id, scenario, one, server.title);
    const other = sideOf(result, baseline.id, scenario, one, baseline.title);
    if (own === undefined || other === undefined) return [];
    const verdicts = all.filter(isDifferent);
    const differences = together(verdicts.map((verdict) => {
      const trials = soundTrials(result.trials, scenario.id, one.id, baseline.id);
      const figures = "absent" in trials
        ? []
        : trials.map(({ metrics }) => metrics[verdict.metric.id]).filter((one) => isMeasured(one));
      return differencesOf(own, other, gapOf(verdict, figureOfRounds(figures)));
    }));
    return differences.length === 0 ? [] : [{ verdicts, differences }];
  });
}

/** What goes with the changes from one run to another, by case and server; only where there is something. */
export function explainedChanges({ before, after, rows }: Changes): readonly ExplainedChange[] {
  const byPlace = Map.groupBy(
    rows,
    ({ scenario, case: one, server }) => JSON.stringify([scenario.id, one.id, server.id]),
  );
  return [...byPlace.values()].flatMap((all): ExplainedChange[] => {
    const [{ scenario, case: one, server }] = all as [Change];
    const own = sideOf(after, server.id, scenario, one, "now");
    const other = sideOf(before, server.id, scenario, one, "before");
    if (own === undefined || other === undefined) return [];
    const changes = all.filter(isDifferent);
    const differences = together(
      changes.map((change) =>
        isMeasured(change.before) ? differencesOf(own, other, gapOf(change, change.before)) : []
      ),
    );
    return differences.length === 0 ? [] : [{ changes, differences }];
  });
}

function isDifferent({ judgement }: Judged): boolean {
  return !("absent" in judgement) &&
    (judgement.certainty === "clear" || judgement.certainty === "probable");
}

/** What the explaining trial of a server in a case found; undefined if there is none, or it failed. */
function sideOf(
  { explanations = [] }: Result,
  server: string,
  scenario: ScenarioDescription,
  { id }: CaseDescription,
  name: string,
): Side | undefined {
  const found = explanations.find((one: Explanation) =>
    one.server === server && one.scenario === scenario.id && one.case === id &&
    one.failed === undefined
  );
  return found && { ...found, name };
}

/** More are not named of one server in one case. */
const MOST = 3;

/** The differences that go with several verdicts on the same, each once. */
function together(all: readonly (readonly Difference[])[]): Difference[] {
  const byId = Map.groupBy(all.flat(), ({ id }) => id);
  return [...byId.values()].map((same) =>
    same.reduce((largest, one) => one.weight > largest.weight ? one : largest)
  ).sort((a, b) => b.weight - a.weight).slice(0, MOST);
}

/**
 * By how much a judgement says that a server takes longer for a message.
 *
 * @param base the figure of what it is compared with, in the metric's unit
 */
export function gapOf({ metric, case: { parameters }, judgement }: Judged, base: number): Gap {
  if ("absent" in judgement || !(base > 0)) return {};
  const { ratio } = judgement;
  const inFlight = inFlightOf(parameters);
  switch (metric.unit) {
    case "messages/s":
    case "1/s": {
      const wall = 1e9 / (base * ratio) - 1e9 / base;
      return { wall, ...(inFlight !== undefined && { wait: wall * inFlight }) };
    }
    case "ms": {
      const wait = base * (ratio - 1) * 1e6;
      // Of messages that come by a schedule, each one's own time is in its latency at least once.
      return { wait, wall: wait / (inFlight ?? 1) };
    }
    case "µs":
      return { cpu: base * (ratio - 1) * 1000 };
    default:
      return {};
  }
}

/** How many messages wait for their reply at a time, in a closed loop; undefined in an open one, or where it is not said. */
function inFlightOf({ connections, inFlight }: CaseDescription["parameters"]): number | undefined {
  return typeof connections === "number" && typeof inFlight === "number"
    ? connections * inFlight
    : undefined;
}
