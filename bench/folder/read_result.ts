/** Reads the folder of a run. */

import { join } from "node:path";
import { warningsOfRun } from "../../measure/warnings/detect_run.ts";
import type { Result } from "../../measure/model/result.ts";
import { MOST_BYTES } from "../../measure/model/limits.ts";
import { readText } from "./read_text.ts";
import { NothingYetError } from "../usage.ts";
import { PLAN_FILE, RESULT_FILE, TRIALS_FILE } from "./names.ts";
import { latest, parseTrials, warningOf } from "./trial_lines.ts";
import { readTrials } from "./trials_file.ts";

/**
 * Reads the result of a run, also of one that was killed: what had finished is in `trials.jsonl`. It may be somebody
 * else's: sizes and types are checked before anything is used. A line of `trials.jsonl` that is damaged is left out,
 * with a warning.
 *
 * @throws {NothingYetError} when the run was killed before its first line
 * @throws {Error} when the folder holds no result
 * @throws {SyntaxError} when the result is damaged, of another version, or larger than any can be
 */
export async function readResult(folder: string): Promise<Result> {
  const result = await readBegun(folder);
  if (result === undefined) {
    if ([PLAN_FILE, TRIALS_FILE].some((file) => isFile(join(folder, file)))) {
      throw new NothingYetError(
        `The run in ${folder} was killed before its first trial: there is nothing to report`,
      );
    }
    throw new Error(`There is no ${RESULT_FILE} in ${folder}`);
  }
  if (result.state === "finished") return result;
  const found = readTrials(join(folder, TRIALS_FILE));
  // A report of a run that went on afterwards holds fewer trials than there are now.
  if (result.state === "interrupted" && found.lines.length <= result.trials.length) return result;
  const { kept, damage } = await parseTrials(found);
  const trials = latest(kept.map(({ trial }) => trial));
  if (result.state === "interrupted" && trials.length <= result.trials.length) return result;
  const interrupted: Result = { ...result, state: "interrupted", trials };
  const warnings = warningsOfRun(interrupted);
  if (found.torn) warnings.push({ kind: "torn last line", file: TRIALS_FILE });
  if (damage !== undefined) warnings.push(warningOf(damage, TRIALS_FILE));
  return { ...interrupted, warnings };
}

/**
 * Reads `results.json` as it is: of a run that was killed it holds no trials.
 *
 * @returns undefined if there is none
 * @throws {SyntaxError} when it is damaged, of another version, or larger than any can be
 */
export async function readBegun(folder: string): Promise<Result | undefined> {
  let text: string;
  try {
    text = readText(join(folder, RESULT_FILE), MOST_BYTES);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    throw error;
  }
  const { parseResult } = await import("../../measure/model/schema.ts");
  const { checkHistograms } = await import("./check_histograms.ts");
  const result = parseResult(text);
  for (const [index, trial] of result.trials.entries()) checkHistograms(trial, `trials.${index}`);
  return result;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
