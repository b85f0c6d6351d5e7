/** The error of a folder that can no longer be written. */

import { reasonOf } from "./files.ts";

/** A file of a run could not be written. */
export class StoreError extends Error {
  /** Discriminant. */
  override readonly name = "StoreError";

  /** Names the file, its folder and the reason. */
  constructor(file: string, folder: string, cause: unknown) {
    super(`Cannot write ${file} in ${folder}: ${reasonOf(cause)}`, { cause });
  }
}
