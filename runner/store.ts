/**
 * The folder of a run: `results.json` with what is known from the start, `trials.jsonl` with a line for each trial as
 * it ends, and the reports.
 *
 * @module
 */

import type { Result, Trial } from "../measure/result.ts";
import { warningsOfRun } from "../measure/detect.ts";
import type { RunEvent } from "./run.ts";

/** The folder of a run that is under way. */
export interface Store {
  /** Path of the folder. */
  readonly folder: string;
  /** Appends a trial to `trials.jsonl`; it is on the disk when this returns. */
  append(trial: Trial): void;
  /** Writes a file whole: under a temporary name first, so that a crash leaves no half of it. */
  write(file: string, content: string | Uint8Array): void;
  /** Closes `trials.jsonl`. */
  close(): void;
}

/** Name of the file with a line for each trial. */
export const TRIALS_FILE = "trials.jsonl";
/** Name of the file with the whole result. */
export const RESULT_FILE = "results.json";

/**
 * Makes the folder of a run, with its parents.
 *
 * @throws {Error} when it cannot be made or written, or holds something already
 */
export function createStore(folder: string): Store {
  let trials: Deno.FsFile;
  try {
    Deno.mkdirSync(folder, { recursive: true });
    if (!Deno.readDirSync(folder)[Symbol.iterator]().next().done) {
      throw new Error("it holds other files");
    }
    trials = Deno.openSync(join(folder, TRIALS_FILE), { append: true, createNew: true });
  } catch (error) {
    throw new Error((error as Error).message.replace(/\s*\(os error.*$/s, ""), { cause: error });
  }
  return {
    folder,
    append(trial) {
      const line = new TextEncoder().encode(JSON.stringify(trial) + "\n");
      for (let written = 0; written < line.length;) {
        written += trials.writeSync(line.subarray(written));
      }
      trials.syncDataSync();
    },
    write(file, content) {
      writeWhole(join(folder, file), content);
    },
    close() {
      trials.close();
    },
  };
}

/** Writes a file under a temporary name, syncs it, and gives it its name. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const temporary = `${path}.unfinished`;
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

/**
 * Reads the result of a run, also of one that was killed: what had finished is in `trials.jsonl`.
 *
 * @throws {Error} when the folder holds no result, or one that is damaged or of another version
 */
export async function readResult(folder: string): Promise<Result> {
  const { parseResult, parseTrial } = await import("../measure/schema.ts");
  let text: string;
  try {
    text = Deno.readTextFileSync(join(folder, RESULT_FILE));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) {
      throw error;
    }
    throw new Error(`There is no ${RESULT_FILE} in ${folder}`, { cause: error });
  }
  const result = parseResult(text);
  if (result.state !== "running") return result;
  const lines = Deno.readTextFileSync(join(folder, TRIALS_FILE)).split("\n");
  // Each line ends with a line feed: what follows the last one is the start of a line that was cut off.
  const torn = lines.pop() !== "";
  const trials = lines.map(parseTrial);
  const interrupted: Result = { ...result, state: "interrupted", trials };
  const warnings = warningsOfRun(interrupted);
  return {
    ...interrupted,
    warnings: torn ? [...warnings, { kind: "torn last line", file: TRIALS_FILE }] : warnings,
  };
}

/**
 * Passes the events of a run on and keeps them in its folder: a trial is on the disk before its event is passed on.
 */
export async function* stored(
  events: AsyncIterable<RunEvent>,
  store: Store,
): AsyncGenerator<RunEvent> {
  try {
    for await (const event of events) {
      if (event.kind === "planned" || event.kind === "ended") {
        store.write(RESULT_FILE, JSON.stringify(event.result));
      } else if (event.kind === "trial ended") store.append(event.trial);
      yield event;
    }
  } finally {
    store.close();
  }
}

function join(folder: string, file: string): string {
  return `${folder.replace(/[/\\]+$/, "")}/${file}`;
}
