/** `check`: whether a result is whole, unchanged and sound, and what it may be quoted for. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { TRIALS_FILE } from "../../bench/folder/names.ts";
import { readText } from "../../bench/folder/read_text.ts";
import { latest, parseTrials } from "../../bench/folder/trial_lines.ts";
import { readTrials } from "../../bench/folder/trials_file.ts";
import { UsageError } from "../../bench/usage.ts";
import { differencesFrom, isProof, type Proof } from "../../measure/proof/proof.ts";
import type { Trial } from "../../measure/model/result.ts";
import { shown } from "../../measure/text/shown.ts";
import { PROOF_FILE } from "../../report/proof/proof.ts";
import { qualityOf, quotableOf } from "../../report/proof/quality.ts";
import { summaryOf } from "../../report/summary/summary.ts";
import { wrap } from "../../report/summary/wrap.ts";
import { type Action, EXIT } from "../command.ts";
import { textWidth } from "../help.ts";
import { print } from "../output/terminal.ts";
import { readRun } from "../read_run.ts";

/** The largest proof that is read, in bytes: some 100 for each trial. */
const MOST_BYTES = 200_000_000;

export const action: Action = async (args) => {
  const [folder = ""] = args.positional;
  const result = await readRun(folder);
  const proof = readProof(join(folder, PROOF_FILE));
  const ended = result.trials.length;
  const incomplete = result.state === "finished" && ended >= result.planned
    ? []
    : [`${ended} of ${result.planned} trials are there.`];
  const differences = proof === undefined
    ? [`There is no ${PROOF_FILE}: nothing shows whether it was changed.`]
    : await differencesFrom(proof, result, await trialsIn(join(folder, TRIALS_FILE)));
  const { light } = summaryOf(result).answer;
  const { yes, no } = quotableOf(result);
  section("Whole", incomplete.length === 0 ? [`All ${ended} trials are there.`] : incomplete);
  section("Unchanged", differences.length === 0 ? ["It is as it was written."] : differences);
  section("Quality", qualityOf(result));
  if (differences.length === 0 || proof === undefined) {
    section("It may be quoted for", yes.length === 0 ? ["Nothing: see its quality."] : yes);
    if (no.length > 0) section("Not for", no);
  } else section("It may be quoted for", ["Nothing: it was changed."]);
  const isGood = incomplete.length === 0 && differences.length === 0 && light.colour !== "red";
  return isGood ? EXIT.done : EXIT.failed;
};

/** Prints sentences below a heading. */
function section(title: string, sentences: readonly string[]): void {
  const width = textWidth();
  const lines = sentences.flatMap((one) => wrap(one, width - 2).map((line) => `  ${line}`));
  print([title, ...lines, ""].join("\n"));
}

/** @throws {UsageError} for a file that is no proof */
function readProof(path: string): Proof | undefined {
  let text: string;
  try {
    text = readText(path, MOST_BYTES);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new UsageError(`Cannot read ${shown(path)}: ${shown((error as Error).message)}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // It is named below.
  }
  if (isProof(value)) return value;
  throw new UsageError(
    `${
      shown(path)
    } is no proof of this version of wsmark, or damaged: ask for the folder as it was written`,
  );
}

/** The trials that were written while the run went on; undefined if they are not there. */
async function trialsIn(path: string): Promise<Trial[] | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    const { kept } = await parseTrials(readTrials(path));
    return latest(kept.map(({ trial }) => trial));
  } catch (error) {
    throw new UsageError(`Cannot read ${shown(path)}: ${shown((error as Error).message)}`);
  }
}
