/** Finds the runs that a history is made of, and keeps of each only its figures. */

import { join } from "node:path";
import { type HistoryRun, historyRun } from "../../measure/history/series.ts";
import { PLAN_FILE, RESULT_FILE } from "../folder/names.ts";
import { readResult } from "../folder/read_result.ts";
import { shown } from "../../measure/text/shown.ts";

/** Runs, and what could not be read, a line each. */
export interface FoundRuns {
  /** In no order. */
  readonly runs: readonly HistoryRun[];
  /** Why others are not among them. */
  readonly leftOut: readonly string[];
}

/**
 * Reads runs from folders: each is that of a run, or holds folders of runs.
 *
 * @throws {Error} if a folder cannot be read
 */
export async function runsInFolders(folders: readonly string[]): Promise<FoundRuns> {
  const runs: HistoryRun[] = [];
  const leftOut: string[] = [];
  for (const folder of folders.flatMap(runFolders)) {
    // One after the other: a result may have many megabytes.
    try {
      runs.push(historyRun(folder, await readResult(folder)));
    } catch (error) {
      leftOut.push(shown(`${folder}: ${(error as Error).message}`));
    }
  }
  return { runs, leftOut };
}

function runFolders(folder: string): string[] {
  if (isRun(folder)) return [folder];
  return Array.from(Deno.readDirSync(folder), ({ name }) => join(folder, name)).filter(isRun)
    .sort();
}

function isRun(folder: string): boolean {
  return [RESULT_FILE, PLAN_FILE].some((file) => {
    try {
      return Deno.statSync(join(folder, file)).isFile;
    } catch {
      return false;
    }
  });
}
