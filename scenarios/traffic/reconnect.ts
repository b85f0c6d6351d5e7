/**
 * Reconnecting: connections that are silent are broken off all at once, by the client or because the server is started
 * again, and each tries to come back until it has the answer to a message. When all are back and have stayed for a while,
 * they are broken off again. Before the window they exchange messages, so that the server is warm.
 */

import type { CaseParameters } from "../parameters.ts";
import { ReconnectAccount } from "../../measure/record/accounts/reconnects.ts";
import { seededRandom } from "../../measure/record/random.ts";
import { backoffMs } from "./timing/backoff.ts";
import { Pauses } from "./timing/pauses.ts";
import type { Load, Pace, Traffic } from "./types.ts";
import type { Backoff } from "./timing/texts.ts";

/** What breaks the connections off: the clients, or a signal to the server, which is then started again. */
export type Cut = NonNullable<CaseParameters["cut"]>;

const SIGNALS = { sigterm: "SIGTERM", sigkill: "SIGKILL" } as const;

/**
 * How long all have to stay before they count as back and are broken off again, in milliseconds: a server that is being
 * stopped may still accept some.
 */
const REST_MS = 100;
/** Without a back-off: how long after a failure the next attempt follows, in milliseconds. */
const AGAIN_MS = 50;
/** How long it may take until all are back, in milliseconds. */
const PATIENCE_MS = 30_000;
/** The number of a pause that is nobody's: that before all are broken off. */
const ALL = 2 ** 32 - 1;

const STATE = { back: 0, waiting: 1, opening: 2, open: 3 } as const;

/**
 * @param options.backoff how long a client waits before each attempt; at once, then 50 ms after each failure, when left out
 * @param options.seed determines the jitter
 */
export function reconnect(
  load: Load,
  { connections, cut, backoff, seed }: {
    connections: number;
    cut: Cut;
    backoff?: Backoff | undefined;
    seed: number;
  },
): Traffic {
  const account = new ReconnectAccount();
  const pauses = new Pauses();
  const random = seededRandom(seed);
  const states = new Uint8Array(connections);
  const lostMs = new Float64Array(connections);
  const attempts = new Uint32Array(connections);
  const pace: Pace = { of: "pauses", nextMs: Infinity, intendedMs: NaN };
  /** Which have no answer yet since the batch began, and how many. */
  const isMissing = new Uint8Array(connections);
  let missing = 0;
  /** When the batch began, and when none was missing any more. */
  let startedMs = NaN;
  let endedMs = NaN;
  let isCut = false;
  let isMeasured = false;
  let stopped = false;

  function pause(connection: number, endMs: number): void {
    pauses.add(connection, endMs);
    pace.nextMs = pauses.nextMs;
  }

  /** Warms up: all exchange a message. */
  function exchange(nowMs: number): void {
    startedMs = nowMs;
    isMissing.fill(1);
    missing = connections;
    for (let connection = 0; connection < connections; connection++) load.send(connection);
  }

  function cutAll(nowMs: number): void {
    account.cut();
    isCut = true;
    startedMs = NaN;
    isMissing.fill(1);
    missing = connections;
    if (cut !== "client") return load.restart(SIGNALS[cut]);
    for (let connection = 0; connection < connections; connection++) load.cut(connection);
    for (let connection = 0; connection < connections; connection++) breakOff(connection, nowMs);
  }

  function breakOff(connection: number, nowMs: number): void {
    account.lose();
    // A server that takes its time closes them one by one: it begins with the first.
    if (Number.isNaN(startedMs)) startedMs = nowMs;
    if (!isMissing[connection]) missing++;
    isMissing[connection] = 1;
    lostMs[connection] = nowMs;
    attempts[connection] = 0;
    tryAgain(connection, nowMs);
  }

  /** Waits for the next attempt, or makes it at once. */
  function tryAgain(connection: number, nowMs: number): void {
    if (stopped) return;
    const attempt = attempts[connection]!;
    if (backoff !== undefined) {
      states[connection] = STATE.waiting;
      pause(connection, nowMs + backoffMs(backoff, attempt, random()));
    } else if (attempt > 0) {
      states[connection] = STATE.waiting;
      pause(connection, nowMs + AGAIN_MS);
    } else open(connection);
  }

  function open(connection: number): void {
    attempts[connection]!++;
    account.attempt();
    states[connection] = STATE.opening;
    load.open(connection);
  }

  /** All have an answer. */
  function complete(nowMs: number): void {
    endedMs = nowMs;
    if (isCut) return pause(ALL, nowMs + REST_MS);
    load.batchDone(startedMs, nowMs);
    if (stopped) return;
    if (isMeasured) pause(ALL, load.now() + REST_MS);
    else exchange(load.now());
  }

  /** The rest is over, unless some have not stayed. */
  function goOn(nowMs: number): void {
    if (missing > 0 || nowMs < endedMs + REST_MS) return;
    if (isCut) load.batchDone(startedMs, endedMs);
    if (!stopped) cutAll(load.now());
  }

  return {
    connections,
    slots: connections,
    depth: 1,
    phases: "between batches",
    batchMs: PATIENCE_MS,
    accounts: [account],
    pace,
    start: exchange,
    measure() {
      isMeasured = true;
    },
    due(nowMs) {
      while (pauses.nextMs <= nowMs && !stopped) {
        const connection = pauses.take();
        if (connection === ALL) goOn(nowMs);
        else open(connection);
      }
      pace.nextMs = stopped ? Infinity : pauses.nextMs;
    },
    opened(connection) {
      states[connection] = STATE.open;
      if (!stopped) load.send(connection);
    },
    replied(connection, _released, nowMs) {
      if (states[connection] === STATE.open) {
        states[connection] = STATE.back;
        account.recover(lostMs[connection]!, nowMs);
      }
      if (!isMissing[connection]) return;
      isMissing[connection] = 0;
      missing--;
      if (missing === 0) complete(nowMs);
    },
    lost(connection, nowMs) {
      if (!isCut) return false;
      if (states[connection] === STATE.back) {
        // It is the server that breaks off, or one that has come back did not stay.
        breakOff(connection, nowMs);
      } else {
        account.fail();
        tryAgain(connection, nowMs);
      }
      return true;
    },
    stop() {
      stopped = true;
      pace.nextMs = Infinity;
    },
  };
}
