/** What goes with the verdicts, in sentences: the differences of explaining trials. */

import {
  type Explained,
  type ExplainedChange,
  explainedChanges,
  explainedVerdicts,
} from "../../../measure/explain/explained.ts";
import type { Changes } from "../../../measure/judge/changes.ts";
import type { Verdict } from "../../../measure/judge/verdicts.ts";
import type { Result, ScenarioDescription } from "../../../measure/model/result.ts";
import { oneLine } from "../text.ts";

/** What a reader has to know of the sentences. */
export const EXPLAINED_NOTE =
  "What goes with a verdict was counted in one more trial of each server, watched and not scored. It is what differs " +
  "most; that it is the cause was not measured.";

/** What goes with the verdicts on a server in a case. */
export interface SaidDifferences {
  /** The primary one if that is different, else that of CPU time. */
  readonly verdict: Verdict;
  /** `ws against Deno.serve`. */
  readonly pair: string;
  /** Title of the case. */
  readonly case: string;
  /** The differences, the largest first, without a full stop. */
  readonly said: string;
}

/** What goes with the verdicts of a run, by case and server; empty if nothing was explained. */
export function saidDifferences(result: Result): SaidDifferences[] {
  return explainedVerdicts(result).map(({ verdicts, differences }) => {
    const [verdict] = verdicts as [Verdict];
    const { server, baseline, case: one } = verdict;
    return {
      verdict,
      pair: `${oneLine(server.title)} against ${oneLine(baseline.title)}`,
      case: oneLine(one.title),
      said: saidTogether(differences),
    };
  });
}

/** What goes with the verdicts of a scenario as sentences, with the case if there are several. */
export function differenceSentences(
  differences: readonly SaidDifferences[],
  { cases }: ScenarioDescription,
): string[] {
  return differences.map(({ pair, case: one, said }) =>
    `${cases.length > 1 ? `${pair}, ${one}` : pair}: ${said}.`
  );
}

/** The one that goes with the largest difference from the baseline; undefined if there is none. */
export function foremostDifferences(
  all: readonly SaidDifferences[],
): SaidDifferences | undefined {
  const size = ({ verdict: { judgement } }: SaidDifferences): number =>
    "absent" in judgement ? 0 : Math.abs(Math.log(judgement.ratio));
  return all.toSorted((a, b) => size(b) - size(a))[0];
}

/** What goes with the changes from one run to another, a sentence for each server and case. */
export function saidChanges(changes: Changes): string[] {
  return explainedChanges(changes).map(({ changes: [first], differences }) => {
    const { server, scenario, case: one } = first!;
    const place = [server.title, scenario.title, one.title].map(oneLine)
      .filter((part) => part !== "").join(", ");
    return `${place}: ${saidTogether(differences)}.`;
  });
}

function saidTogether(differences: (Explained | ExplainedChange)["differences"]): string {
  return differences.map(({ said }) => oneLine(said)).join("; ");
}
