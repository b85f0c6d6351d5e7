/** The windows of generators that share a trial: how far they were apart, and what all of them shared. */

import type { TimelineSlice } from "../../../measure/model/result.ts";
import { largest, smallest } from "../../../measure/statistics/statistics.ts";

/** A part of time, in milliseconds of one clock. */
export interface Span {
  /** Its begin. */
  readonly startMs: number;
  /** Its end. */
  readonly endMs: number;
}

/** The time that all spans have in common; empty, at the last begin, if there is none. */
export function overlapOf(spans: readonly Span[]): Span {
  const startMs = largest(spans.map((span) => span.startMs));
  return { startMs, endMs: Math.max(startMs, smallest(spans.map((span) => span.endMs))) };
}

/** From the first begin to the last one, in milliseconds. */
export function spreadOf(spans: readonly Span[]): number {
  const starts = spans.map(({ startMs }) => startMs);
  return largest(starts) - smallest(starts);
}

/** A window with its timeline. */
export interface TimedWindow {
  /** When it was open. */
  readonly window: Span;
  /** What was answered in it, slice by slice, from its begin on. */
  readonly timeline: readonly Pick<TimelineSlice, "atMs" | "lengthMs" | "count">[];
}

/**
 * How much of what a window's timeline has counted is outside of a span. A slice is taken whole, and of one that an end of
 * the span cuts the share of its length.
 */
export function outside({ window, timeline }: TimedWindow, span: Span): number {
  return timeline.reduce((total, { atMs, lengthMs, count }) => {
    const startMs = window.startMs + atMs;
    const within = Math.min(startMs + lengthMs, span.endMs) - Math.max(startMs, span.startMs);
    return total + count * (1 - Math.min(1, Math.max(0, within) / lengthMs));
  }, 0);
}

/**
 * The length by which all that was counted in several windows is to be divided for the rate of the time that they share,
 * in milliseconds: its own length if they are the same, and in proportion longer if more was counted outside of it.
 */
export function lengthOfRate(windows: readonly TimedWindow[]): number {
  const span = overlapOf(windows.map(({ window }) => window));
  const lengthMs = span.endMs - span.startMs;
  const all = windows.flatMap(({ timeline }) => timeline)
    .reduce((total, { count }) => total + count, 0);
  const within = all - windows.reduce((total, one) => total + outside(one, span), 0);
  return within > 0 ? lengthMs * all / within : lengthMs;
}
