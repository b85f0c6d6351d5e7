/** What a report format is. It imports only types, as options are made of it. */

import type { Result } from "../measure/model/result.ts";
import type { Profiles } from "./flame/data.ts";
import type { DrawingKind } from "./drawings/drawn.ts";

export interface RenderedFile {
  /** Path in the folder of the run, with slashes: `csv/summary.csv`. */
  readonly path: string;
  /** A large file comes in pieces, which are made as they are asked for; they can be read once. */
  readonly content: Uint8Array | string | AsyncIterable<Uint8Array>;
}

/** Whether what the user asserted of a run holds for one server in one case. */
export interface Check {
  /** As it was typed: `latency.p99 < 5ms`. */
  readonly assertion: string;
  /** Id of the server. */
  readonly server: string;
  /** Id of the scenario. */
  readonly scenario: string;
  /** Id of the case. */
  readonly case: string;
  readonly holds: boolean;
  /** What was found, in one line. */
  readonly said: string;
}

/** Makes the files of a report. Only formats for CI systems show the checks. */
export type Render = (
  result: Result,
  checks: readonly Check[],
  profiles?: Profiles,
) => readonly RenderedFile[] | Promise<readonly RenderedFile[]>;

/** The names of the formats in options, in the order in which they are written, with what each is for. */
export const FORMATS = {
  json: "everything, for programs",
  csv: "every table as text",
  plots: "the pictures",
  md: "results and discussion as text",
  html: "one page that works offline",
  xlsx: "the workbook",
  proof: "digests that show whether it was changed",
  junit: "assertions, failed trials and wrong replies, for CI systems",
  github: "figures for github-action-benchmark",
  bencher: "figures with intervals for Bencher (BMF)",
  hlog: "latencies as an HdrHistogram log",
  hgrm: "latencies as HdrHistogram percentiles",
  openmetrics: "figures and latencies for Prometheus",
  otlp: "the same for OpenTelemetry (OTLP/JSON)",
  k6: "the same as k6's machine-readable summary",
} as const;

/** The name of a format. */
export type FormatId = keyof typeof FORMATS;

/** The names of all of them. */
export const FORMAT_IDS = Object.keys(FORMATS) as readonly FormatId[];

/** Stands for what is written if nothing else is asked for. */
export const USUAL = "usual";

/** That: the reports for people, and the data. */
export const USUAL_FORMATS: readonly FormatId[] = [
  "json",
  "csv",
  "plots",
  "md",
  "html",
  "xlsx",
  "proof",
];

export interface Format {
  /** Name in options. */
  readonly id: FormatId;
  /** What it is for. */
  readonly title: string;
  /** What it shows of the plots; absent: nothing. */
  readonly draws?: DrawingKind;
  /** @param profiles that belong to the result; none when left out */
  render(
    result: Result,
    checks?: readonly Check[],
    profiles?: Profiles,
  ): Promise<readonly RenderedFile[]>;
}
