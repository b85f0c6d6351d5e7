/** A check and its repetitions on a machine that others use. */

import { Incomparable } from "./same.ts";
import type { RealBench } from "./bench.ts";
import type { Check, CheckFinding } from "./types.ts";

/** How often a check is tried at most. */
const MOST = 3;

/** One pass of a check. */
export interface Attempt {
  readonly findings: readonly CheckFinding[];
  /** What took CPU time from it, a phrase each. */
  readonly disturbances: readonly string[];
  /** What it shows: inconclusive if each failure can be due to the disturbances. */
  readonly outcome: "holds" | "fails" | "inconclusive";
  /** Whether the check is tried again. */
  readonly isRepeated: boolean;
}

/**
 * Runs a check, again as long as it fails for reasons that other programs can have caused, at most three times.
 *
 * @param isStopped whether the user has ended it
 */
export async function* attempts(
  check: Check,
  bench: RealBench,
  isStopped: () => boolean = () => false,
): AsyncGenerator<Attempt> {
  for (let attempt = 1;; attempt++) {
    bench.disturbances();
    const findings = await findingsOf(check, bench);
    const disturbances = bench.disturbances();
    const failed = findings.filter(({ holds }) => !holds);
    const outcome = failed.length === 0
      ? "holds"
      : disturbances.length > 0 && failed.every(({ isExcusable = false }) => isExcusable)
      ? "inconclusive"
      : "fails";
    const isRepeated = outcome === "inconclusive" && attempt < MOST && !isStopped();
    yield { findings, disturbances, outcome, isRepeated };
    if (!isRepeated) return;
  }
}

/** The findings of a check; a failed trial is one that does not hold. */
async function findingsOf(check: Check, bench: RealBench): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = [];
  try {
    for await (const finding of check.run(bench)) findings.push(finding);
  } catch (error) {
    const isExcusable = error instanceof Incomparable;
    findings.push({
      what: check.id,
      expected: isExcusable ? "figures that can be compared" : "every trial completes",
      measured: (error as Error).message,
      holds: false,
      isExcusable,
    });
  }
  return findings;
}
