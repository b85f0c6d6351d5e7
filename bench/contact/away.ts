/** Whether a server that runs already has gone away during a run, so that the rest of it would only fail. */

import type { ServerEntry } from "../../servers/types.ts";
import { after } from "../process/delay.ts";
import { findRunning } from "./running.ts";

/** How long a server may stay away, in milliseconds, unless its entry says how long it may take to be there. */
const AWAY_MS = 10_000;
/** Between two looks, in milliseconds. */
const PAUSE_MS = 500;

/** Why nothing comes of a server any more. */
export interface Away {
  /** What its last handshake came to, in one line. */
  readonly reason: string;
  /** For how long it was looked for, in milliseconds. */
  readonly forMs: number;
}

/**
 * Looks for a server that is not started here, by one handshake after another until it accepts one.
 *
 * @param signal gives up
 * @returns undefined if it is there, if wsmark starts it itself, or if the signal was aborted
 */
export async function stayedAway(
  entry: ServerEntry,
  signal: AbortSignal,
): Promise<Away | undefined> {
  const { launch, handshake } = entry;
  if (launch.by !== "url") return undefined;
  const forMs = handshake?.startTimeoutMs ?? AWAY_MS;
  const endMs = performance.now() + forMs;
  for (;;) {
    try {
      await findRunning(entry, launch, Math.max(PAUSE_MS, endMs - performance.now()), signal);
      return undefined;
    } catch (error) {
      if (signal.aborted) return undefined;
      if (performance.now() + PAUSE_MS >= endMs) {
        return { reason: (error as Error).message, forMs };
      }
    }
    using pause = after(PAUSE_MS, signal);
    await pause.over.catch(() => {});
  }
}
