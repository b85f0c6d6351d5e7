/** How an agent knows whether its coordinator is there. */

import { after } from "../process/delay.ts";
import { GONE_MS } from "./broker/connect.ts";
import { SilenceError } from "./bus.ts";
import { HEARTBEAT_MS } from "./messages.ts";

/** What is needed to ask. */
export interface LeaseOptions {
  /** Asks once whether the coordinator is there: rejects with a {@linkcode SilenceError} if it does not answer. */
  readonly ask: () => Promise<unknown>;
  /** Whether the connection to NATS has been there for so long that what it says can be believed. */
  readonly isSteady: () => boolean;
  /** Whether there is load that must end soon if nobody looks after it. */
  readonly hasLoad: () => boolean;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number;
}

/**
 * How long a coordinator that is not heard is waited for while there is no load, in milliseconds: one on a busy machine may
 * take long to begin.
 */
const IDLE_MS = 30_000;

/**
 * Asks four times a second whether the coordinator is there, until it is gone. No question waits for the one before it: a
 * coordinator that was killed with a question unanswered is missed by the next one. So its load ends within a second,
 * {@linkcode HEARTBEAT_MS} and what it takes to believe NATS that nobody is there; and one that is busy may take longer than
 * that to answer.
 *
 * @returns why it is gone; undefined if the signal was aborted
 */
export async function holdLease(
  { ask, isSteady, hasLoad, signal, now = () => performance.now() }: LeaseOptions,
): Promise<string | undefined> {
  const gone = Promise.withResolvers<string>();
  let heardMs = now();

  async function question(): Promise<void> {
    try {
      await ask();
      heardMs = now();
    } catch (error) {
      const isGone = error instanceof SilenceError && error.isGone && isSteady();
      if (isGone) return gone.resolve("its coordinator is gone");
      const patienceMs = hasLoad() ? GONE_MS : IDLE_MS;
      if (now() - heardMs > patienceMs) {
        gone.resolve(`its coordinator was not heard for ${patienceMs / 1000} s`);
      }
    }
  }

  while (!signal.aborted) {
    question();
    using pause = after(HEARTBEAT_MS, signal);
    const reason = await Promise.race([gone.promise, pause.over.catch(() => undefined)]);
    if (typeof reason === "string") return reason;
  }
  return undefined;
}
