/** What the page says of a run, as text. */

import type { SessionOutcome } from "./run.ts";

export interface Fact {
  readonly name: string;
  readonly value: string;
  /** Whether it shows that something is wrong. */
  readonly isWrong: boolean;
}

/** The figures of a run; `longestFrameMs` is how long the page was blocked, undefined if it was hidden. */
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

export function summaryOf({ count, counts, received, tookMs, end }: SessionOutcome): string {
  const faults = (["lost", "duplicated", "reordered", "corrupted"] as const)
    .filter((fault) => counts[fault] > 0)
    .map((fault) => `${whole(counts[fault])} ${fault}`);
  const time = tookMs === undefined ? "" : ` in ${duration(tookMs)}`;
  const account = `${whole(counts.sent)} sent, ${whole(received)} received${time}: ${
    faults.join(", ") || "none lost, duplicated, reordered or corrupted"
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

/** How far a run is; when all is sent it ends with the last reply, or without one for a while. */
export function progressText(
  sent: number,
  count: number,
  received: number,
  isRunning: boolean,
): string {
  const isWaiting = isRunning && sent === count && received < sent;
  return `${whole(sent)} of ${whole(count)} sent, ${whole(received)} received` +
    (isWaiting ? "; ends after 3\u00A0s without a reply" : "");
}

/** A whole number with separators between thousands. */
export function whole(count: number): string {
  return count.toLocaleString("en");
}

/** A time with up to three significant digits: `0.412 ms`, `41.2 ms`, `412 ms`, `4.12 s`. */
export function duration(ms: number): string {
  const [value, unit] = ms < 999.5 ? [ms, "ms"] : [ms / 1000, "s"];
  const decimals = value < 0.9995 ? 3 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return `${value.toFixed(decimals)}\u00A0${unit}`;
}
