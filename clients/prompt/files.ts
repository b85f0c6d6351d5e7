/** Files that are new: none that exists is overwritten. */

import { dirname } from "node:path";

/** A file that was made. */
export interface NewFile {
  /** Its path. */
  readonly path: string;
  /** To write it with. */
  readonly handle: Deno.FsFile;
}

/**
 * Makes a file with this name, or with a number behind it where that is taken; and the folders above it.
 *
 * @throws {Error} when it cannot be made
 */
export function createUnused(path: string): NewFile {
  Deno.mkdirSync(dirname(path), { recursive: true });
  for (let number = 1;; number++) {
    const candidate = number === 1 ? path : path.replace(/(\.\w+)?$/, `-${number}$1`);
    try {
      return {
        path: candidate,
        handle: Deno.openSync(candidate, { write: true, createNew: true }),
      };
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
  }
}

/** Why something could not be done with a file, without the number of the error and the path. */
export function reasonOf(error: unknown): string {
  return (error as Error).message.replace(/\s*\(os error.*$|: \w+ '.*$/s, "");
}
