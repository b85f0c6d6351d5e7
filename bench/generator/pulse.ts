/**
 * The pulse of a running trial: what the live view shows of it while it runs.
 *
 * Nothing of it runs unless somebody asked for it. Then the generator, whose loop does nothing else in the window,
 * writes a line of about 150 bytes on its stdout for every 200 ms of the timeline. A pipe of 64 KiB holds 90 seconds of
 * them, and the runner reads them as they come, so that the write never waits.
 */

import type { TimelineSlice } from "../../measure/model/result.ts";
import { largest } from "../../measure/statistics/statistics.ts";

/** What happened in the last 200 ms of a running trial, or longer if nothing was answered for a while. */
export interface Pulse {
  readonly state: "running";
  /** Whether this is the warm-up or the window that counts. */
  readonly phase: "warm-up" | "window";
  /** How long it covers, in milliseconds. */
  readonly lengthMs: number;
  /** Replies read (handshakes finished, if the scenario sends no messages). */
  readonly count: number;
  /** Mean latency of these in milliseconds; null if there were none. */
  readonly meanMs: number | null;
  /** Largest. */
  readonly maxMs: number | null;
}

/** Traffic that a pulse covers at least, in milliseconds: there are at most five of them in a second of it. */
const PULSE_MS = 200;

/** Listens to a timeline. */
export interface Pulses {
  /** The window begins: what the warm-up has left is forgotten. */
  beginWindow(): void;
  /** To be called with the slices of the timeline as they are closed. */
  closed(slices: readonly TimelineSlice[]): void;
}

/** Makes pulses of the slices of a timeline. `tell` is called synchronously: its time is taken from the traffic. */
export function pulsesOf(tell: (pulse: Pulse) => void): Pulses {
  let phase: Pulse["phase"] = "warm-up";
  let waiting: TimelineSlice[] = [];
  return {
    beginWindow() {
      phase = "window";
      waiting = [];
    },
    closed(slices) {
      for (const slice of slices) waiting.push(slice);
      const lengthMs = waiting.reduce((total, slice) => total + slice.lengthMs, 0);
      // The slices' lengths are differences of times with a fraction.
      if (lengthMs < PULSE_MS - 1) return;
      tell({ state: "running", phase, ...together(waiting), lengthMs });
      waiting = [];
    },
  };
}

/** Merges the last pulses of generators that share a trial. */
export function mergePulses(pulses: readonly Pulse[]): Pulse {
  const [first] = pulses;
  if (first === undefined) throw new RangeError("Cannot merge no pulses");
  if (pulses.length === 1) return first;
  // They need not cover the same time: what counts is how many replies came in a second.
  const inStep = pulses.map((pulse) => ({
    ...pulse,
    count: pulse.count / pulse.lengthMs * first.lengthMs,
  }));
  const { count, ...latency } = together(inStep);
  return { ...first, ...latency, count: Math.round(count) };
}

/** Merges what can be merged exactly: counts, means by their counts, and the largest; percentiles cannot be. */
export function together(
  parts: readonly Pick<Pulse, "count" | "meanMs" | "maxMs">[],
): Pick<Pulse, "count" | "meanMs" | "maxMs"> {
  const measured = parts.filter(({ meanMs }) => meanMs !== null);
  const weight = measured.reduce((total, { count }) => total + count, 0);
  return {
    count: parts.reduce((total, { count }) => total + count, 0),
    meanMs: weight === 0
      ? null
      : measured.reduce((total, { meanMs, count }) => total + meanMs! * count, 0) / weight,
    maxMs: measured.length === 0 ? null : largest(measured.map(({ maxMs }) => maxMs!)),
  };
}
