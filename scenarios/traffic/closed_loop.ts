/**
 * The closed loop: a connection sends again when a reply arrives, so that the same number of messages is outstanding
 * on it at any time; or its user thinks first, and it sends after a pause.
 */

import { Thinkers } from "./timing/think.ts";
import type { Load, Pace, Traffic } from "./types.ts";
import type { Think } from "./timing/texts.ts";

/** What determines a closed loop. */
export interface ClosedLoopOptions {
  readonly connections: number;
  /** How many messages are outstanding on each connection. */
  readonly inFlight: number;
  /** How long a user thinks between a reply and the next message; not at all when left out. */
  readonly think?: Think | undefined;
  /** Determines how long each pause is; 0 when left out. */
  readonly seed?: number;
}

/** @param options how many connections there are, and what each does */
export function closedLoop(load: Load, options: ClosedLoopOptions): Traffic {
  return options.think === undefined
    ? withoutPauses(load, options)
    : withPauses(load, options, options.think);
}

function withoutPauses(load: Load, { connections, inFlight }: ClosedLoopOptions): Traffic {
  let stopped = false;

  return {
    connections,
    slots: connections,
    depth: inFlight,
    phases: "any time",
    start() {
      for (let connection = 0; connection < connections; connection++) {
        load.send(connection, inFlight);
      }
    },
    replied(connection, released) {
      if (!stopped) load.send(connection, released);
    },
    stop() {
      stopped = true;
    },
  };
}

function withPauses(
  load: Load,
  { connections, inFlight, seed = 0 }: ClosedLoopOptions,
  think: Think,
): Traffic {
  const thinkers = new Thinkers(think, seed);
  const pace: Pace = { of: "pauses", nextMs: Infinity, intendedMs: NaN };
  let stopped = false;

  return {
    connections,
    slots: connections,
    depth: inFlight,
    phases: "any time",
    pace,
    start(nowMs) {
      for (let connection = 0; connection < connections; connection++) {
        for (let left = inFlight; left > 0; left--) thinkers.join(connection, nowMs);
      }
      pace.nextMs = thinkers.nextMs;
    },
    due(nowMs) {
      if (stopped) return;
      for (let next = thinkers.take(nowMs); next >= 0; next = thinkers.take(nowMs)) load.send(next);
      pace.nextMs = thinkers.nextMs;
    },
    replied(connection, released, nowMs) {
      if (stopped) return;
      for (let left = released; left > 0; left--) thinkers.begin(connection, nowMs);
      pace.nextMs = thinkers.nextMs;
    },
    stop() {
      stopped = true;
      pace.nextMs = Infinity;
    },
  };
}
