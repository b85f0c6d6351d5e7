/**
 * Latencies as a log of HdrHistogram intervals, format 1.3: a tag for each histogram of a case on a server, an interval
 * for each trial. Where the latency of every message was kept the window is cut into the slices of its timeline; else it
 * is one interval, as the slices of a timeline have no distributions. https://github.com/HdrHistogram/HdrHistogram
 */

import type { CompletedTrial, HistogramName, Result } from "../../measure/model/result.ts";
import { decodeHistogram, encodeHistogram } from "../../measure/record/hdr.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import type { RenderedFile } from "../format.ts";
import { caseStandings } from "./every_figure.ts";
import { placeName } from "./sound.ts";

const NS_PER_MS = 1e6;

/** An interval of a trial. */
interface Interval {
  /** Since the run began. */
  readonly startMs: number;
  readonly lengthMs: number;
  readonly histogram: Histogram;
}

export function render(result: Result): RenderedFile[] {
  const beganMs = Date.parse(result.startedAt);
  const lines = caseStandings(result).flatMap(({ scenario, case: one, standings }) =>
    standings.filter(({ mark }) => mark === undefined).flatMap(({ server, completed }) =>
      completed.flatMap((trial) =>
        (Object.keys(trial.histograms) as HistogramName[]).flatMap((name) => {
          const tag = tagOf(`${placeName(server.id, scenario.id, one.id)}.${name}`);
          return intervalsOf(trial, name, beganMs).map((interval) => lineOf(tag, interval));
        })
      )
    )
  );
  const head = [
    `#[Logged with wsmark ${result.wsmark.replace(/[^\w.+-]/g, "")}]`,
    "#[Histogram log format version 1.3]",
    `#[StartTime: ${seconds(beganMs)} (seconds since epoch), ${new Date(beganMs).toISOString()}]`,
    `#[BaseTime: ${seconds(beganMs)} (seconds since epoch)]`,
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
  ];
  return [{ path: "latencies.hlog", content: `${[...head, ...lines].join("\n")}\n` }];
}

/** A tag ends at a comma or a space. */
function tagOf(name: string): string {
  return name.replaceAll(",", ";").replace(/\s+/g, "_");
}

/** `Tag=…,start,length,max,histogram`; the maximum is in milliseconds, the histogram in nanoseconds. */
function lineOf(tag: string, { startMs, lengthMs, histogram }: Interval): string {
  return `Tag=${tag},${seconds(startMs)},${seconds(lengthMs)},${
    (histogram.max / NS_PER_MS).toFixed(3)
  },${encodeHistogram(histogram)}`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function intervalsOf(trial: CompletedTrial, name: HistogramName, beganMs: number): Interval[] {
  const { histograms: { [name]: encoded }, phases } = trial;
  const whole = encoded === undefined ? new Histogram() : decodeHistogram(encoded);
  if (whole.count === 0) return [];
  // The phases lie behind the start of the trial one after the other.
  const windowMs = Date.parse(trial.startedAt) - beganMs + phases.startMs + phases.connectMs +
    phases.warmupMs;
  const slices = slicesOf(trial, name, whole.count);
  return slices === undefined
    ? [{ startMs: windowMs, lengthMs: phases.windowMs, histogram: whole }]
    : slices.map((slice) => ({ ...slice, startMs: windowMs + slice.startMs }));
}

/** The window in the slices of its timeline; undefined unless the latency of every message is known with its time. */
function slicesOf(
  { samples, histograms, timeline }: CompletedTrial,
  name: HistogramName,
  count: number,
): Interval[] | undefined {
  const sampled = histograms.responseTime === undefined ? "serviceTime" : "responseTime";
  if (samples === undefined || name !== sampled || samples.atMs.length !== count) return undefined;
  const slices = timeline.map(({ atMs, lengthMs }) => (
    { startMs: atMs, lengthMs, histogram: new Histogram() }
  ));
  let place = 0;
  for (const [index, atMs] of samples.atMs.entries()) {
    // The rest behind the last slice, of less than 10 ms, counts for it.
    while (place < slices.length - 1 && atMs >= slices[place + 1]!.startMs) place++;
    slices[place]?.histogram.record(Math.round(samples.latencyMs[index]! * NS_PER_MS));
  }
  return slices.length === 0 ? undefined : slices.filter(({ histogram }) => histogram.count > 0);
}
