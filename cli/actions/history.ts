/** `history`: how figures went over many runs. */

import { join } from "node:path";
import { committedRuns } from "../../bench/history/committed.ts";
import { type FoundRuns, runsInFolders } from "../../bench/history/folders.ts";
import { reasonOf, writeWhole } from "../../bench/folder/files.ts";
import { UsageError } from "../../bench/usage.ts";
import { VERSION } from "../../bench/version.ts";
import { shown } from "../../measure/text/shown.ts";
import { seriesOf } from "../../measure/history/series.ts";
import type { History } from "../../report/history/tables.ts";
import { type Action, EXIT } from "../command.ts";
import { RESULTS } from "../runs_nearby.ts";
import { print, printError, terminalWidth } from "../output/terminal.ts";

export const action: Action = async (args) => {
  const history = historyOf(await find(args));
  const { renderHistory } = await import("../../report/history/words.ts");
  print(renderHistory(history, terminalWidth()));
  const out = args.text("out");
  return out === undefined ? EXIT.done : await write(history, out);
};

async function find(args: Parameters<Action>[0]): Promise<FoundRuns> {
  const { positional } = args;
  const branch = args.text("branch");
  if (!args.has("git")) {
    if (branch !== undefined) {
      throw new UsageError(`--branch ${shown(branch)} is for --git: add it`);
    }
    const folders = positional.length === 0 ? [RESULTS] : positional;
    return await runsInFolders(folders).catch((error: Error) => {
      throw new UsageError(
        `${shown(error.message)}. Name folders of runs, or those that hold them`,
      );
    });
  }
  if (positional.length > 0) {
    throw new UsageError(
      `--git reads what is committed, not folders: leave out ${
        shown(positional.join(" "))
      }, or --git`,
    );
  }
  return await committedRuns(branch ?? "HEAD");
}

/** @throws {UsageError} if there is no run */
function historyOf({ runs, leftOut }: FoundRuns): History {
  const ordered = runs.toSorted((a, b) => a.startedAt < b.startedAt ? -1 : 1);
  const [first, last] = [ordered[0], ordered.at(-1)];
  if (first === undefined || last === undefined) {
    const why = leftOut.length === 0 ? "" : ` that can be read (${leftOut[0]})`;
    throw new UsageError(
      `There is no run${why}: make some, as deno task bench does, or name the folders that hold them`,
    );
  }
  const machines = Map.groupBy(ordered, ({ machine }) => machine);
  return {
    runs: ordered.length,
    from: first.startedAt,
    to: last.startedAt,
    machines: [...machines].map(([machine, of]) => ({ machine, runs: of.length })),
    series: seriesOf(ordered),
    leftOut,
  };
}

async function write(history: History, out: string): Promise<number> {
  const { renderHistoryPage } = await import("../../report/history/page.ts");
  const { renderHistoryMarkdown } = await import("../../report/history/markdown.ts");
  const page = await renderHistoryPage(history, VERSION);
  try {
    Deno.mkdirSync(out, { recursive: true });
    writeWhole(join(out, "history.md"), renderHistoryMarkdown(history, VERSION));
    writeWhole(join(out, "history.html"), page);
  } catch (error) {
    printError(`error: Cannot write to ${shown(out)}: ${reasonOf(error)}`);
    return EXIT.failed;
  }
  print(`\nWritten: history.md and history.html in ${out}`);
  return EXIT.done;
}
