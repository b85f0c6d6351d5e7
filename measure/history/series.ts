/** What many runs say of the same figure, one after another, and where it changed. */

import { aggregate } from "../judge/aggregate.ts";
import { cpuMetricOf, soundTrials } from "../judge/verdicts.ts";
import {
  FACTS,
  isMeasured,
  type MetricDefinition,
  type Result,
  type ScenarioDescription,
} from "../model/result.ts";
import { type Interval, median } from "../statistics/statistics.ts";
import { changePoints } from "./change_points.ts";
import { FEWEST_RUNS } from "./fewest.ts";
import { machineOf, versionsOf } from "./surroundings.ts";

/** What a history keeps of a run. */
export interface HistoryRun {
  /** Where it was read, as it is shown. */
  readonly name: string;
  /** Start, ISO 8601. */
  readonly startedAt: string;
  /** The commit that it was made at; undefined if it is not known. */
  readonly commit: string | undefined;
  /** Whether files differed from that commit. */
  readonly isChanged: boolean;
  /** Machine and settings: only runs in which they are the same are compared. */
  readonly machine: string;
  /** Versions of what a run is made of, by name: what else a change may be due to. */
  readonly versions: Readonly<Record<string, string>>;
  /** Its figures. */
  readonly figures: readonly HistoryFigure[];
}

/** A figure of a server in a case of a run. */
export interface HistoryFigure {
  /** What it is a figure of: scenario, case, server and metric; the same in all runs. */
  readonly key: string;
  /** In words: `Latency: 1 connection, 64 B`. */
  readonly title: string;
  /** Id of the server. */
  readonly server: string;
  /** The metric. */
  readonly metric: MetricDefinition;
  /** Geometric mean of the rounds, in the metric's unit. */
  readonly value: number;
  /** Its 95 % interval; undefined for fewer than five rounds. */
  readonly interval: Interval | undefined;
}

/** A figure in one of the runs of a series. */
export interface SeriesPoint extends Pick<HistoryFigure, "value" | "interval"> {
  /** The run. */
  readonly run: HistoryRun;
}

/** A change of level of a series. */
export interface SeriesChange {
  /** Index of the first point of the new level. */
  readonly index: number;
  /** Median of the level before. */
  readonly before: number;
  /** Median of the new level. */
  readonly after: number;
  /** {@linkcode before} to {@linkcode after} as their ratio. */
  readonly ratio: number;
  /** What it means: worse or better, or neither where no way is better. */
  readonly way: "worse" | "better" | "other";
  /** How seldom chance alone does as much. */
  readonly p: number;
  /** What else was new in the first run of the new level, a phrase each: `Deno 2.9.5 → 2.9.6`. */
  readonly others: readonly string[];
}

/** The same figure in the runs of one machine, in the order of time. */
export interface Series extends Pick<HistoryFigure, "key" | "title" | "server" | "metric"> {
  /** Machine and settings of its runs. */
  readonly machine: string;
  /** Its points, the oldest first. */
  readonly points: readonly SeriesPoint[];
  /** Where its level changed. */
  readonly changes: readonly SeriesChange[];
}

/** What a history keeps of a result: the primary metrics, the 99th percentiles, and the CPU times. */
export function historyRun(name: string, result: Result): HistoryRun {
  const factOf = (wanted: { group: string; name: string }): unknown =>
    result.machine.find((one) => one.group === wanted.group && one.name === wanted.name)?.value;
  const commit = factOf(FACTS.commit);
  const changed = factOf({ group: FACTS.commit.group, name: "Changed files" });
  return {
    name,
    startedAt: result.startedAt,
    commit: typeof commit === "string" ? commit : undefined,
    isChanged: typeof changed === "number" && changed > 0,
    machine: machineOf(result),
    versions: versionsOf(result),
    figures: result.scenarios.flatMap((scenario) =>
      metricsOf(scenario).flatMap((metric) => figuresOf(result, scenario, metric))
    ),
  };
}

function metricsOf(scenario: ScenarioDescription): MetricDefinition[] {
  const { metrics } = scenario;
  const tail = metrics.find(({ id }) => id === "p99");
  return [...new Set([metrics[0]!, tail, cpuMetricOf(scenario)])].filter((one) =>
    one !== undefined
  );
}

function figuresOf(
  { servers, trials }: Result,
  scenario: ScenarioDescription,
  metric: MetricDefinition,
): HistoryFigure[] {
  return scenario.cases.flatMap((one) =>
    servers.flatMap(({ id: server }): HistoryFigure[] => {
      const sound = soundTrials(trials, scenario.id, one.id, server);
      if ("absent" in sound) return [];
      const { value, interval } = aggregate(sound, metric);
      if (!isMeasured(value)) return [];
      const clients = [...new Set(sound.map(({ client }) => client))].sort();
      return [{
        key: JSON.stringify([scenario.id, one.id, server, clients, metric.id]),
        title: one.title === "" ? scenario.title : `${scenario.title}: ${one.title}`,
        server,
        metric,
        value,
        interval,
      }];
    })
  );
}

/** The least change of level that is told, as a share: what is smaller matters to nobody. */
export const LEAST_CHANGE = 0.01;

/**
 * The series of all figures: those of the newest run first, in its order. Runs of different machines, or with other
 * settings, are in different series.
 *
 * @param runs in any order
 */
export function seriesOf(runs: readonly HistoryRun[]): Series[] {
  const ordered = runs.toSorted((a, b) => a.startedAt < b.startedAt ? -1 : 1);
  const points = ordered.toReversed().flatMap((run) =>
    run.figures.map((figure) => ({ figure, run }))
  );
  const groups = Map.groupBy(
    points,
    ({ figure, run }) => JSON.stringify([run.machine, figure.key]),
  );
  return [...groups.values()].map((group): Series => {
    const { figure: { key, title, server, metric }, run: { machine } } = group[0]!;
    const own = group.toReversed().map(({ run, figure: { value, interval } }) => ({
      run,
      value,
      interval,
    }));
    return { key, title, server, metric, machine, points: own, changes: changesIn(own, metric) };
  });
}

function changesIn(points: readonly SeriesPoint[], { better }: MetricDefinition): SeriesChange[] {
  if (points.length < FEWEST_RUNS) return [];
  const values = points.map(({ value }) => value);
  const found = changePoints(values);
  return found.flatMap(({ index, p }, at): SeriesChange[] => {
    const before = median(values.slice(found[at - 1]?.index ?? 0, index));
    const after = median(values.slice(index, found[at + 1]?.index));
    const ratio = after / before;
    // Where a figure was 0 there is no ratio.
    if (!Number.isFinite(ratio) || Math.abs(ratio - 1) < LEAST_CHANGE) return [];
    const isWorse = better === "lower" ? after > before : after < before;
    return [{
      index,
      before,
      after,
      ratio,
      p,
      way: better === "none" ? "other" : isWorse ? "worse" : "better",
      others: newIn(points[index - 1]!.run, points[index]!.run),
    }];
  });
}

/** What a run has in another version than the one before it. */
function newIn(before: HistoryRun, after: HistoryRun): string[] {
  return Object.entries(after.versions).flatMap(([name, version]) => {
    const earlier = before.versions[name];
    return earlier === undefined || earlier === version ? [] : [`${name} ${earlier} → ${version}`];
  });
}
