/** Reads the run in a folder that the user named. */

import type { Result } from "../measure/model/result.ts";
import { readResult } from "../bench/folder/read_result.ts";
import { runsInWords } from "./runs_nearby.ts";
import { NothingYetError, UsageError } from "../bench/usage.ts";

/**
 * Reads the run in a folder, also one that was killed.
 *
 * @throws {NothingYetError} if it was killed before its first line
 * @throws {UsageError} if the folder holds no run, or one that is damaged or of another version
 */
export async function readRun(folder: string): Promise<Result> {
  try {
    return await readResult(folder);
  } catch (error) {
    if (error instanceof NothingYetError) throw error;
    const { message } = error as Error;
    throw new UsageError(
      error instanceof SyntaxError
        ? `${message}. The run in ${folder} is damaged, or of another version of wsmark: make it again`
        : `${message}. Name the folder of a run: ${runsInWords()}`,
    );
  }
}
