/**
 * The lines of the summary: each case with the figures of its servers and their verdicts, and the legends that every
 * report shows with them.
 */

import { largest } from "../../measure/statistics/statistics.ts";
import { FEWEST, type Interval, type Judgement } from "../../measure/judge/judge.ts";
import {
  type Aspect,
  cpuMetricOf,
  type Verdict,
  verdictsOf,
} from "../../measure/judge/verdicts.ts";
import type {
  CaseDescription,
  MetricDefinition,
  Result,
  ScenarioDescription,
} from "../../measure/model/result.ts";
import { type Cell, EMPTY, type Mark } from "../tables/table.ts";
import {
  ceiling,
  ceilingCell,
  compare,
  type Contender,
  type Standing,
  standings,
  wrongServers,
} from "./standings.ts";
import { decimalsOf, formatNumber, listed, oneLine } from "./text.ts";
import { outcomeOf } from "./verdicts.ts";

/** A server's figure in a line of the summary. */
export interface Entry extends Contender {
  /** The server against the baseline; undefined for the baseline. */
  readonly verdict: Verdict | undefined;
}

/** The servers side by side. */
export interface SummaryFigures {
  /** What the servers are compared by. */
  readonly metric: MetricDefinition;
  /** The servers, in the order of the result. */
  readonly entries: readonly Entry[];
}

/** A case of the summary. */
export interface SummaryLine {
  readonly scenario: ScenarioDescription;
  readonly case: CaseDescription;
  /** By the scenario's primary metric. */
  readonly primary: SummaryFigures;
  /** By the server's CPU time for a message or a handshake; undefined if the scenario does not report it. */
  readonly cpu: SummaryFigures | undefined;
  /** The highest rate that the generator reaches in this case; empty if it was not measured. */
  readonly ceiling: Cell;
}

/** A case with the standings of its servers. */
interface Place {
  readonly scenario: ScenarioDescription;
  readonly case: CaseDescription;
  readonly standings: readonly Standing[];
}

/** Compares the servers in every case by its scenario's primary metric, and by their CPU time. */
export function summarize(result: Result): SummaryLine[] {
  const places = result.scenarios.flatMap((scenario) =>
    scenario.cases.map((one): Place => (
      { scenario, case: one, standings: standings(result, scenario.id, one.id) }
    ))
  );
  const primaries = figuresOf(result, places, "primary", ({ metrics }) => metrics[0]);
  const cpus = figuresOf(result, places, "cpu", cpuMetricOf);
  return places.flatMap((place) => {
    const primary = primaries.get(place);
    if (primary === undefined) return [];
    const { scenario, case: one } = place;
    const reference = ceiling(result, scenario.id, one.id);
    const limit = reference === undefined ? EMPTY : limitCell(reference, primary);
    return [{ scenario, case: one, primary, cpu: cpus.get(place), ceiling: limit }];
  });
}

/** The ceiling of a case; a server that does better shows that it is not the limit. */
function limitCell(reference: Standing, { metric, entries }: SummaryFigures): Cell {
  const cell = ceilingCell(reference, metric);
  const { value: limit } = cell;
  const isBeaten = typeof limit === "number" &&
    entries.some(({ cell: { value } }) =>
      typeof value === "number" && (metric.better === "higher" ? value > limit : value < limit)
    );
  return isBeaten ? { ...cell, note: "Unreliable: a server did better." } : cell;
}

/** Compares the servers in the cases that have a metric; these cases are judged together. */
function figuresOf(
  result: Result,
  places: readonly Place[],
  aspect: Aspect,
  metricOf: (scenario: ScenarioDescription) => MetricDefinition | undefined,
): Map<Place, SummaryFigures> {
  const open = places.flatMap((place) => {
    const metric = metricOf(place.scenario);
    return metric === undefined ? [] : [{ place, metric, standings: place.standings }];
  });
  const verdicts = verdictsOf(result).filter((one) => one.aspect === aspect);
  // By scenario, as in its own table.
  const compared = [...Map.groupBy(open, ({ place }) => place.scenario).values()].flatMap((own) =>
    compare(own, wrongServers(result))
  );
  // If nothing at all is judged, that is said once.
  const isJudged = verdicts.some(({ judgement }) => !("absent" in judgement));
  return new Map(open.map(({ place, metric }, index) => {
    const ofCase = verdicts.filter((one) =>
      one.scenario === place.scenario && one.case === place.case
    );
    const entries = compared[index]!.map((one): Entry => {
      const verdict = ofCase.find(({ server }) => server === one.server);
      const why = isJudged && verdict !== undefined && "absent" in verdict.judgement
        ? `Not compared: ${verdict.judgement.absent}.`
        : undefined;
      const cell = why === undefined || one.cell.note !== undefined
        ? one.cell
        : { ...one.cell, note: why };
      return { ...one, cell, verdict };
    });
    return [place, { metric, entries }];
  }));
}

/** The figures of a line, including those of CPU time. */
export function entriesOf({ primary, cpu }: SummaryLine): Entry[] {
  return [...primary.entries, ...cpu?.entries ?? []];
}

/** The precision of a figure, or how it differs from the baseline's. */
export interface Detail {
  readonly kind: "precision" | "same" | "level" | "probable" | "better" | "worse" | "different";
  /** For example `(36.1…38.4)`, `−20 % (−25…−15)`, `≈`, `=` or `? −18 % (−32…−1)`. */
  readonly text: string;
}

/**
 * The detail of a figure: its precision if it is compared with nothing, otherwise the verdict. Undefined if there are
 * too few rounds for either, and if replies were wrong. A precision is shown, and a change followed by its interval,
 * only with intervals.
 */
export function detailOf(
  { cell, interval, verdict }: Entry,
  withInterval: boolean = true,
): Detail | undefined {
  if (verdict !== undefined) {
    const outcome = outcomeOf(verdict);
    if (outcome === "not compared") return undefined;
    if (outcome === "not told apart") return { kind: "level", text: "≈" };
    if (outcome === "the same within 5 %") return { kind: "same", text: "=" };
    const text = changeInShort(verdict.judgement as Judgement, withInterval);
    return outcome === "better" || outcome === "worse" || outcome === "different"
      ? { kind: outcome, text }
      : { kind: "probable", text: `? ${text}` };
  }
  const isSound = cell.mark !== "wrong" && cell.mark !== "failed";
  return withInterval && isSound && interval !== undefined && typeof cell.value === "number" &&
      cell.value !== 0
    ? { kind: "precision", text: rangeText(interval, cell.decimals ?? decimalsOf(cell.value)) }
    : undefined;
}

function rangeText({ low, high }: Interval, decimals: number): string {
  return `(${formatNumber(low, decimals)}…${formatNumber(high, decimals)})`;
}

/** The width of an interval, in per cent of the figure. */
export function widthOf(figure: number, { low, high }: Interval): number {
  return (high - low) / Math.abs(figure) * 100;
}

/** A percentage, in whole numbers unless it is less than one. */
export function formatPercent(percent: number): string {
  return formatNumber(percent, percent < 0.95 ? 1 : 0);
}

function changeInShort(
  { ratio, interval: { low, high } }: Judgement,
  withInterval: boolean,
): string {
  const [show, sign] = ratio >= 2 ? [times, "×"] : [signedPercent, " %"];
  const range = withInterval ? ` (${show(low)}…${show(high)})` : "";
  return `${show(ratio)}${sign}${range}`;
}

function times(ratio: number): string {
  return formatNumber(ratio, ratio < 9.95 ? 1 : 0);
}

function signedPercent(ratio: number): string {
  const change = (ratio - 1) * 100;
  // A change that is not 0 is not shown as 0.
  const shown = formatNumber(Math.abs(change), Math.abs(change) < 0.5 ? 1 : 0);
  return change < 0 ? `−${shown}` : `+${shown}`;
}

/** What is written before a figure with a mark. */
export const SIGNS = { best: "★", wrong: "✗", failed: "✗" } as const satisfies Record<Mark, string>;

/** What a figure of the summary is. */
export const FIGURE_NOTE =
  "Figures are the geometric mean of the rounds (the median if one is not above 0).";

/** What the column of ceilings is. */
export const CEILING_NOTE =
  "Ceiling: what the load generator reached here against wsmark's own reference server, the median of its trials; near it the client limits a figure, not the server.";

/** What the column of ceilings is, or that it was not asked for; empty if there is none for another reason. */
export function ceilingNote({ settings: { ceiling } }: Result, hasCeiling: boolean): string {
  if (hasCeiling) return CEILING_NOTE;
  return ceiling === false ? "Ceiling: not measured (--no-ceiling)." : "";
}

/** How many generators made the load, and why, if that was found by the run itself; else empty. */
export function generatorsNote({ settings: { generators, generatorChoice } }: Result): string {
  if (generatorChoice === undefined) return "";
  const number = generators === 1 ? "1 generator" : `${generators} generators`;
  return `The load was made by ${number} (--generators auto): ${generatorChoice.reason}.`;
}

/** Which way of a metric is better, in words. */
export function betterInWords(better: MetricDefinition["better"]): string {
  return better === "none" ? "neither is better" : `${better} is better`;
}

/** How many rounds a run has: those that ran, if they were to go on until rates are known. */
export function roundsRun({ settings: { rounds, until }, trials }: Result): number {
  return until === undefined ? rounds : roundsBegun(trials);
}

function roundsBegun(trials: Result["trials"]): number {
  return largest(trials.map(({ round }) => round), 0);
}

/** How a figure that is marked as best must be read. */
export function bestNote(result: Result): string {
  const rounds = roundsBegun(result.trials);
  if (rounds <= 1) return "one round: differences may be noise";
  return rounds < FEWEST
    ? "several where their rounds overlap"
    : "several where the others are not clearly worse";
}

/** Which client measured the figures: `Client: Wire (epoll).`, or which client drove which servers. */
export function clientNote(result: Result): string {
  const { engine } = result.settings;
  const byClient = result.clients.flatMap(({ id, title }) => {
    const driven = result.servers.filter((server) =>
      result.trials.some((trial) => trial.client === id && trial.server === server.id)
    );
    if (driven.length === 0) return [];
    const name = id === "wire" ? `${oneLine(title)} (${engine.id})` : oneLine(title);
    return [{ name, servers: listed(driven.map((server) => oneLine(server.title))) }];
  });
  const [only, ...others] = byClient;
  if (only === undefined) return "";
  if (others.length === 0) return `Client: ${only.name}.`;
  return `Clients: ${byClient.map(({ name, servers }) => `${name} for ${servers}`).join("; ")}.`;
}

/** What the marks of these figures mean, a sentence each. */
export function markLegend(result: Result, entries: readonly Entry[]): string[] {
  const marks = new Set(entries.map(({ cell }) => cell.mark));
  return [
    ...(marks.has("best") ? [`${SIGNS.best} best; ${bestNote(result)}.`] : []),
    ...(marks.has("wrong") || marks.has("failed")
      ? [`${SIGNS.wrong} wrong or failed, not compared.`]
      : []),
  ];
}

/**
 * What the details of these figures mean, a sentence each.
 *
 * @param range explains the intervals of changes, starting with a comma; empty if no intervals are shown
 */
export function detailLegend(
  entries: readonly Entry[],
  range: string = ", in brackets its 95 % interval",
): string[] {
  const kinds = new Set(entries.map((entry) => detailOf(entry)?.kind));
  const verdict = entries.find((entry) => entry.verdict !== undefined)?.verdict;
  const baseline = oneLine(verdict?.baseline.title ?? "");
  return [
    ...(kinds.has("precision") && range !== "" ? ["In brackets the 95 % interval."] : []),
    ...(kinds.has("better") || kinds.has("worse") || kinds.has("different")
      ? [`+ − ×: against ${baseline}${range}.`]
      : []),
    ...(kinds.has("probable") ? ["? probably; among so many comparisons it may be chance."] : []),
    ...(kinds.has("same") ? [`= the same as ${baseline} within 5 %.`] : []),
    ...(kinds.has("level") ? [`≈ not told apart from ${baseline}.`] : []),
  ];
}
