/**
 * The figures of a run so far, as the reports will show them. They are computed by the summary of the reports, but only
 * for the case that has changed: the whole summary of 17 servers takes longer than many a trial.
 */

import {
  type CaseDescription,
  isMeasured,
  type MetricDefinition,
  type Result,
  type ScenarioDescription,
  type Trial,
} from "../../measure/model/result.ts";
import { FEWEST } from "../../measure/judge/judge.ts";
import { largest } from "../../measure/statistics/statistics.ts";
import type { PlannedTrial } from "../../bench/plan/plan_types.ts";
import {
  betterInWords,
  type Entry,
  summarize,
  type SummaryLine,
} from "../../report/summary/lines.ts";
import { decimalsOf, formatNumber, oneLine } from "../../report/summary/text.ts";

/** What a server did in a case so far. */
export interface LiveCell {
  /** The figure of the rounds so far; `–` before there is one. */
  readonly value: string;
  /** Its 95 % interval; empty as long as the rounds are too few. */
  readonly interval: string;
  /** How many rounds it is of, or why there is none. */
  readonly rounds: string;
  /** The rounds, as points: where in the run and how high, both from 0 to 1. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Whether it is clearly better than all others. */
  readonly leads: boolean;
  /** Whether replies were wrong, or a trial failed. */
  readonly isWrong: boolean;
  readonly isRunning: boolean;
}

/** A scenario; the servers are the columns, or, if they are many, the rows. */
export interface LiveTable {
  readonly title: string;
  /** The figure that is shown, with its unit. */
  readonly metric: string;
  /** What the rows are: `Case` or `Server`. */
  readonly key: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly title: string; readonly cells: readonly LiveCell[] }[];
}

/** More columns than this do not fit beside each other. */
const MOST_COLUMNS = 6;

/** Makes the tables of a result, and of the trial that is running; what it knows of earlier results it uses again. */
export type Figures = (result: Result, running: PlannedTrial | undefined) => LiveTable[];

export function createFigures(): Figures {
  const lineOf = createLines();
  const leaderOf = createLeaders();
  return (result, running) => {
    const places = Map.groupBy(result.trials, placeOf);
    return result.scenarios.map((scenario) => {
      const columns = scenario.cases.map((one) => {
        const place = placeOf({ scenario: scenario.id, case: one.id });
        const trials = places.get(place) ?? [];
        const line = lineOf(result, scenario, one, trials);
        const isHere = running !== undefined && running.round > 0 &&
          placeOf({ scenario: running.scenario.id, case: running.case.id }) === place;
        return cellsOf(result, line, trials, {
          leader: leaderOf(result, place),
          running: isHere ? running.server.id : undefined,
        });
      });
      return tableOf(result, scenario, columns);
    });
  };
}

function placeOf(one: Pick<Trial, "scenario" | "case">): string {
  return JSON.stringify([one.scenario, one.case]);
}

type LineOf = (
  result: Result,
  scenario: ScenarioDescription,
  one: CaseDescription,
  trials: readonly Trial[],
) => SummaryLine;

/** The lines of the cases; one is made again only if there is another trial, or it is described anew. */
function createLines(): LineOf {
  const known = new Map<string, { readonly trials: number; readonly line: SummaryLine }>();
  return (result, scenario, one, trials) => {
    const place = placeOf({ scenario: scenario.id, case: one.id });
    const before = known.get(place);
    const isSame = before?.trials === trials.length && before.line.case === one &&
      before.line.primary.entries.every(({ server }, index) => server === result.servers[index]);
    if (isSame) return before.line;
    const scenarios = [{ ...scenario, cases: [one] }];
    // Every scenario has a metric by which it compares, so that there is a line.
    const line = summarize({ ...result, scenarios, trials })[0]!;
    known.set(place, { trials: trials.length, line });
    return line;
  };
}

/**
 * Who leads clearly, by the rounds that are complete: a verdict is one of many and needs them all. It is given anew
 * after each round.
 */
function createLeaders(): (result: Result, place: string) => string | undefined {
  let rounds = 0;
  let leaders: ReadonlyMap<string, string> = new Map();
  return (result, place) => {
    const last = result.trials.at(-1)?.round ?? 0;
    const complete = result.state === "running" ? last - 1 : last;
    if (complete !== rounds) {
      rounds = complete;
      leaders = complete < FEWEST ? new Map() : leadersOf({
        ...result,
        trials: result.trials.filter(({ round }) => round <= complete),
      });
    }
    return leaders.get(place);
  };
}

function leadersOf(result: Result): Map<string, string> {
  return new Map(
    summarize(result).flatMap(({ scenario, case: one, primary: { entries } }) => {
      const sound = entries.filter(({ cell: { value, mark } }) =>
        typeof value === "number" && mark !== "wrong"
      );
      const [best, ...level] = sound.filter(({ cell: { mark } }) => mark === "best");
      if (sound.length < 2 || best?.interval === undefined || level.length > 0) return [];
      return [[placeOf({ scenario: scenario.id, case: one.id }), best.server.id] as const];
    }),
  );
}

/** The cells of a case, in the order of the servers. */
function cellsOf(
  { settings: { rounds } }: Result,
  { primary: { metric, entries } }: SummaryLine,
  trials: readonly Trial[],
  { leader, running }: {
    readonly leader: string | undefined;
    readonly running: string | undefined;
  },
): LiveCell[] {
  const figures = trials.flatMap((trial) => {
    const value = trial.state === "completed" ? trial.metrics[metric.id] : undefined;
    return trial.round > 0 && isMeasured(value) ? [{ ...trial, value }] : [];
  });
  const most = largest(figures.map(({ value }) => value), 0);
  return entries.map((entry) => {
    const { server: { id }, cell: { mark } } = entry;
    const own = trials.filter(({ server, round }) => server === id && round > 0);
    return {
      ...figureOf(entry),
      rounds: roundsOf(entry, own, rounds),
      points: figures.filter(({ server }) => server === id).map(({ round, value }) =>
        [(round - 0.5) / rounds, most > 0 ? value / most : 0] as const
      ),
      leads: id === leader,
      isWrong: mark === "wrong" || own.some(({ state }) => state === "failed"),
      isRunning: id === running,
    };
  });
}

function figureOf(
  { cell: { value, decimals }, interval }: Entry,
): Pick<LiveCell, "value" | "interval"> {
  if (typeof value !== "number") return { value: "–", interval: "" };
  const shown = decimals ?? decimalsOf(value);
  return {
    value: formatNumber(value, shown),
    interval: interval === undefined
      ? ""
      : `${formatNumber(interval.low, shown)}…${formatNumber(interval.high, shown)}`,
  };
}

/** `3 of 7`, `2 of 7, 1 failed`, or why there is no figure though there were trials. */
function roundsOf({ cell: { value, note } }: Entry, own: readonly Trial[], rounds: number): string {
  const failed = own.filter(({ state }) => state === "failed").length;
  const completed = own.length - failed;
  if (completed > 0 && typeof value !== "number" && note !== undefined) return oneLine(note);
  return `${completed} of ${rounds}${failed === 0 ? "" : `, ${failed} failed`}`;
}

function tableOf(
  { servers }: Result,
  { title, metrics: [metric], cases }: ScenarioDescription,
  columns: readonly (readonly LiveCell[])[],
): LiveTable {
  const names = servers.map((server) => oneLine(server.title));
  // No line break between a number and what it counts.
  const titles = cases.map((one) => oneLine(one.title).replace(/(\d) /g, "$1\u00A0"));
  const base = { title: oneLine(title), metric: metricInWords(metric!) };
  return names.length <= MOST_COLUMNS
    ? {
      ...base,
      key: "Case",
      columns: names,
      rows: titles.map((title, index) => ({ title, cells: columns[index]! })),
    }
    : {
      ...base,
      key: "Server",
      columns: titles,
      rows: names.map((title, index) => ({ title, cells: columns.map((cells) => cells[index]!) })),
    };
}

/** `Rate (messages/s), higher is better`. */
function metricInWords({ title, unit, better }: MetricDefinition): string {
  const way = better === "none" ? "" : `, ${betterInWords(better)}`;
  return `${oneLine(title)}${unit === "" ? "" : ` (${unit})`}${way}`;
}
