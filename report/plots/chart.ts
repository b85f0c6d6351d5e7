/**
 * What a plot is, and what all plots have in common: which servers are drawn, which are left out and why, and the words
 * around the data.
 */

import type { Interval } from "../../measure/judge/bootstrap.ts";
import type {
  CaseDescription,
  Figure,
  MetricDefinition,
  Result,
  ScenarioDescription,
} from "../../measure/model/result.ts";
import { betterInWords } from "../summary/lines.ts";
import { type Standing, standings } from "../summary/standings.ts";
import { decimalsOf, formatNumber, listed, oneLine, wrap } from "../summary/text.ts";

/** A plot of a run: a Vega-Lite specification with its data, and what readers need who cannot see it. */
export interface Plot {
  /** Name in files and links, unique among the plots of a run: `throughput-rate`. */
  readonly id: string;
  /** Id of the section that it belongs to: a scenario's, or `summary`. */
  readonly section: string;
  /** The question that it answers, as a heading. */
  readonly title: string;
  /** What is to be seen, in a sentence or two with figures, for readers who cannot see it. */
  readonly alt: string;
  /** Machine, versions and date. */
  readonly caption: string;
  /** A Vega-Lite 6 specification; plain data, its values inline, without colours of a theme. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Makes the plots of one kind of a scenario; none where it has nothing for it. */
export type Plotter = (
  result: Result,
  scenario: ScenarioDescription,
) => readonly (Plot | undefined)[];

/** On what a plot is seen. */
export type Theme = "light" | "dark";

/** Width of the area of data, in pixels. */
export const WIDTH = 520;
/** Its height, where no rows decide on it. */
export const HEIGHT = 260;
/** Format of the numbers of an axis: with separators of thousands, without zeros at the end. */
export const NUMBERS = ",.6~f";
/** Characters of a line of the note above the data. */
const NOTE_WIDTH = 92;

/** A longer reason is cut off: the tables have it whole. */
const REASON_LENGTH = 90;

/** What is on a picture but its data. */
export interface Words {
  /** Id of the section. */
  readonly section: string;
  /** Kind of the plot, as its id says after the section. */
  readonly kind: string;
  /** The question. */
  readonly title: string;
  /** How to read the picture, sentences that stand above the data. */
  readonly note: readonly string[];
  /** What is to be seen, in sentences with figures. */
  readonly alt: readonly string[];
}

/** Puts a plot together: the specification gets the note as its title. */
export function plotOf(
  result: Result,
  { section, kind, title, note, alt }: Words,
  spec: Readonly<Record<string, unknown>>,
): Plot {
  return {
    id: fileName(`${section}-${kind}`),
    section,
    title: oneLine(title),
    alt: oneLine(alt.join(" ")),
    caption: captionOf(result),
    spec: withNote(spec, note),
  };
}

/** A specification with sentences above its data. */
export function withNote(
  spec: Readonly<Record<string, unknown>>,
  note: readonly string[],
): Record<string, unknown> {
  const text = wrap(oneLine(note.join(" ")), NOTE_WIDTH);
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: { text },
    ...spec,
  };
}

/** An id that may be the name of a file on any system. */
function fileName(id: string): string {
  return id.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

/** A server that is not drawn, with the reason as a phrase. */
export interface LeftOut {
  /** Its title. */
  readonly server: string;
  /** Why. */
  readonly reason: string;
}

/** The servers of a case, by whether they are drawn. */
export interface Field {
  /** The servers whose replies were all right, in the order of the result. */
  readonly sound: readonly Standing[];
  /** The others. */
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

/** A server that is left out. */
export function leaveOut(server: string, reason: string): LeftOut {
  return { server: oneLine(server), reason: cut(reason, REASON_LENGTH) };
}

/** A sentence that says which servers are left out; none where all are drawn. */
export function omissions(leftOut: readonly LeftOut[]): string[] {
  if (leftOut.length === 0) return [];
  const named = leftOut.map(({ server, reason }) => `${server} (${reason})`);
  return [`Not drawn: ${listed([...new Set(named)])}.`];
}

/** A metric with its unit, as the title of an axis. */
export function axisTitle({ title, unit }: MetricDefinition): string {
  return `${oneLine(title)}${unit === "" ? "" : ` (${oneLine(unit)})`}`;
}

/** What the marks of a metric are: `Bars: median of 7 rounds; lower is better.` */
export function basisOf(
  result: Result,
  scenario: ScenarioDescription,
  { pooled, better }: MetricDefinition,
  marks: string,
): string {
  const rounds = roundsOf(result, scenario);
  return `${marks}: ${pooled === undefined ? `median of ${rounds}` : `${rounds} merged`}; ${
    betterInWords(better)
  }.`;
}

/** How many rounds stand behind the figures, as a phrase. */
export function roundsOf({ trials }: Result, { id }: ScenarioDescription): string {
  const rounds = new Set(
    trials.filter(({ scenario, round }) => scenario === id && round > 0).map(({ round }) => round),
  );
  return rounds.size === 1 ? "1 round" : `${rounds.size} rounds`;
}

/** Puts a text on one line of at most so many characters, with an ellipsis for what is missing. */
export function cut(text: string, length: number): string {
  const line = oneLine(text);
  // A letter and what combines with it are not torn apart.
  const letters = [...new Intl.Segmenter("en").segment(line)].map(({ segment }) => segment);
  return letters.length <= length ? line : `${letters.slice(0, length - 1).join("").trimEnd()}…`;
}

/** Makes names differ that do not: the second `a` becomes `a (2)`, cut to the length again. */
export function distinct(names: readonly string[], length: number): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let number = 2; taken.has(free); number++) {
      const suffix = ` (${number})`;
      free = `${cut(name, length - suffix.length)}${suffix}`;
    }
    taken.add(free);
    return free;
  });
}

/** A figure of a metric as text with its unit, as `152,000 messages/s`. */
export function figureText(value: number, { unit, decimals }: MetricDefinition): string {
  return `${formatNumber(value, decimals ?? decimalsOf(value))} ${oneLine(unit)}`.trimEnd();
}

/** A number of five significant digits: a plot shows no more, and its data stay short. */
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

/** Machine, versions and date, as every plot of a run says them. */
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
  const versions = [[...libraries].join(", "), isOne ? [...runtimes][0]! : ""];
  return [
    machine.join(", "),
    versions.filter((part) => part !== "").join(" on "),
    `wsmark ${oneLine(result.wsmark)}`,
    oneLine(result.startedAt).slice(0, 10),
  ].filter((part) => part !== "").join("; ") + ".";
}

/** The ends of an interval as data; null where there is none. */
export function endsOf(
  interval: Interval | undefined,
): { low: number | null; high: number | null } {
  return {
    low: interval === undefined ? null : rounded(interval.low),
    high: interval === undefined ? null : rounded(interval.high),
  };
}

/** Fewer points make no line. */
const FEWEST = { connections: 3, rate: 2 } as const;

/** What a line may be drawn against. */
export type Axis = keyof typeof FEWEST;

/** Whether the cases of a scenario differ in one parameter alone, in enough values for a line. */
export function varies({ cases }: ScenarioDescription, axis: Axis): boolean {
  const values = cases.map(({ parameters }) => parameters[axis]);
  // A load is another name of the rate.
  const others = cases.map(({ parameters: { load: _, ...rest } }) =>
    JSON.stringify({ ...rest, [axis]: 0 })
  );
  return cases.length >= FEWEST[axis] && values.every((value) => value !== undefined) &&
    new Set(values).size === cases.length && new Set(others).size === 1;
}

/** The case that shows a scenario best where there is room for one: the one with the most load, else the first. */
export function foremost({ cases }: ScenarioDescription): CaseDescription | undefined {
  const load = ({ parameters: { rate, concurrency } }: CaseDescription): number =>
    rate ?? concurrency ?? 0;
  return cases.toSorted((a, b) => load(b) - load(a))[0];
}
