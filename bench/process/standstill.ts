/** Finds a process that was stopped by a signal such as SIGSTOP: nothing comes from it any more, and nothing says why. */

import { stoppedBelow } from "./descendants.ts";
import type { GeneratorFailure } from "../generator/messages.ts";

/** A process that somebody waits for. */
export interface Suspect {
  /** What it is: `The server`. */
  readonly who: string;
  readonly pid: number;
}

/** Watches for processes that stand still; leaving its scope ends it. */
export interface Watch extends Disposable {
  /** Resolves to a sentence about the first that is found; never if there is none, or no `/proc` to look at. */
  readonly found: Promise<string>;
}

/** How long to wait after the time in which nothing is to be heard, in milliseconds. */
const PATIENCE_MS = 2_000;
/** Between two looks, in milliseconds. Only what stands still at two in a row counts: a stop may be short. */
const EVERY_MS = 500;

/**
 * Looks at processes only once they were silent for longer than they should be: a look would disturb what is measured.
 *
 * @param quietMs how long nothing is to be heard, in milliseconds
 * @param patienceMs how long to wait after that
 */
export function watchStandstill(
  suspects: readonly Suspect[],
  quietMs: number,
  patienceMs: number = PATIENCE_MS,
): Watch {
  const { promise: found, resolve } = Promise.withResolvers<string>();
  let before: Suspect | undefined;
  let timer = setTimeout(look, quietMs + patienceMs);

  function look(): void {
    const stopped = suspects.find(({ pid }) => stoppedBelow(pid));
    if (stopped !== undefined && stopped === before) {
      return resolve(`${stopped.who} stood still: its process was stopped by a signal`);
    }
    before = stopped;
    timer = setTimeout(look, EVERY_MS);
  }

  return { found, [Symbol.dispose]: () => clearTimeout(timer) };
}

/** Waits for an answer, or until a process that is needed for it is found to stand still. */
export async function unlessStopped<T>(
  answer: Promise<T>,
  { found }: Watch,
): Promise<T | GeneratorFailure> {
  return await Promise.race([
    answer,
    found.then((reason): GeneratorFailure => ({ state: "failed", reason })),
  ]);
}
