/** Writes files so that no half of one is ever found under its name. */

/** The end of the name of a file that is not complete yet. */
export const UNFINISHED = ".unfinished";

/** Writes a file under a temporary name, syncs it, and gives it its name. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  using file = new UnfinishedFile(path);
  file.write(typeof content === "string" ? new TextEncoder().encode(content) : content);
  file.finish();
}

/** The same for a file whose content comes in pieces. */
export async function writeInPieces(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<void> {
  using file = new UnfinishedFile(path);
  for await (const piece of pieces) file.write(piece);
  file.finish();
}

/** A file that is gone when it is disposed of, unless it was finished. */
class UnfinishedFile implements Disposable {
  readonly #path: string;
  readonly #temporary: string;
  readonly #file: Deno.FsFile;

  constructor(path: string) {
    this.#path = path;
    // A run and a `report` of it may write the same file at the same time.
    this.#temporary = `${path}.${Deno.pid}${UNFINISHED}`;
    this.#file = Deno.openSync(this.#temporary, { write: true, create: true, truncate: true });
  }

  write(bytes: Uint8Array): void {
    for (let written = 0; written < bytes.length;) {
      written += this.#file.writeSync(bytes.subarray(written));
    }
  }

  finish(): void {
    this.#file.syncDataSync();
    Deno.renameSync(this.#temporary, this.#path);
  }

  [Symbol.dispose](): void {
    this.#file.close();
    try {
      Deno.removeSync(this.#temporary);
    } catch {
      // It has its name.
    }
  }
}

/** What the system says about a file, without its error number and the path, which the message already has. */
export function reasonOf(error: unknown): string {
  return (error as Error).message.replace(/\s*\(os error.*$/s, "");
}

/** A file of a run could not be written. */
export class StoreError extends Error {
  /** Discriminant. */
  override readonly name = "StoreError";

  /** Names the file, its folder and the reason. */
  constructor(file: string, folder: string, cause: unknown) {
    super(`Cannot write ${file} in ${folder}: ${reasonOf(cause)}`, { cause });
  }
}
