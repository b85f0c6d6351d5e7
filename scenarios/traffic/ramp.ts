/**
 * A closed loop whose number of connections grows and shrinks by stages, which begin with the window. One that is to go
 * gets the replies to what it has sent, and is closed then.
 */

import { Steps } from "./timing/stages.ts";
import { Thinkers } from "./timing/think.ts";
import type { Share } from "./timing/schedule.ts";
import type { Load, Pace, Traffic } from "./types.ts";
import { highest, type Stage, type Think } from "./timing/texts.ts";

/** What determines a ramp. */
export interface RampOptions {
  /** How many connections there are when. */
  readonly stages: readonly Stage[];
  /** How many messages are outstanding on each connection. */
  readonly inFlight: number;
  /** How long a user thinks between a reply and the next message; not at all when left out. */
  readonly think?: Think | undefined;
  /** Determines how long each pause is. */
  readonly seed: number;
  /** Which of the connections are its own; all when left out. */
  readonly share?: Share | undefined;
}

/** What is in one of the places for connections. */
const STATE = { free: 0, opening: 1, open: 2, leaving: 3, closing: 4 } as const;

/** How many connections warm up for the stages. */
const WARM = 8;

/** @param options.share of connections that come one after another: the n-th is that of the generator n modulo their number */
export function ramp(
  load: Load,
  { stages, inFlight, think, seed, share = { index: 0, of: 1 } }: RampOptions,
): Traffic {
  const { index, of } = share;
  const slots = ownOf(highest(stages));
  const states = new Uint8Array(slots);
  const unanswered = new Uint32Array(slots);
  /** Pauses of connections that are closed since: when they end nothing is sent. */
  const given = new Uint32Array(slots);
  const pausing = new Uint32Array(slots);
  const thinkers = think && new Thinkers(think, seed + index);
  const pace: Pace = { of: "pauses", nextMs: Infinity, intendedMs: NaN };
  let steps: Steps | undefined;
  let startMs = 0;
  /** How many connections are to be open: those with the first numbers. */
  let wanted = 0;
  let stopped = false;

  /** How many of the first `count` connections of all generators are its own. */
  function ownOf(count: number): number {
    return Math.floor((count + of - 1 - index) / of);
  }

  function want(count: number): void {
    for (; wanted < count; wanted++) enter(wanted);
    for (; wanted > count; wanted--) leave(wanted - 1);
  }

  function enter(slot: number): void {
    if (states[slot] === STATE.free) {
      states[slot] = STATE.opening;
      load.open(slot);
    } else if (states[slot] === STATE.leaving) {
      states[slot] = STATE.open;
      fill(slot);
    }
  }

  function leave(slot: number): void {
    if (states[slot] !== STATE.open) return;
    states[slot] = STATE.leaving;
    closeIfDone(slot);
  }

  function closeIfDone(slot: number): void {
    if (unanswered[slot]! > 0) return;
    states[slot] = STATE.closing;
    given[slot]! += pausing[slot]!;
    pausing[slot] = 0;
    load.close(slot);
  }

  /** Sends what is missing to as many messages as are to be outstanding. */
  function fill(slot: number): void {
    send(slot, inFlight - unanswered[slot]! - pausing[slot]!);
  }

  function send(slot: number, count: number): void {
    if (count <= 0) return;
    unanswered[slot]! += count;
    load.send(slot, count);
  }

  function endPause(slot: number): void {
    if (given[slot]! > 0) {
      given[slot]!--;
      return;
    }
    pausing[slot]!--;
    if (states[slot] === STATE.open) send(slot, 1);
  }

  function step(nowMs: number): void {
    while (steps !== undefined && startMs + steps.nextMs <= nowMs) {
      want(ownOf(steps.next));
      steps.advance();
    }
  }

  function due(nowMs: number): void {
    if (stopped) return;
    step(nowMs);
    if (thinkers !== undefined) {
      for (let slot = thinkers.take(nowMs); slot >= 0; slot = thinkers.take(nowMs)) endPause(slot);
    }
    pace.nextMs = Math.min(
      steps === undefined ? Infinity : startMs + steps.nextMs,
      thinkers === undefined ? Infinity : thinkers.nextMs,
    );
  }

  return {
    connections: 0,
    slots,
    depth: inFlight,
    phases: "any time",
    pace,
    due,
    start() {
      want(Math.min(WARM, slots));
    },
    measure(nowMs) {
      startMs = nowMs;
      steps = new Steps(stages);
      want(0);
      due(nowMs);
    },
    opened(slot) {
      states[slot] = STATE.open;
      if (slot < wanted) fill(slot);
      else leave(slot);
    },
    replied(slot, released, nowMs) {
      unanswered[slot]! -= released;
      if (stopped) return;
      if (states[slot] === STATE.leaving) return closeIfDone(slot);
      if (thinkers === undefined) return send(slot, released);
      pausing[slot]! += released;
      for (let left = released; left > 0; left--) thinkers.begin(slot, nowMs);
      pace.nextMs = Math.min(pace.nextMs, thinkers.nextMs);
    },
    closed(slot) {
      states[slot] = STATE.free;
      if (slot < wanted && !stopped) enter(slot);
    },
    stop() {
      stopped = true;
      pace.nextMs = Infinity;
    },
  };
}
