/** What the page says of a run, as text. */

import type { SessionOutcome } from "./run.ts";

/** A figure with its name. */
export interface Fact {
  /** Its name. */
  readonly name: string;
  /** The figure with its unit. */
  readonly value: string;
  /** Whether it tells that something is wrong. */
  readonly isWrong: boolean;
}

/**
 * The figures of a run.
 *
 * @param outcome what it has shown
 * @param longestFrameMs how long the page was blocked; undefined where it was hidden
 */
export function factsOf(outcome: SessionOutcome, longestFrameMs: number | undefined): Fact[] {
  const { counts, received, tookMs, latency } = outcome;
  const fact = (name: string, value: string, isWrong = false): Fact => ({ name, value, isWrong });
  const fault = (name: string, count: number): Fact => fact(name, whole(count), count > 0);
  const percentile = (name: string, percent: number): Fact =>
    fact(name, latency.count === 0 ? NONE : duration(latency.percentile(percent) / NS_PER_MS));
  const perSecond = tookMs ? whole(Math.round(counts.answered / (tookMs / 1000))) : NONE;
  return [
    fact("Sent", whole(counts.sent), counts.sent < outcome.count && outcome.end !== "stopped"),
    fact("Received", whole(received)),
    fault("Lost", counts.lost),
    fault("Duplicated", counts.duplicated),
    fault("Reordered", counts.reordered),
    fault("Corrupted", counts.corrupted),
    fact("Time", tookMs === undefined ? NONE : duration(tookMs)),
    fact("Messages/s", perSecond),
    percentile("Latency p50", 50),
    percentile("Latency p90", 90),
    percentile("Latency p99", 99),
    percentile("Latency max", 100),
    fact("Longest frame", longestFrameMs === undefined ? "page hidden" : duration(longestFrameMs)),
  ];
}

/** One sentence about a run. */
export function summaryOf({ count, counts, received, tookMs, end }: SessionOutcome): string {
  const { sent, lost, duplicated, reordered, corrupted } = counts;
  const faults = [
    lost > 0 && `${whole(lost)} lost`,
    duplicated > 0 && `${whole(duplicated)} duplicated`,
    reordered > 0 && `${whole(reordered)} reordered`,
    corrupted > 0 && `${whole(corrupted)} corrupted`,
  ].filter((fault) => fault !== false);
  const time = tookMs === undefined ? "" : ` in ${duration(tookMs)}`;
  const account = `${whole(sent)} sent, ${whole(received)} received${time}: ${
    faults.length === 0 ? "none lost, duplicated, reordered or corrupted" : faults.join(", ")
  }.`;
  switch (end) {
    case "closed":
      return `The connection ended during the run. ${account}`;
    case "silent":
      return `Ended after 3 s without a reply. ${account}`;
    case "stopped":
      return `Stopped before ${whole(count)} messages were through. ${account}`;
    default:
      return account;
  }
}

const NS_PER_MS = 1e6;
const NONE = "none";

/** A whole number with its thousands set apart. */
export function whole(count: number): string {
  return count.toLocaleString("en");
}

/** A time with three significant digits, as far as there are so many: `0.412 ms`, `41.2 ms`, `412 ms`, `4.12 s`. */
export function duration(ms: number): string {
  const [value, unit] = ms < 999.5 ? [ms, "ms"] : [ms / 1000, "s"];
  const decimals = value < 0.9995 ? 3 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return `${value.toFixed(decimals)}\u00A0${unit}`;
}
