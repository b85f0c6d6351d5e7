/** Finds the runs that the commits of a git repository have. */

import { type HistoryRun, historyRun } from "../../measure/history/series.ts";
import { MOST_BYTES } from "../../measure/model/limits.ts";
import { parseResult } from "../../measure/model/schema.ts";
import { shown } from "../../measure/text/shown.ts";
import { checkHistograms } from "../folder/check_histograms.ts";
import { RESULT_FILE } from "../folder/names.ts";
import type { FoundRuns } from "./folders.ts";
import { commitOf, git } from "./git.ts";

/**
 * Reads each version of each `results.json` that the commits of a branch have, in the repository of a folder.
 *
 * @param branch what git calls a revision
 * @throws {UsageError} if there is no git, no repository or no such branch
 */
export async function committedRuns(branch: string, folder: string = "."): Promise<FoundRuns> {
  const commit = await commitOf(branch, folder);
  const listed = await git(["rev-list", "--objects", commit, "--"], folder);
  const blobs = listed.split("\n").map((line) => {
    const at = line.indexOf(" ");
    return { id: line.slice(0, at), path: line.slice(at + 1) };
  }).filter(({ id, path }) =>
    id !== "" && (path === RESULT_FILE || path.endsWith(`/${RESULT_FILE}`))
  );
  const runs: HistoryRun[] = [];
  const leftOut: string[] = [];
  for (const { id, path } of blobs) {
    try {
      const size = Number(await git(["cat-file", "-s", id], folder));
      if (size > MOST_BYTES) throw new SyntaxError(`it has ${size} bytes, more than are read`);
      const result = parseResult(await git(["cat-file", "blob", id], folder));
      for (const [index, trial] of result.trials.entries()) {
        checkHistograms(trial, `trials.${index}`);
      }
      runs.push(historyRun(path, result));
    } catch (error) {
      leftOut.push(shown(`${path} (${id.slice(0, 10)}): ${(error as Error).message}`));
    }
  }
  return {
    runs: [...new Map(runs.map((run) => [run.startedAt + run.name, run])).values()],
    leftOut,
  };
}
