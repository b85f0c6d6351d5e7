/**
 * Writes the folder of a run: `plan.json` and `results.json` with what is known from the start, `trials.jsonl` with a
 * line for each trial as it ends, and the reports.
 */

import { accessSync, constants, existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Trial } from "../../measure/model/result.ts";
import type { RunEvent } from "../run/run.ts";
import { reasonOf, StoreError, UNFINISHED, writeWhole } from "./files.ts";
import { RESULT_FILE, TRIALS_FILE } from "./names.ts";
import {
  createTrials,
  isInUse,
  openTrials,
  type TrialLines,
  type TrialsFile,
} from "./trials_file.ts";

/** The folder of a run that is under way. No other run can write it before it is closed. */
export interface Store extends Disposable {
  /** Path of the folder. */
  readonly folder: string;
  /**
   * Appends a trial to `trials.jsonl`; it is on the disk when this returns.
   *
   * @throws {Error} when it cannot be written; the trials before it are kept
   */
  append(trial: Trial): void;
  /**
   * Writes a file whole: under a temporary name first, so that a crash leaves no half of it.
   *
   * @throws {Error} when it cannot be written; the file is then as it was
   */
  write(file: string, content: string | Uint8Array): void;
  /** Closes `trials.jsonl`, and releases the folder; may be called again. */
  close(): void;
  /** Removes `trials.jsonl` and closes it, so that the folder can be used again; for a run that cannot begin. */
  remove(): void;
}

/**
 * Makes the folder of a run, with its parents.
 *
 * @throws {Error} when it cannot be made or written, holds something already, or another run is using it
 */
export function createStore(folder: string): Store {
  try {
    Deno.mkdirSync(folder, { recursive: true });
    checkEmpty(folder);
    return storeOf(folder, createTrials(join(folder, TRIALS_FILE)));
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  }
}

/**
 * Checks that {@linkcode createStore} can make a folder, as far as one can tell without writing anything.
 *
 * @throws {Error} when it cannot
 */
export function checkFolder(folder: string): void {
  const existing = nearestExisting(resolve(folder));
  try {
    if (existing === resolve(folder)) checkEmpty(folder);
    if (!Deno.statSync(existing).isDirectory) throw new Error(`${existing} is not a folder`);
    accessSync(existing, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}

function checkEmpty(folder: string): void {
  if (Deno.readDirSync(folder)[Symbol.iterator]().next().done) return;
  const isUsed = isInUse(join(folder, TRIALS_FILE));
  throw new Error(isUsed ? "another run is using it" : "it holds other files");
}

/**
 * Opens the folder of a run that was stopped, to go on with it: cuts off a trial that is not complete, and removes
 * files that are not complete.
 *
 * @throws {InUseError} if another run is using it
 * @throws {Error} if it is not that of a run, or cannot be written
 */
export function reopenStore(folder: string): TrialLines & { readonly store: Store } {
  const { file, ...found } = openTrials(join(folder, TRIALS_FILE));
  for (const { name, isFile } of Deno.readDirSync(folder)) {
    if (isFile && name.endsWith(UNFINISHED)) Deno.removeSync(join(folder, name));
  }
  return { ...found, store: storeOf(folder, file) };
}

function storeOf(folder: string, trials: TrialsFile): Store {
  return {
    folder,
    append: (trial) => trials.append(JSON.stringify(trial)),
    write: (file, content) => writeWhole(join(folder, file), content),
    close: () => trials.close(),
    remove() {
      Deno.removeSync(join(folder, TRIALS_FILE));
      trials.close();
    },
    [Symbol.dispose]: () => trials.close(),
  };
}

/**
 * Passes the events of a run on and keeps them in its folder: a trial is on the disk before its event is passed on.
 * The store is left open.
 *
 * @param failed called with the first write that fails, after which no trial is kept or passed on; without it, that
 * ends the events with the error
 */
export async function* stored(
  events: AsyncIterable<RunEvent>,
  store: Store,
  failed?: (error: StoreError) => void,
): AsyncGenerator<RunEvent> {
  let isBroken = false;

  function keep(file: string, write: () => void): void {
    try {
      write();
    } catch (error) {
      const failure = new StoreError(file, store.folder, error);
      if (failed === undefined) throw failure;
      if (!isBroken) failed(failure);
      isBroken = true;
    }
  }

  for await (const event of events) {
    if (event.kind === "planned" || event.kind === "ended") {
      keep(RESULT_FILE, () => store.write(RESULT_FILE, JSON.stringify(event.result)));
    } else if (event.kind === "explained") {
      const { explained: { profile }, file, result } = event;
      if (profile !== undefined) keep(file, () => store.write(file, profile));
      keep(RESULT_FILE, () => store.write(RESULT_FILE, JSON.stringify(result)));
    } else if (event.kind === "trial ended") {
      if (!isBroken) keep(TRIALS_FILE, () => store.append(event.trial));
      if (isBroken) continue;
    }
    yield event;
  }
}
