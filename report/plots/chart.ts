/** What all plots have in common: which servers are drawn, which are left out and why, and the text around the data. */

import { aggregate } from "../../measure/judge/aggregate.ts";
import type { Interval } from "../../measure/judge/judge.ts";
import {
  type CaseDescription,
  type Figure,
  isMeasured,
  type MetricDefinition,
  type Result,
  type ScenarioDescription,
  type ServerDescription,
} from "../../measure/model/result.ts";
import { betterInWords } from "../summary/lines.ts";
import { type Standing, standings } from "../summary/standings.ts";
import { formatNumber, listed, oneLine, uncapitalized } from "../summary/text.ts";
import { wrap } from "../summary/wrap.ts";
import { type Layout, LAYOUTS } from "./parts/layout.ts";
import { cut, indexOf, namesOf } from "./parts/names.ts";

/** Vega-Lite, or a part of it. */
export type Spec = Readonly<Record<string, unknown>>;

/** A plot of a run: a Vega-Lite specification with its data, and a description for readers who cannot see it. */
export interface Plot {
  /** Name in files and links, unique among the plots of a run: `throughput-rate`. */
  readonly id: string;
  /** Id of the section that it belongs to: that of a scenario, or `summary`. */
  readonly section: string;
  /** What is drawn, as a heading. */
  readonly title: string;
  /** What it shows, in a sentence or two with figures, for readers who cannot see it. */
  readonly alt: string;
  /** Machine, versions and date. */
  readonly caption: string;
  /** As a picture of its own. A Vega-Lite 6 specification: plain data, its values inline, without colours of a theme. */
  readonly spec: Spec;
  /** On a page; absent: as `spec`, whatever the room. */
  readonly page?: PagePlot;
}

/** A plot on a page, which has the words and the legend itself, and draws for the room that there is. */
export interface PagePlot {
  /** How to read the picture: sentences. */
  readonly note: string;
  /** The servers that nothing in the drawings names. */
  readonly legend: readonly { readonly server: number; readonly name: string }[];
  /** As wide as the page; absent: two plots are shown side by side if there is room. */
  readonly wide: Spec | undefined;
  /** As wide as a phone. */
  readonly narrow: Spec;
}

/** Makes the plots of one kind for a scenario, if there are any. */
export type Plotter = (
  result: Result,
  scenario: ScenarioDescription,
) => readonly (Plot | undefined)[];

/** The background on which a plot is shown. */
export type Theme = "light" | "dark";

/** Format of the numbers of an axis: with separators of thousands, without zeros at the end. */
export const NUMBERS = ",.6~f";
/** Characters of a line of the note above the data. */
const NOTE_WIDTH = 92;

/** Longer reasons are cut off; the tables have the full text. */
const REASON_LENGTH = 90;

/** What a picture shows apart from its data. */
export interface Words {
  readonly section: string;
  /** Kind of the plot: the part of its id after the section. */
  readonly kind: string;
  /** What is drawn. */
  readonly title: string;
  /** The question that it answers. */
  readonly question: string;
  /** How to read the picture: sentences. */
  readonly note: readonly string[];
  /** What the picture shows, in sentences with figures. */
  readonly alt: readonly string[];
}

/** How a plot is drawn. */
export interface Drawing {
  /** For the room; there is no text above the data. */
  readonly spec: (layout: Layout) => Spec;
  /** What the figures are, above the data on a page. */
  readonly figures?: string;
  /** The servers that a page must name. */
  readonly legend?: readonly ServerDescription[];
  /** Whether two of them fit side by side on a page. */
  readonly isSmall?: boolean;
}

/** Composes a plot. Above the data of a picture of its own are the question and the note; a page has the note as text. */
export function plotOf(
  result: Result,
  { section, kind, title, question, note, alt }: Words,
  { spec, figures = "", legend = [], isSmall = false }: Drawing,
): Plot {
  const names = namesOf(result);
  const onPage = (layout: Layout): Spec => withTitle(spec(layout), figures === "" ? [] : [figures]);
  return {
    id: fileName(`${section}-${kind}`),
    section,
    title: oneLine(title),
    alt: oneLine(alt.join(" ")),
    caption: captionOf(result),
    spec: withNote(spec(LAYOUTS.file), [question, ...note]),
    page: {
      note: oneLine(note.join(" ")),
      legend: legend.map(({ id }) => ({ server: indexOf(result, id), name: names.get(id)! })),
      wide: isSmall ? undefined : onPage(LAYOUTS.wide),
      narrow: onPage(LAYOUTS.narrow),
    },
  };
}

/** A specification with sentences above its data. */
export function withNote(spec: Spec, note: readonly string[]): Spec {
  return withTitle(spec, wrap(oneLine(note.join(" ")).trim(), NOTE_WIDTH));
}

function withTitle(spec: Spec, text: readonly string[]): Spec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    ...(text.length === 0 ? {} : { title: { text } }),
    ...spec,
  };
}

/** An id that is a valid file name on any system. */
function fileName(id: string): string {
  return id.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

/** A server that is not drawn, with the reason as a phrase. */
export interface LeftOut {
  readonly server: string;
  readonly reason: string;
}

/** The servers of a case, divided into those that are drawn and those that are not. */
export interface Field {
  /** The servers that replied correctly, in the order of the result. */
  readonly sound: readonly Standing[];
  readonly leftOut: readonly LeftOut[];
}

/** The servers of a case: those that failed, replied wrongly or did not run are left out. */
export function fieldOf(
  result: Result,
  scenario: ScenarioDescription,
  one: CaseDescription,
): Field {
  const all = standings(result, scenario.id, one.id);
  return {
    sound: all.filter(({ reason }) => reason === undefined),
    leftOut: all.flatMap(({ server, reason }) =>
      reason === undefined ? [] : [leaveOut(server.title, reason)]
    ),
  };
}

/** More lines cannot be told apart. */
const MOST_LINES = 12;

/** The servers of a case that lines are drawn of: if they are many, those that are best, and the baseline. */
export function foremostOf(
  result: Result,
  scenario: ScenarioDescription,
  one: CaseDescription,
): Field & {
  /** That not all are drawn, as a sentence; none if all are. */
  readonly note: readonly string[];
} {
  const field = fieldOf(result, scenario, one);
  const [metric] = scenario.metrics;
  if (field.sound.length <= MOST_LINES + 1 || metric === undefined) return { ...field, note: [] };
  const sign = metric.better === "higher" ? -1 : 1;
  const best = field.sound.flatMap((standing) => {
    const { value } = aggregate(standing.trials, metric);
    return isMeasured(value) ? [{ standing, value }] : [];
  }).toSorted((a, b) => sign * (a.value - b.value)).slice(0, MOST_LINES)
    .map(({ standing }) => standing);
  const isBaseline = ({ server }: Standing): boolean => server.id === result.settings.baseline;
  return {
    sound: field.sound.filter((one) => best.includes(one) || isBaseline(one)),
    leftOut: [],
    note: [
      `Drawn are the baseline and the ${best.length} best of ${field.sound.length} servers by ${
        uncapitalized(oneLine(metric.title))
      }: the tables have all.`,
    ],
  };
}

export function leaveOut(server: string, reason: string): LeftOut {
  return { server: oneLine(server), reason: cut(reason, REASON_LENGTH) };
}

/** A sentence that says which servers are left out; empty if all are drawn. */
export function omissions(leftOut: readonly LeftOut[]): string[] {
  if (leftOut.length === 0) return [];
  const named = leftOut.map(({ server, reason }) => `${server} (${reason})`);
  return [`Not drawn: ${listed([...new Set(named)])}.`];
}

/** A metric with its unit, as the title of an axis. */
export function axisTitle({ title, unit }: MetricDefinition): string {
  return `${oneLine(title)}${unit === "" ? "" : ` (${oneLine(unit)})`}`;
}

/** What the marks of a metric show: `Geometric mean of 7 rounds with its 95 % interval; dots: the rounds; lower is better.` */
export function basisOf(
  result: Result,
  scenario: ScenarioDescription,
  { better }: MetricDefinition,
  has: { readonly intervals: boolean; readonly rounds: boolean },
): string {
  const mean = `Geometric mean of ${roundsOf(result, scenario)}`;
  return [
    has.intervals ? `${mean} with its 95 % interval` : mean,
    ...(has.rounds ? ["dots: the rounds"] : []),
    betterInWords(better),
  ].join("; ") + ".";
}

/** How many rounds the figures are based on, as a phrase. */
export function roundsOf({ trials }: Result, { id }: ScenarioDescription): string {
  const rounds = new Set(
    trials.filter(({ scenario, round }) => scenario === id && round > 0).map(({ round }) => round),
  );
  return rounds.size === 1 ? "1 round" : `${rounds.size} rounds`;
}

/** A number rounded to five significant digits: a plot shows no more, and this keeps its data short. */
export function rounded(value: number): number {
  return Number(value.toPrecision(5));
}

function fact({ machine }: Result, group: string, name: string): string | undefined {
  const value: string | Figure | undefined = machine.find((one) =>
    one.group === group && one.name === name
  )?.value;
  if (typeof value === "number") return formatNumber(value, 0);
  return typeof value === "string" ? oneLine(value) : undefined;
}

/** More versions would be longer than the picture. */
const MOST_VERSIONS = 16;

/** Machine, versions and date, the same for every plot of a run. */
export function captionOf(result: Result): string {
  const cpus = fact(result, "Processor", "Logical CPUs available");
  const machine = [
    fact(result, "Processor", "Model"),
    cpus === undefined ? undefined : `${cpus} ${cpus === "1" ? "CPU" : "CPUs"}`,
    fact(result, "Operating system", "Name"),
  ].filter((part) => part !== undefined);
  const runtimes = new Set(result.servers.map(({ runtime }) => oneLine(runtime ?? "")));
  const isOne = runtimes.size === 1;
  const libraries = new Set(result.servers.flatMap(({ library, runtime }) => {
    const parts = [library, isOne ? "" : runtime].map((part) => oneLine(part ?? ""));
    return parts.filter((part) => part !== "").join(" on ") || [];
  }));
  const areMany = libraries.size > MOST_VERSIONS;
  const versions = [
    areMany
      ? `${result.servers.length} servers in the versions that the report names`
      : [...libraries].join(", "),
    isOne && !areMany ? [...runtimes][0]! : "",
  ];
  return [
    machine.join(", "),
    versions.filter((part) => part !== "").join(" on "),
    `wsmark ${oneLine(result.wsmark)}`,
    oneLine(result.startedAt).slice(0, 10),
  ].filter((part) => part !== "").join("; ") + ".";
}

/** The ends of an interval as data; null if there is none. */
export function endsOf(
  interval: Interval | undefined,
): { low: number | null; high: number | null } {
  if (interval === undefined) return { low: null, high: null };
  return { low: rounded(interval.low), high: rounded(interval.high) };
}

/** Fewer points make no line. */
const FEWEST = { connections: 3, rate: 2 } as const;

/** A parameter that lines can be drawn against. */
export type Axis = keyof typeof FEWEST;

/** Whether the cases of a scenario differ only in this parameter, with enough values for a line. */
export function varies({ cases }: ScenarioDescription, axis: Axis): boolean {
  const values = cases.map(({ parameters }) => parameters[axis]);
  // A load is another way to give the rate.
  const others = cases.map(({ parameters: { load: _, ...rest } }) =>
    JSON.stringify({ ...rest, [axis]: 0 })
  );
  return cases.length >= FEWEST[axis] && values.every((value) => value !== undefined) &&
    new Set(values).size === cases.length && new Set(others).size === 1;
}

/** The 99th percentile among the metrics of a scenario. */
export function percentile99({ metrics }: ScenarioDescription): MetricDefinition | undefined {
  return metrics.find(({ pooled }) =>
    typeof pooled?.statistic === "object" && pooled.statistic.percentile === 99
  );
}
