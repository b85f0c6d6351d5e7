/** `trials.jsonl`: a line for each trial as it ends, held by one run at a time. */

import { MOST_BYTES } from "../../measure/model/limits.ts";
import { readBytes, readText } from "./read_text.ts";

/** A `trials.jsonl` that is open for one run; the system releases it however the run ends. */
export interface TrialsFile {
  /** Appends a line; it is on the disk when this returns. If that throws, the part that was written is cut off again. */
  append(line: string): void;
  /** Releases it; may be called again. */
  close(): void;
}

export interface TrialLines {
  readonly lines: readonly string[];
  /** Whether the start of another line follows them, which was cut off. */
  readonly torn: boolean;
}

/** Another run writes the file. */
export class InUseError extends Error {
  override readonly name = "InUseError";

  constructor() {
    super("another run is using it");
  }
}

/** Makes the file; throws if it is there already, or cannot be made. */
export function createTrials(path: string): TrialsFile {
  const file = Deno.openSync(path, { read: true, append: true, createNew: true });
  try {
    lock(file);
  } catch (error) {
    file.close();
    throw error;
  }
  return writer(file, 0);
}

/**
 * Opens the file of a run that has ended, and cuts off a line that is not whole.
 *
 * @throws {InUseError} if another run writes it
 * @throws {SyntaxError} if it is larger than any can be
 * @throws {Error} if there is none, or it cannot be written
 */
export function openTrials(path: string): TrialLines & { readonly file: TrialsFile } {
  const file = Deno.openSync(path, { read: true, append: true });
  try {
    lock(file);
    const bytes = readBytes(path, MOST_BYTES);
    const whole = bytes.lastIndexOf(0x0a) + 1;
    if (whole < bytes.length) file.truncateSync(whole);
    return { ...linesOf(new TextDecoder().decode(bytes)), file: writer(file, whole) };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Reads the file, which may not be there; throws a `SyntaxError` if it is larger than any can be. */
export function readTrials(path: string): TrialLines {
  try {
    return linesOf(readText(path, MOST_BYTES));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { lines: [], torn: false };
    throw error;
  }
}

/** Whether a run writes the file now. */
export function isInUse(path: string): boolean {
  try {
    using file = Deno.openSync(path, { read: true, append: true });
    lock(file);
    return false;
  } catch (error) {
    return error instanceof InUseError;
  }
}

/** Each line ends with a line feed: what follows the last one is the start of a line that was cut off. */
function linesOf(text: string): TrialLines {
  const lines = text.split("\n");
  const torn = lines.pop() !== "";
  return { lines, torn };
}

/** Locks the file for this process until it ends: the system's lock, so that none is left behind. */
function lock(file: Deno.FsFile): void {
  let isMine: boolean;
  try {
    isMine = file.tryLockSync(true);
  } catch {
    // Some network file systems know no locks: a run there is not refused for that.
    return;
  }
  if (!isMine) throw new InUseError();
}

function writer(file: Deno.FsFile, startLength: number): TrialsFile {
  let length = startLength;
  let isOpen = true;
  return {
    append(line) {
      const bytes = new TextEncoder().encode(line + "\n");
      try {
        for (let written = 0; written < bytes.length;) {
          written += file.writeSync(bytes.subarray(written));
        }
        file.syncDataSync();
      } catch (error) {
        file.truncateSync(length);
        throw error;
      }
      length += bytes.length;
    },
    close() {
      if (isOpen) file.close();
      isOpen = false;
    },
  };
}
