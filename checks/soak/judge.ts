/** Judges what a soak test found: no growth of memory, no wrong reply, no drift. It has no I/O. */

import type { IntegrityCounts } from "../../measure/model/result.ts";
import { mannWhitney, smallestP } from "../../measure/statistics/significance.ts";
import { largest, median } from "../../measure/statistics/statistics.ts";
import { theilSen } from "../../measure/statistics/theil_sen.ts";

export interface Sample {
  /** Milliseconds since the soak, or the window, began. */
  readonly atMs: number;
  readonly value: number;
}

/** What one pass over all servers showed of a server. */
export interface Rate {
  /** Replies per second in a closed loop. */
  readonly rate: number;
  /** The largest share of the window that other programs took from server or generator; NaN if unknown. */
  readonly taken: number;
}

export interface SoakRecord {
  /** Trials that ran, failed ones too. */
  readonly trials: number;
  readonly failures: readonly string[];
  readonly integrity: IntegrityCounts;
  /** Memory in use on the runner's heap after each pass and a garbage collection, in bytes. */
  readonly heap: readonly Sample[];
  readonly resident: readonly Sample[];
  /** Open files of the runner after each pass; empty if the system does not say. */
  readonly files: readonly Sample[];
  /** Resident memory of the long-lived generators over their window, in bytes, by what they did. */
  readonly generators: ReadonlyMap<string, readonly Sample[]>;
  readonly rates: ReadonlyMap<string, readonly Rate[]>;
}

export interface Judgement {
  readonly what: string;
  readonly found: string;
  /** Whether it holds; `open` if there are too few figures to say. */
  readonly outcome: "holds" | "fails" | "open";
}

interface Bound {
  /** The most that it may grow in an hour, in its own unit. */
  readonly perHour: number;
  /** What a figure is divided by before it is shown. */
  readonly scale: number;
  readonly unit: string;
  /** Share of the samples at the beginning that is left out: until then things settle. */
  readonly settling: number;
}

const MIB = 2 ** 20;
const HOUR_MS = 3_600_000;
/** A difference counts if chance makes it no more often than this. */
const P = 0.01;
/** How much the rate of a server may change, as a share. */
const DRIFT = 0.2;

/**
 * What a runner may grow in an hour. After a collection its heap holds only what it needs: 6 MiB are 17 KiB for each of
 * 360 trials, less than a trial weighs. The resident memory depends on the allocator, too. No file may stay open; one
 * that is open for a moment is outvoted.
 */
const RUNNER = { settling: 0.1, scale: MIB, unit: "MiB" };
const HEAP: Bound = { ...RUNNER, perHour: 6 * MIB };
const RESIDENT: Bound = { ...RUNNER, perHour: 30 * MIB };
const FILES: Bound = { ...RUNNER, perHour: 3, scale: 1, unit: "files" };
/** What a generator may grow in a minute of traffic, as a share of what it has. */
const GENERATOR_SHARE = 0.05;

/** Judges a soak: the list of all that must hold. */
export function judge(record: SoakRecord): Judgement[] {
  return [
    judgeFailures(record),
    judgeReplies(record.integrity),
    judgeGrowth("runner, heap after each pass", record.heap, HEAP),
    judgeGrowth("runner, resident after each pass", record.resident, RESIDENT),
    ...(record.files.length > 0
      ? [judgeGrowth("runner, open files after each pass", record.files, FILES)]
      : []),
    ...[...record.generators].map(([what, samples]) =>
      judgeGrowth(`generator, ${what}`, samples, {
        perHour: 60 * GENERATOR_SHARE * median(samples.map(({ value }) => value)),
        scale: MIB,
        unit: "MiB",
        settling: 1 / 3,
      })
    ),
    ...[...record.rates].map(([server, rates]) => judgeDrift(server, rates)),
  ];
}

function judgeFailures({ trials, failures }: SoakRecord): Judgement {
  return {
    what: "trials",
    found: `${trials} ran, ${failures.length} failed${failures[0] ? `: ${failures[0]}` : ""}`,
    outcome: failures.length > 0 ? "fails" : trials > 0 ? "holds" : "open",
  };
}

function judgeReplies(counts: IntegrityCounts): Judgement {
  const { sent, lost, duplicated, reordered, corrupted } = counts;
  return {
    what: "replies",
    found: `${sent.toLocaleString("en")} messages; ${lost} lost, ${duplicated} duplicated, ` +
      `${reordered} reordered, ${corrupted} corrupted`,
    outcome: lost + duplicated + reordered + corrupted > 0 ? "fails" : sent > 0 ? "holds" : "open",
  };
}

/**
 * Whether a figure grows: the robust line through it climbs faster than the bound, and its second half is larger than
 * its first by more than chance. One of the two alone is noise, or too little to matter.
 */
function judgeGrowth(what: string, all: readonly Sample[], bound: Bound): Judgement {
  const { perHour, scale, unit } = bound;
  const samples = all.slice(Math.ceil(all.length * bound.settling));
  const values = samples.map(({ value }) => value);
  const test = halves(values);
  const shown = (value: number): string => (value / scale).toFixed(scale === 1 ? 0 : 1);
  const ends = `${shown(all[0]?.value ?? NaN)} to ${shown(all.at(-1)?.value ?? NaN)} ${unit}`;
  if (test === undefined) return { what, found: `${ends}: ${tooFew(all.length)}`, outcome: "open" };
  const slope = theilSen(samples.map(({ atMs }) => atMs), values) * HOUR_MS;
  const speed = (value: number): string => (value / scale).toFixed(1);
  return {
    what,
    found: `${ends}; ${slope < 0 ? "" : "+"}${speed(slope)} ${unit} an hour (at most ` +
      `${speed(perHour)}), p = ${test.p.toPrecision(2)}`,
    outcome: slope > perHour && test.p <= P ? "fails" : "holds",
  };
}

/** Whether the rate of a server differs between the first and the second half of the passes. */
function judgeDrift(server: string, rates: readonly Rate[]): Judgement {
  const what = `rate of ${server}`;
  const values = rates.map(({ rate }) => rate);
  const middle = Math.round(median(values)).toLocaleString("en");
  const test = halves(values);
  if (test === undefined) {
    return { what, found: `${middle}/s: ${tooFew(values.length)}`, outcome: "open" };
  }
  const { first, second, p } = test;
  const change = median(second) / median(first) - 1;
  const isDrift = Math.abs(change) > DRIFT && p <= P;
  const taken = (part: readonly Rate[]): string =>
    `${(median(part.map((one) => one.taken)) * 100).toFixed(0)} %`;
  return {
    what,
    found: `${middle}/s; second half ${change < 0 ? "" : "+"}${(change * 100).toFixed(1)} %, ` +
      `p = ${p.toPrecision(2)}` +
      (isDrift
        ? `: of the machine or of wsmark, which cannot be distinguished here; others took ` +
          `${taken(rates.slice(0, first.length))} of the time, then ` +
          taken(rates.slice(first.length))
        : ""),
    outcome: isDrift ? "fails" : "holds",
  };
}

interface Halves {
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly p: number;
}

/** Tests the second half against the first; undefined if there are too few to show anything. */
function halves(values: readonly number[]): Halves | undefined {
  const middle = Math.floor(values.length / 2);
  const [first, second] = [values.slice(0, middle), values.slice(middle)];
  if (first.length === 0 || smallestP(first.length, second.length) > P) return undefined;
  return { first, second, p: mannWhitney(first, second).p };
}

function tooFew(count: number): string {
  return `${count} figures are too few to tell`;
}

const SIGNS = { holds: "✓", fails: "✗", open: "?" } as const;

/** A line for each judgement, and their counts. */
export function formatJudgements(judgements: readonly Judgement[]): string[] {
  const width = largest(judgements.map(({ what }) => what.length));
  const fails = judgements.filter(({ outcome }) => outcome === "fails").length;
  const open = judgements.filter(({ outcome }) => outcome === "open").length;
  return [
    ...judgements.map(({ what, found, outcome }) =>
      `${SIGNS[outcome]} ${what.padEnd(width)}  ${found}`
    ),
    `${judgements.length - fails - open} hold, ${fails} fail, ${open} undecided`,
  ];
}
