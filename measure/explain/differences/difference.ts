/** What a difference of two servers is, and what is said of it. */

import { type Explanation, type Figure, isMeasured } from "../../model/result.ts";

/** One of two servers that are compared, as its explaining trial saw it. */
export interface Side extends Pick<Explanation, "counters" | "replies" | "windowMs"> {
  /** What it is called behind a figure: `native`, `before`. */
  readonly name: string;
}

/** What a difference takes more of than the other server, in nanoseconds a message; below 0 where it takes less. */
export interface Cost {
  /** CPU time, wall-clock time in which the server answers nothing else, or time that one reply is held back. */
  readonly of: keyof Gap;
  readonly ns: number;
}

/**
 * By how much a verdict says that a server takes longer, in nanoseconds a message; below 0 where it is faster. Absent
 * where the verdict does not say.
 */
export interface Gap {
  /** CPU time. */
  readonly cpu?: number;
  /** From one reply to the next one. */
  readonly wall?: number;
  /** From a message to its reply. */
  readonly wait?: number;
}

/** Something in which two servers differ beyond noise. */
export interface Found extends Cost {
  /** A phrase with the figures of both, the other server's in brackets. */
  readonly said: string;
  /** What it is about more closely, for {@linkcode Idea.covers}; absent if there is no more to say. */
  readonly about?: string;
}

/** A kind of difference that can go with a verdict. */
export interface Idea {
  readonly id: string;
  /** What sees the same from afar, by ids of ideas or by {@linkcode Found.about}: it is not named beside it. */
  readonly covers?: readonly string[];
  /** Whether it is about times: they are of one trial, and say nothing if that was faster or slower than the others. */
  readonly isOfTimes?: boolean;
  /** What differs in a server; undefined if nothing does beyond noise, or it was not counted. */
  find(server: Side, other: Side): Found | undefined;
}

/** One of two figures has to be this many times the other: single trials of the same server differ by less. */
export const LEAST_RATIO = 1.3;
/** And so many standard errors apart, if they are counts: events come in groups, which makes chance wider. */
const MANY_ERRORS = 6;

/** Two figures of a counter that differ beyond noise. */
export interface Pair {
  readonly own: number;
  readonly other: number;
}

/** The figures of a counter; undefined if one of them is missing. */
export function figuresOf(id: string, server: Side, other: Side): Pair | undefined {
  return pairOf(server.counters[id], other.counters[id]);
}

/** Two figures, if both are there. */
export function pairOf(own: Figure | undefined, other: Figure | undefined): Pair | undefined {
  return own !== undefined && other !== undefined && isMeasured(own) && isMeasured(other)
    ? { own, other }
    : undefined;
}

/** Whether one of two figures is far above the other. */
export function isFarApart({ own, other }: Pair): boolean {
  return Math.max(own, other) >= LEAST_RATIO * Math.min(own, other) && own !== other;
}

/**
 * The figures of events that are counted by the message, if they differ by more than chance.
 *
 * @param errors by how many standard errors at least
 */
export function countsOf(
  id: string,
  server: Side,
  other: Side,
  errors: number = MANY_ERRORS,
): Pair | undefined {
  const pair = figuresOf(id, server, other);
  if (pair === undefined || !isFarApart(pair)) return undefined;
  // As of Poisson's distribution, in which the variance of a count is the count.
  const error = Math.sqrt(pair.own / server.replies + pair.other / other.replies);
  return Math.abs(pair.own - pair.other) >= errors * error ? pair : undefined;
}

/** Linux counts in and outside of the kernel in ticks, by where the program just is: in microseconds. */
const TICK_US = 10_000;
/** They are chance as counts are, but do not come in groups. */
const FEW_ERRORS = 3;

/** CPU times that are counted in ticks, in microseconds a message, if they differ by more than chance. */
export function ticksOf(id: string, server: Side, other: Side): Pair | undefined {
  const pair = figuresOf(id, server, other);
  if (pair === undefined || !isFarApart(pair)) return undefined;
  const error = Math.sqrt(
    TICK_US * (pair.own / server.replies + pair.other / other.replies),
  );
  return Math.abs(pair.own - pair.other) >= FEW_ERRORS * error ? pair : undefined;
}

/** Nanoseconds between two replies. */
export function wallNs({ replies, windowMs }: Side): number {
  return windowMs * 1e6 / replies;
}

/** A figure with two digits: `0.0021`, `1.0`, `16`, `1,200`. */
export function digits(value: number): string {
  if (value === 0) return "0";
  if (Math.abs(value) < 0.0001) return value < 0 ? "above −0.0001" : "below 0.0001";
  const decimals = Math.min(4, Math.max(0, 1 - Math.floor(Math.log10(Math.abs(value)))));
  // 9.96 shows as 10, so the rounded figure decides.
  const rounded = Number(value.toFixed(decimals));
  const shown = Math.abs(rounded) >= 10 ? 0 : decimals;
  return rounded.toLocaleString("en-US", {
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  });
}

/** A time with two digits: `3.1 µs`, `43 ms`. */
export function duration(ns: number): string {
  return ns < 1e6 ? `${digits(ns / 1000)} µs` : `${digits(ns / 1e6)} ms`;
}

/** How many times the other figure one is: `2.0 ×`, `0.33 ×`. */
export function times({ own, other }: Pair): string {
  return `${digits(own / other)} ×`;
}
