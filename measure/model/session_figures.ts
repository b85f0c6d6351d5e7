/** The figures of a session: of each message, and of all together. */

import type { Figure } from "./result.ts";
import { type Exchange, type Fate, latencyOf, type Session } from "./session.ts";
import { quantileOfSorted } from "../statistics/statistics.ts";

/** How many of the newest latencies are in the moving average. */
export const MOVING = 10;

/** The figures when a reply has come. */
export interface Running {
  /** Time from the message to its reply, in milliseconds. */
  readonly latencyMs: number;
  /** Mean of all latencies up to this one. */
  readonly averageMs: number;
  /** Mean of the newest ones, at most {@linkcode MOVING}. */
  readonly movingMs: number;
  /** Replies up to this one, divided by the seconds from the first message to it; undefined if those are 0. */
  readonly perSecond: number | undefined;
}

/** The figures of every exchange in turn; undefined for one without message or without reply. */
export function* runningFigures(exchanges: readonly Exchange[]): Generator<Running | undefined> {
  let firstAtMs: number | undefined;
  let count = 0;
  let sum = 0;
  const newest: number[] = [];
  for (const exchange of exchanges) {
    const latencyMs = latencyOf(exchange);
    if (exchange.fate !== "not sent") firstAtMs ??= exchange.message?.atMs;
    if (latencyMs === undefined) {
      yield undefined;
      continue;
    }
    sum += latencyMs;
    newest[count++ % MOVING] = latencyMs;
    const seconds = (exchange.reply!.atMs - firstAtMs!) / 1000;
    yield {
      latencyMs,
      averageMs: sum / count,
      movingMs: newest.reduce((total, value) => total + value, 0) / newest.length,
      perSecond: seconds > 0 ? count / seconds : undefined,
    };
  }
}

/** The figures of a session. */
export interface SessionFigures {
  /** Messages that were sent. */
  readonly sent: number;
  /** Replies, also those that nobody asked for. */
  readonly received: number;
  /** Messages and replies by what became of them. */
  readonly fates: Readonly<Record<Fate, number>>;
  /** Of the latencies, in milliseconds. */
  readonly latencyMs: {
    readonly [statistic in "min" | "mean" | "median" | "p90" | "p99" | "max"]: Figure;
  };
  /** Answered messages per second, from the first message to the last reply. */
  readonly perSecond: Figure;
}

/** The figures of a session; those for which it has too few messages are absent. */
export function sessionFigures({ exchanges }: Pick<Session, "exchanges">): SessionFigures {
  const fates: Record<Fate, number> = {
    answered: 0,
    unasked: 0,
    "no reply": 0,
    lost: 0,
    "not sent": 0,
  };
  const latencies: number[] = [];
  let perSecond: number | undefined;
  for (const running of runningFigures(exchanges)) {
    if (running === undefined) continue;
    latencies.push(running.latencyMs);
    perSecond = running.perSecond;
  }
  for (const { fate } of exchanges) fates[fate]++;
  const sorted = Float64Array.from(latencies).sort();
  const mean = latencies.reduce((sum, value) => sum + value, 0) / latencies.length;
  const share = (q: number, least: number): Figure =>
    sorted.length >= least ? quantileOfSorted(sorted, q) : tooFew(sorted.length, least);
  return {
    sent: fates.answered + fates["no reply"] + fates.lost,
    received: fates.answered + fates.unasked,
    fates,
    latencyMs: {
      min: share(0, 1),
      mean: sorted.length > 0 ? mean : tooFew(0, 1),
      median: share(0.5, 1),
      // With fewer messages these would just be the maximum.
      p90: share(0.9, 10),
      p99: share(0.99, 100),
      max: share(1, 1),
    },
    perSecond: sorted.length < 2 || perSecond === undefined ? tooFew(sorted.length, 2) : perSecond,
  };
}

function tooFew(count: number, least: number): { readonly absent: string } {
  return {
    absent: `it takes ${least === 1 ? "an answered message" : `${least} answered messages`}: ` +
      `there ${count === 1 ? "is 1" : `are ${count}`}`,
  };
}
