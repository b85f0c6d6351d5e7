/** Writes files so that no half of one is ever found under its name. */

/** The end of the name of a file that is not complete yet. */
export const UNFINISHED = ".unfinished";

/** Writes a file under a temporary name, syncs it, and gives it its name. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  // A run and a `report` of it may write the same file at the same time.
  const temporary = `${path}.${Deno.pid}${UNFINISHED}`;
  try {
    using file = Deno.openSync(temporary, { write: true, create: true, truncate: true });
    for (let written = 0; written < bytes.length;) {
      written += file.writeSync(bytes.subarray(written));
    }
    file.syncDataSync();
    Deno.renameSync(temporary, path);
  } catch (error) {
    try {
      Deno.removeSync(temporary);
    } catch {
      // It was never made.
    }
    throw error;
  }
}

/** What the system says about a file, without its error number and the path, which the message already has. */
export function reasonOf(error: unknown): string {
  return (error as Error).message.replace(/\s*\(os error.*$/s, "");
}
