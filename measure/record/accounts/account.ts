/**
 * Accounts: what a trial counts in addition to the latency of its replies. Each is a file and a line in `mod.ts`. How it
 * is merged, checked and shown follows from its description.
 */

import { largest } from "../../statistics/statistics.ts";
import type { Histogram } from "../histogram.ts";

/** One number of an account. */
export interface CountWords {
  /** What it is called in a table's header. */
  readonly title: string;
  /** What it counts, as a sentence. */
  readonly about: string;
  /** Its unit; a time is null if nothing happened; absent for a whole number. */
  readonly unit?: "ms";
  /** How the numbers of generators that share a trial are merged: their sum, the largest, or the one that all have. */
  readonly together: "sum" | "largest" | "same";
}

/** What a histogram is called. */
export interface HistogramWords {
  /** Name in a table's header, before the statistic: `Ping`, for `Ping p99`. */
  readonly title: string;
  /** What the id of a metric that is read off it begins with: `ping.`. */
  readonly prefix: string;
  /** Name in a chart. */
  readonly name: string;
  /** The question that a chart of its percentiles answers. */
  readonly question: string;
}

/** What an account is: the same for every trial. */
export interface AccountKind {
  /** The field of a trial that has its counts. */
  readonly name: string;
  /** What it is about, as a sentence. */
  readonly about: string;
  /** What it counts; empty if it has histograms only. */
  readonly counts: { readonly [name: string]: CountWords };
  /** The histograms that it fills, in integer nanoseconds. */
  readonly histograms: { readonly [name: string]: HistogramWords };
}

/** The counts of an account in one trial. */
export type CountsOf<Kind extends AccountKind> = {
  readonly [name in keyof Kind["counts"]]: Kind["counts"][name] extends { readonly unit: "ms" }
    ? number | null
    : number;
};

/**
 * The account of one trial. All times are milliseconds of one monotonic clock.
 *
 * Its methods are called by its traffic, which makes it, or by the exchange, which calls those of the optional methods
 * that it has. If no account has any, this costs the exchange one comparison a message.
 */
export interface Account {
  /** What it is. */
  readonly kind: AccountKind;
  /** What it has recorded. */
  readonly histograms: { readonly [name: string]: Histogram };
  /** What it has counted; undefined if there was nothing to count. */
  counts(): { readonly [name: string]: number | null } | undefined;
  /** The warm-up or the window begins: what belongs to the window alone is forgotten. */
  begin(nowMs: number): void;
  /** The window ends. */
  end(nowMs: number): void;
  /** A message is sent. */
  sent?(connection: number, nowMs: number): void;
  /** A reply came, right or wrong. */
  replied?(connection: number, nowMs: number): void;
  /** The server closed a connection that it may close, with so many messages unanswered. */
  abandoned?(connection: number, unanswered: number): void;
  /** A message that was due in the window was answered, with this response time in nanoseconds. */
  responded?(connection: number, ns: number): void;
}

/** The window of a trial, for accounts that count within it. */
export abstract class WindowAccount {
  /** When the window, or the warm-up before it, began. */
  protected startMs: number = Infinity;
  /** When it ended. */
  protected endMs: number = Infinity;
  /** What was recorded in it. */
  abstract readonly histograms: { readonly [name: string]: Histogram };

  /** Forgets what was recorded before. */
  begin(nowMs: number): void {
    for (const histogram of Object.values(this.histograms)) histogram.clear();
    this.startMs = nowMs;
    this.endMs = Infinity;
  }

  /** Closes the window. */
  end(nowMs: number): void {
    this.endMs = nowMs;
  }

  /** Whether something happened in the window. */
  protected inWindow(nowMs: number): boolean {
    return nowMs >= this.startMs && nowMs < this.endMs;
  }

  /** Whether something was meant to happen in the window: after its start, up to and including its end. */
  protected isDue(intendedMs: number): boolean {
    return intendedMs > this.startMs && intendedMs <= this.endMs;
  }
}

/** A method of an account that an exchange may call. */
export type Hook = "sent" | "replied" | "abandoned" | "responded";

/** An account that has such a method. */
export type Hooked<H extends Hook> = Required<Pick<Account, H>>;

/**
 * Calls a method of all accounts that have it: undefined if none has, and the account itself if it is the only one, so
 * that it is called directly.
 */
export function listenerOf<H extends Hook>(
  accounts: readonly Account[],
  hook: H,
): Hooked<H> | undefined {
  const listeners = accounts.filter((account) => account[hook] !== undefined);
  if (listeners.length < 2) return listeners[0] as Hooked<H> | undefined;
  const tellAll = (connection: number, value: number): void => {
    for (const listener of listeners) listener[hook]!(connection, value);
  };
  return { [hook]: tellAll } as unknown as Hooked<H>;
}

/** Merges the counts of generators that share a trial; undefined if none of them has any. */
export function mergeCounts<Counts extends { readonly [name: string]: number | null }>(
  { counts: words }: AccountKind,
  all: readonly Counts[],
): Counts | undefined {
  const [first] = all;
  if (first === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(words).map(([name, { together }]) => {
      const known = all.map((one) => one[name]).filter((value) => typeof value === "number");
      if (known.length === 0 || together === "same") return [name, first[name]];
      return [name, together === "sum" ? known.reduce((sum, one) => sum + one, 0) : largest(known)];
    }),
  ) as Counts;
}
