/** New files: none that exists is overwritten. */

import { dirname } from "node:path";

/** Creates a file with this name, or with a number after it if that is taken, and the folders above it. */
export function createUnused(path: string): { path: string; handle: Deno.FsFile } {
  Deno.mkdirSync(dirname(path), { recursive: true });
  for (let number = 1;; number++) {
    const candidate = number === 1 ? path : path.replace(/(\.\w+)?$/, `-${number}$1`);
    try {
      const handle = Deno.openSync(candidate, { write: true, createNew: true });
      return { path: candidate, handle };
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
  }
}

/** Why something could not be done with a file, without the number of the error and the path. */
export function reasonOf(error: unknown): string {
  return (error as Error).message.replace(/\s*\(os error.*$|: \w+ '.*$/s, "");
}
