/** `compare`: what changed from one run to another. */

import { type Changes, changesOf, regressionsOf } from "../../measure/judge/changes.ts";
import { OPTION_NAMES } from "../../scenarios/parameters.ts";
import { UsageError } from "../../bench/usage.ts";
import { type Command, EXIT } from "../command.ts";
import { readRun } from "../read_run.ts";
import { hasColor, print, printError, terminalWidth } from "../terminal.ts";

export const compareCommand: Command = {
  name: "compare",
  title: "Compares two runs: what has become worse or better.",
  positionals: ["OLD", "NEW"],
  options: [{
    name: "fail-on-regression",
    value: "PERCENT",
    help: "End with 3 where a figure is worse by that much or more, or a server is broken",
  }],
  notes: `OLD and NEW are folders of runs of the same cases.
A figure is worse where a difference is shown, so never by less than 2 %; it takes 5 rounds or more.
A server is broken where trials failed or replies were wrong in NEW and not in OLD.
Exit codes: 0 done, 2 wrong usage, 3 a regression is beyond its limit, or there was nothing to find one in.`,
  async run(args) {
    const [before = "", after = ""] = args.positional;
    const limit = args.share("fail-on-regression");
    const changes = changesOf(await readRun(before), await readRun(after), OPTION_NAMES);
    if ("absent" in changes) {
      throw new UsageError(`Cannot compare ${before} with ${after}: ${changes.absent}`);
    }
    const { renderChanges } = await import("../../report/terminal/changes.ts");
    print(renderChanges(changes, { width: terminalWidth(), color: hasColor() }).trimEnd());
    return limit === undefined ? EXIT.done : await judge(changes, limit);
  },
};

/** Prints a line for each figure that is worse by more than it may be. */
async function judge(changes: Changes, limit: number): Promise<number> {
  const { describeChange } = await import("../../report/terminal/changes.ts");
  const regressions = regressionsOf(changes, limit);
  for (const one of regressions) printError(`FAILED ${describeChange(one)}`);
  if (regressions.length > 0) return EXIT.exceeded;
  // A guard against regressions must not take a comparison of nothing for a good one.
  if (changes.rows.some(({ outcome }) => outcome !== "not compared")) return EXIT.done;
  printError("FAILED nothing could be compared: it takes 5 rounds or more in both runs");
  return EXIT.exceeded;
}
