/**
 * How the user stops a run: once, and the running trial is finished; twice, and it is given up. The reports are written
 * both times.
 *
 * @module
 */

import { EXIT } from "./command.ts";
import { onStopSignal } from "./signals.ts";

/** What the user, or a disk that is full, wants of a run. */
export interface Stop extends Disposable {
  /** Aborted when no other trial is to start. */
  readonly finish: AbortSignal;
  /** Aborted when the running trial is to be given up. */
  readonly now: AbortSignal;
  /** Whether the user has asked for one of them. */
  readonly isAsked: boolean;
  /** Gives the running trial up, for a reason that is not the user's. */
  giveUp(reason: Error): void;
  /** Tells that the trials are over and the reports are being written. */
  writing(): void;
}

/**
 * Listens to the signals. A first Ctrl-C ends the run after its trial, a second one at once, as do SIGTERM and a
 * terminal that is closed; a third one ends the program without the rest of the reports. No file can be cut off by
 * that, as each is written by one uninterrupted call.
 *
 * @param say tells the user what a Ctrl-C has done
 */
export function listenForStop(say: (line: string) => void): Stop {
  const [finish, now] = [new AbortController(), new AbortController()];
  let [isAsked, isWriting] = [false, false];
  const listening = onStopSignal((signal) => {
    isAsked = true;
    const isFirst = !finish.signal.aborted;
    finish.abort();
    if (signal === "SIGINT" && isFirst) {
      return say(
        isWriting
          ? "writing the reports; Ctrl-C twice more leaves them"
          : "stopping after this trial; Ctrl-C again stops now",
      );
    }
    if (signal === "SIGINT" && now.signal.aborted) Deno.exit(EXIT.interrupted);
    now.abort(new Error("The run was interrupted"));
  });
  return {
    finish: finish.signal,
    now: now.signal,
    get isAsked() {
      return isAsked;
    },
    giveUp: (reason) => now.abort(reason),
    writing: () => void (isWriting = true),
    [Symbol.dispose]: () => listening[Symbol.dispose](),
  };
}
