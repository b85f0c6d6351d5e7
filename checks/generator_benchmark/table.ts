/** The comparison of the generator's engines as data, and as the lines of a table. It has no I/O. */

import { decodeHistogram } from "../../measure/record/hdr.ts";
import { wrongInWords } from "../../measure/record/wrong_replies.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import { type Figure, isMeasured, type Trial } from "../../measure/model/result.ts";
import { largest, median, smallest } from "../../measure/statistics/statistics.ts";
import type { Pacing, Problem } from "./pacing.ts";

export type { Problem } from "./pacing.ts";

/** One way to drive the load. */
export interface Driver {
  readonly title: string;
  readonly client: string;
  /** What carries the bytes if the client is wire. */
  readonly engine: "epoll" | "uring" | "tcp";
}

export interface Sample {
  readonly state: "measured";
  readonly rate: number;
  /** Replies per second of CPU time that the generator used. */
  readonly perCpuSecond: Figure;
  /** CPU time of the generator, relative to the length of the window. */
  readonly generatorShare: Figure;
  /** CPU time of the server, relative to the length of the window. */
  readonly serverShare: Figure;
  /** Latencies in nanoseconds. */
  readonly latency: Histogram;
}

/** Something that has figures. */
interface Measured {
  readonly state: "measured";
}

/** What came of the trials of one driver, round by round. */
export interface Outcomes {
  readonly title: string;
  readonly rounds: readonly (Sample | Problem)[];
}

/**
 * Rotates a list, so that each driver is first, second, … equally often.
 *
 * @param round from 0; in as many rounds as there are items, each item has each place once
 */
export function rotated<T>(items: readonly T[], round: number): T[] {
  const at = items.length === 0 ? 0 : round % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

/** What is compared of a trial. One with wrong replies did other work, so it has no figures. */
export function outcomeOf(trial: Trial): Sample | Problem {
  if (trial.state === "failed") return { state: "failed", reason: trial.reason };
  const wrong = wrongInWords([trial.integrity]);
  if (wrong !== "") return { state: "wrong", reason: wrong };
  const { counts: { replies }, phases: { windowMs }, cpu, histograms } = trial;
  if (histograms.serviceTime === undefined) return { state: "failed", reason: "No reply came" };
  const { timeNs } = cpu.generator;
  return {
    state: "measured",
    rate: replies / windowMs * 1000,
    perCpuSecond: isMeasured(timeNs) ? replies / timeNs * 1e9 : timeNs,
    generatorShare: cpu.generator.share,
    serverShare: cpu.server.share,
    latency: decodeHistogram(histograms.serviceTime),
  };
}

/**
 * How many times as much the first has as the other, round by round: a drift of the machine affects both.
 *
 * @returns the ratios of the rounds in which both have the figure
 */
export function ratios(
  first: Outcomes,
  other: Outcomes,
  read: (sample: Sample) => Figure,
): number[] {
  return first.rounds.flatMap((one, round) => {
    const another = other.rounds[round];
    if (one.state !== "measured" || another?.state !== "measured") return [];
    const [a, b] = [read(one), read(another)];
    return isMeasured(a) && isMeasured(b) ? [a / b] : [];
  });
}

/** The figures of all rounds that have one. */
function figures(samples: readonly Sample[], read: (sample: Sample) => Figure): number[] {
  return samples.map(read).filter(isMeasured);
}

const NOTHING = "–";

const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
const percent = (value: number): string => `${Math.round(value * 100)} %`;
const tenths = (value: number): string => `${(value * 100).toFixed(1)} %`;
const times = (value: number): string => value.toFixed(2);
const micros = (ns: number): string => (ns / 1000).toFixed(1);

function middle(values: readonly number[], text: (value: number) => string): string {
  return values.length === 0 ? NOTHING : text(median(values));
}

/** The median with the least and the most: `2 (1–4)`. */
function withSpread(values: readonly number[], text: (value: number) => string): string {
  if (values.length < 2) return middle(values, text);
  return `${text(median(values))} (${text(smallest(values))}–${text(largest(values))})`;
}

const HEADER = [
  "client",
  "messages/s",
  "p50 µs",
  "p99 µs",
  "per generator CPU s",
  "generator CPU",
  "server CPU",
  "× messages/s",
  "× per CPU s",
  "rounds",
];

/**
 * The table of one server and one load, header first: medians over the rounds with their spread and, under `×`, how
 * many times as much the first driver has as the one of the row. Percentiles are those of all rounds' messages
 * together.
 */
export function tableRows(all: readonly Outcomes[]): string[][] {
  const [first] = all;
  return [HEADER, ...all.map((outcomes) => row(first!, outcomes))];
}

function row(first: Outcomes, outcomes: Outcomes): string[] {
  const samples = outcomes.rounds.filter((outcome) => outcome.state === "measured");
  const latency = new Histogram();
  for (const sample of samples) latency.merge(sample.latency);
  const byRate = outcomes === first ? [] : ratios(first, outcomes, ({ rate }) => rate);
  const byCpu = outcomes === first
    ? []
    : ratios(first, outcomes, ({ perCpuSecond }) => perCpuSecond);
  const percentile = (rank: number): string =>
    samples.length === 0 ? NOTHING : micros(latency.percentile(rank));
  return [
    outcomes.title,
    withSpread(figures(samples, ({ rate }) => rate), whole),
    percentile(50),
    percentile(99),
    middle(figures(samples, ({ perCpuSecond }) => perCpuSecond), whole),
    middle(figures(samples, ({ generatorShare }) => generatorShare), percent),
    middle(figures(samples, ({ serverShare }) => serverShare), percent),
    withSpread(byRate, times),
    withSpread(byCpu, times),
    countOf(samples.length, outcomes.rounds.length),
  ];
}

const PACING_HEADER = [
  "messages/s",
  "floor p99 µs",
  "late p50 µs",
  "late p99 µs",
  "own p99 µs",
  "own p99.9 µs",
  "late > 1 ms",
  "rounds",
];

/** How late the generator sent at each rate, header first: medians over the rounds with their spread. */
export function pacingRows(
  all: readonly { readonly rate: number; readonly rounds: readonly (Pacing | Problem)[] }[],
): string[][] {
  return [
    PACING_HEADER,
    ...all.map(({ rate, rounds }) => {
      const measured = rounds.filter((round) => round.state === "measured");
      const cell = (read: (pacing: Pacing) => number): string =>
        withSpread(measured.map(read), micros);
      return [
        whole(rate),
        cell(({ floor }) => floor.percentile(99)),
        cell(({ late }) => late.percentile(50)),
        cell(({ late }) => late.percentile(99)),
        cell(({ own }) => own.percentile(99)),
        cell(({ own }) => own.percentile(99.9)),
        withSpread(measured.map(({ lateShare }) => lateShare), tenths),
        countOf(measured.length, rounds.length),
      ];
    }),
  ];
}

function countOf(measured: number, rounds: number): string {
  return measured === rounds ? String(rounds) : `${measured} of ${rounds}`;
}

/** What went wrong, a line each. */
export function problemLines(
  all: readonly { readonly title: string; readonly rounds: readonly (Problem | Measured)[] }[],
): string[] {
  return all.flatMap(({ title, rounds }) =>
    rounds.flatMap((outcome, round) => {
      if (outcome.state === "measured") return [];
      const what = outcome.state === "failed" ? "FAILED" : "WRONG REPLIES";
      return [`${what}: ${title}, round ${round + 1}: ${outcome.reason}`];
    })
  );
}

/** Lines of a table: the first column to the left, the others to the right. */
export function padded(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    largest(rows.map((cells) => cells[column]!.length))
  );
  return rows.map((cells) =>
    cells.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)
    ).join("  ").trimEnd()
  );
}
