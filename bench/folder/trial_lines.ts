/** The trials in the lines of `trials.jsonl`. A line that is damaged costs its trial, and no other. */

import type { Trial } from "../../measure/model/result.ts";
import type { Warning } from "../../measure/warnings/warnings.ts";
import type { TrialLines } from "./trials_file.ts";

export interface KeptTrial {
  /** Number of its line, from 1. */
  readonly line: number;
  readonly trial: Trial;
}

interface Damage {
  readonly count: number;
  /** Numbers of the first of them, from 1. */
  readonly lines: readonly number[];
  /** Why the first one cannot be read. */
  readonly reason: string;
}

/** How many numbers of damaged lines are kept. */
const MOST_LINES = 10;

/** Reads the lines one by one: those that hold a trial, and those that are damaged, if any. */
export async function parseTrials(
  { lines }: Pick<TrialLines, "lines">,
): Promise<{ readonly kept: readonly KeptTrial[]; readonly damage?: Damage }> {
  const { parseTrial } = await import("../../measure/model/schema.ts");
  const { checkHistograms } = await import("./check_histograms.ts");
  const kept: KeptTrial[] = [];
  let damage: Damage | undefined;
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    try {
      const trial = parseTrial(text);
      checkHistograms(trial, `line ${line}`);
      kept.push({ line, trial });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const { count, lines, reason } = damage ?? { count: 0, lines: [], reason: error.message };
      damage = { count: count + 1, lines: [...lines, line].slice(0, MOST_LINES), reason };
    }
  }
  return { kept, ...(damage && { damage }) };
}

/** Trials in the order of their plan; if one ran again, its last. */
export function latest(trials: Iterable<Trial>): Trial[] {
  const byNumber = new Map<number, Trial>();
  for (const trial of trials) byNumber.set(trial.trial, trial);
  return [...byNumber.values()].sort((a, b) => a.trial - b.trial);
}

export function warningOf(damage: Damage, file: string): Warning {
  return { kind: "damaged lines", file, ...damage };
}
