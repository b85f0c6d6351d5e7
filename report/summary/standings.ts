/** Compares the servers in a case: whose figures count, and which of those are best. */

import { type Aggregate, aggregate, bestOf } from "../../measure/judge/aggregate.ts";
import {
  type CompletedTrial,
  isMeasured,
  type MetricDefinition,
  type Result,
  type ServerDescription,
  type Trial,
} from "../../measure/model/result.ts";
import { median } from "../../measure/statistics/statistics.ts";
import {
  WRONG_WAYS,
  wrongInWords,
  type WrongReplies,
  wrongReplies,
} from "../../measure/record/wrong_replies.ts";
import { type Cell, type Column, EMPTY, type Mark, measured } from "../tables/table.ts";
import { counted, oneLine } from "./text.ts";

export const WRONG_COLUMNS: readonly Column[] = WRONG_WAYS.map((way) => ({
  title: `${way[0]!.toUpperCase()}${way.slice(1)}`,
  kind: "integer",
}));

export function wrongCell(count: number): Cell {
  return count === 0 ? { value: 0 } : { value: count, mark: "wrong" };
}

/** How a server did in a case. */
export interface Standing {
  readonly server: ServerDescription;
  /** Its trials of the case, in the order in which they ran. */
  readonly trials: readonly Trial[];
  readonly completed: readonly CompletedTrial[];
  /** Wrong replies of all completed trials. */
  readonly wrong: WrongReplies;
  /** Why its figures do not count; absent if they are sound or there was no trial. */
  readonly mark?: Exclude<Mark, "best">;
  /** The reason for the mark, or why there was no trial. */
  readonly reason?: string;
}

/** A server's figure for a metric of a case. */
export interface Contender {
  readonly server: ServerDescription;
  /** The figure with its mark, or the reason why it is missing. */
  readonly cell: Cell;
  /** The 95 % interval of the figure; undefined if there is none. */
  readonly interval: Aggregate["interval"];
}

/** Servers that are compared by a metric in a case. */
interface Comparison {
  readonly metric: MetricDefinition;
  readonly standings: readonly Standing[];
}

/**
 * Ids of the servers that replied wrongly somewhere in the run, or fail a case of integrity of the conformance suite: they
 * are best nowhere.
 */
export function wrongServers(
  { servers, trials }: Pick<Result, "servers" | "trials">,
): ReadonlySet<string> {
  return new Set([
    ...trials.flatMap((trial) =>
      trial.state === "completed" && wrongReplies(trial.integrity) > 0 ? trial.server : []
    ),
    ...servers.filter(breaksIntegrity).map(({ id }) => id),
  ]);
}

/** Whether the conformance suite shows that measurements of a server cannot be trusted. */
export function breaksIntegrity({ conformance }: ServerDescription): boolean {
  return conformance !== undefined && conformance.integrity.length > 0;
}

/** How each server did in a case, in the order of the result's servers. Trials before the first round are not counted. */
export function standings(result: Result, scenario: string, caseId: string): Standing[] {
  const { servers, trials, leftOut = [] } = result;
  const isHere = isIn(scenario, caseId);
  const own = Map.groupBy(
    trials.filter((trial) => trial.round > 0 && isHere(trial)),
    ({ server }) => server,
  );
  return servers.map((server) => {
    const left = leftOut.find(({ id, cases }) => id === server.id && cases?.some(isHere));
    return standing(server, own.get(server.id) ?? [], left && oneLine(left.reason));
  });
}

function isIn(scenario: string, caseId: string) {
  return (place: { readonly scenario: string; readonly case: string }): boolean =>
    place.scenario === scenario && place.case === caseId;
}

/** How the reference server did in a case, which is the most that the generator reaches; undefined if it did not run. */
export function ceiling(result: Result, scenario: string, caseId: string): Standing | undefined {
  const { reference, trials } = result;
  if (reference === undefined) return undefined;
  const own = trials.filter(isIn(scenario, caseId)).filter(({ server }) => server === reference.id);
  return own.length === 0 ? undefined : standing(reference, own);
}

/** The ceiling by a metric: the median of its trials, as one that was held up must not lower it. */
export function ceilingCell({ completed, reason }: Standing, metric: MetricDefinition): Cell {
  const figures = completed.map(({ metrics }) => metrics[metric.id]).filter(isMeasured);
  const decimals = metric.decimals === undefined ? {} : { decimals: metric.decimals };
  if (figures.length > 0) return { value: median(figures), ...decimals };
  return { value: null, note: reason ?? "no trial of the reference has the figure" };
}

function standing(
  server: ServerDescription,
  trials: readonly Trial[],
  why: string = "no trial of this case has run",
): Standing {
  const completed = trials.filter((trial) => trial.state === "completed");
  const wrong = sumOf(completed);
  const base = { server, trials, completed, wrong };
  if (trials.length === 0) return { ...base, reason: why };
  if (completed.length === 0) return { ...base, mark: "failed", reason: failure(trials) };
  const words = wrongInWords([wrong]);
  return words === "" ? base : { ...base, mark: "wrong", reason: `wrong replies: ${words}` };
}

function sumOf(trials: readonly CompletedTrial[]): WrongReplies {
  const totals = WRONG_WAYS.map((way) =>
    [way, trials.reduce((sum, { integrity }) => sum + integrity[way], 0)] as const
  );
  return Object.fromEntries(totals) as WrongReplies;
}

function failure(trials: readonly Trial[]): string {
  const reasons = new Set(
    trials.map((trial) => trial.state === "failed" ? oneLine(trial.reason) : ""),
  );
  return `${counted(trials.length, "trial")} failed: ${[...reasons].join("; ")}`;
}

/**
 * Compares the servers in each of the cases that are shown together. Only sound figures compete; those of a server that
 * replied wrongly in another case are shown without a mark.
 *
 * @param wrong ids of the servers that replied wrongly somewhere in the run
 */
export function compare(
  comparisons: readonly Comparison[],
  wrong: ReadonlySet<string> = new Set(),
): Contender[][] {
  const all = comparisons.map(({ metric, standings }) => ({
    metric,
    figures: standings.map((standing) => (
      { standing, figure: aggregate(standing.trials, metric) }
    )),
  }));
  const best = bestOf(all.map(({ metric, figures }) => ({
    metric,
    aggregates: figures.map(({ standing: { mark, server }, figure }): Aggregate =>
      mark === undefined && !wrong.has(server.id)
        ? figure
        : { ...figure, value: { absent: "not compared" } }
    ),
  })));
  return all.map(({ metric, figures }, place) =>
    figures.map(({ standing, figure }, index) => ({
      server: standing.server,
      cell: figureCell(standing, figure, metric, best[place]![index]!),
      interval: figure.interval,
    }))
  );
}

function figureCell(
  standing: Standing,
  { value }: Aggregate,
  metric: MetricDefinition,
  best: boolean,
): Cell {
  const figure: Cell = standing.completed.length === 0 ? EMPTY : measured(value);
  const note = standing.reason ?? figure.note;
  const mark = best ? "best" : standing.mark;
  return {
    ...figure,
    ...(metric.decimals === undefined ? {} : { decimals: metric.decimals }),
    ...(mark === undefined ? {} : { mark }),
    ...(note === undefined ? {} : { note }),
  };
}
