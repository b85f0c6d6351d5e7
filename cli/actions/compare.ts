/** `compare`: what changed from one run to another. */

import { type Changes, changesOf, regressionsOf } from "../../measure/judge/changes.ts";
import { OPTION_NAMES } from "../../scenarios/parameters.ts";
import { UsageError } from "../../bench/usage.ts";
import { type Action, EXIT } from "../command.ts";
import { readRun } from "../read_run.ts";
import { hasColor, print, printError, terminalWidth } from "../output/terminal.ts";

export const action: Action = async (args) => {
  const [before = "", after = ""] = args.positional;
  const limit = args.share("fail-on-regression");
  const changes = changesOf(await readRun(before), await readRun(after), OPTION_NAMES);
  if ("absent" in changes) {
    throw new UsageError(`Cannot compare ${before} with ${after}: ${changes.absent}`);
  }
  const { renderChanges } = await import("../../report/terminal/changes.ts");
  print(renderChanges(changes, { width: terminalWidth(), color: hasColor() }).trimEnd());
  return limit === undefined ? EXIT.done : await judge(changes, limit);
};

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
