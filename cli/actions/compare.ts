/** `compare`: what changed from one run to another. */

import { type Changes, changesOf, regressionsOf } from "../../measure/judge/changes.ts";
import { OPTION_NAMES } from "../../scenarios/parameters.ts";
import type { Result } from "../../measure/model/result.ts";
import { reasonOf, writeWhole } from "../../bench/folder/files.ts";
import { UsageError } from "../../bench/usage.ts";
import { type Action, EXIT } from "../command.ts";
import { readRun } from "../read_run.ts";
import { hasColor, print, printError, terminalWidth } from "../output/terminal.ts";

export const action: Action = async (args) => {
  const [before = "", after = ""] = args.positional;
  const limit = args.share("fail-on-regression");
  const [old, now] = [await readRun(before), await readRun(after)];
  const changes = changesOf(old, now, OPTION_NAMES);
  if ("absent" in changes) {
    throw new UsageError(`Cannot compare ${before} with ${after}: ${changes.absent}`);
  }
  const { renderChanges } = await import("../../report/terminal/changes.ts");
  print(renderChanges(changes, { width: terminalWidth(), color: hasColor() }).trimEnd());
  const page = args.text("profiles");
  if (page !== undefined) await writeProfiles(page, [before, old], [after, now]);
  return limit === undefined ? EXIT.done : await judge(changes, limit);
};

/** Writes a page with the profiles of both runs, each of the later one against its own of the earlier one. */
async function writeProfiles(
  page: string,
  ...runs: readonly [before: [string, Result], after: [string, Result]]
): Promise<void> {
  const { readProfiles } = await import("../../bench/folder/profiles.ts");
  const { titledProfiles } = await import("../../report/flame/run_profiles.ts");
  const { renderFlamePage } = await import("../../report/flame/page.ts");
  const [old, now] = runs.map(([folder, result]) => {
    const found = titledProfiles(result, readProfiles(result, folder));
    if (found.length === 0) {
      throw new UsageError(
        `Cannot compare profiles, as ${folder} has none: they are made by a run with --explain`,
      );
    }
    return found.map(({ title, group, profile }) => ({
      title: `${folder}: ${title}`,
      group: `${title}, ${group}`,
      profile,
    }));
  });
  const pairs = now!.flatMap((one) => [one, ...old!.filter(({ group }) => group === one.group)]);
  const content = await renderFlamePage("CPU profiles of two runs", pairs);
  try {
    writeWhole(page, content);
  } catch (error) {
    throw new UsageError(`Cannot write ${page}: ${reasonOf(error)}`);
  }
  print(page);
}

/** Prints a line for each figure that is worse by more than it may be. */
async function judge(changes: Changes, limit: number): Promise<number> {
  const { describeChange } = await import("../../report/terminal/changes.ts");
  const regressions = regressionsOf(changes, limit);
  for (const one of regressions) printError(`FAILED ${describeChange(one)}`);
  if (regressions.length > 0) return EXIT.exceeded;
  // A guard against regressions must not take a comparison that can show nothing for a good one.
  const judged = changes.rows.flatMap(({ judgement }) => "absent" in judgement ? [] : [judgement]);
  if (judged.some(({ isApart }) => !isApart)) return EXIT.done;
  printError(
    judged.length === 0 || changes.common !== undefined
      ? "FAILED nothing could be compared: it takes 5 rounds or more in both runs"
      : "FAILED no change can be clear without a server that is the same in both runs: add one, as --servers native does",
  );
  return EXIT.exceeded;
}
