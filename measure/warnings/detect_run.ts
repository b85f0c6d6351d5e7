/** Finds what a reader must know about a run as a whole, and about all rounds of a case on one server. */

import { decodeHistogram } from "../record/hdr.ts";
import { FEWEST } from "../judge/judge.ts";
import { medianInterval } from "../statistics/median_interval.ts";
import {
  type CompletedTrial,
  type Fact,
  FACTS,
  isMeasured,
  type MetricDefinition,
  type Result,
  roundsOf,
} from "../model/result.ts";
import { pooledOf } from "../judge/pooled.ts";
import { median, quantile, smallest } from "../statistics/statistics.ts";
import { kindOf } from "../judge/verdicts.ts";
import type { Place, Warning } from "./warnings.ts";

/** Distance between the quartiles of the rounds, divided by their median. */
const SPREAD = 0.15;
/** Change of the rate within the window. */
const DRIFT = 0.1;
/** Growth of the server's memory within the window: relative, and in bytes. */
const GROWTH = 0.1;
const GROWTH_BYTES = 8 * 2 ** 20;
/** Samples that must be beyond a percentile. */
const BEYOND = 10;
/** Share of the messages above a percentile that are of one round. */
const TAIL_SHARE = 2 / 3;
/** Step of the clock, divided by the median latency. */
const STEP = 0.05;

/** The number of a fact about the machine; undefined if it is not known. */
function numberOf(
  facts: readonly Fact[],
  { group, name }: Pick<Fact, "group" | "name">,
): number | undefined {
  const value = facts.find((fact) => fact.group === group && fact.name === name)?.value;
  return typeof value === "number" ? value : undefined;
}

/**
 * Findings about a run as a whole and about the rounds of each case.
 *
 * @param sharedCores groups of CPUs that are threads of one core which server and generator share
 */
export function warningsOfRun(
  result: Pick<
    Result,
    | "settings"
    | "planned"
    | "machine"
    | "agents"
    | "serverAgent"
    | "servers"
    | "scenarios"
    | "trials"
    | "resumed"
  >,
  sharedCores: readonly (readonly number[])[] = [],
): Warning[] {
  const { settings: { pinning, rounds }, planned, trials, machine, servers, resumed = [] } = result;
  const warnings: Warning[] = [];
  const failed = trials.filter(({ state }) => state === "failed").length;
  if (trials.length < planned) {
    warnings.push({ kind: "run is partial", ended: trials.length, planned });
  }
  if (failed > 0) warnings.push({ kind: "trials failed", failed, planned });
  if (resumed.length > 0) {
    const differs = [...new Set(resumed.flatMap((one) => one.differs))];
    const again = resumed.reduce((sum, one) => sum + (one.again ?? 0), 0);
    warnings.push({ kind: "resumed", times: resumed.length, ...(again > 0 && { again }), differs });
  }
  // On a machine of its own nothing takes time from the server.
  const { agents, serverAgent } = result;
  const isApart =
    agents?.every(({ host, isHere }) =>
      serverAgent === undefined ? !isHere : host !== serverAgent.host
    ) ?? false;
  if ("absent" in pinning && !isApart) {
    warnings.push({ kind: "not pinned", reason: pinning.absent });
  }
  if (sharedCores.length > 0) warnings.push({ kind: "cores shared", cores: sharedCores });
  if (rounds < FEWEST) warnings.push({ kind: "too few rounds", rounds, needed: FEWEST });
  for (const { title, conformance } of servers) {
    for (const { what, cases } of conformance?.integrity ?? []) {
      const more = cases.length === 1 ? "" : ` and ${cases.length - 1} more`;
      warnings.push({ kind: "breaks integrity", title, what: `${what} (case ${cases[0]}${more})` });
    }
  }
  const load = numberOf(machine, FACTS.load);
  const cpus = numberOf(machine, FACTS.cpus);
  if (load !== undefined && cpus !== undefined && load > cpus) {
    warnings.push({ kind: "machine is busy", load, cpus });
  }
  return [...warnings, ...warningsOfCases(result)];
}

/** The rounds of a case on one server. */
interface Rounds {
  readonly place: Place;
  readonly metrics: readonly MetricDefinition[];
  readonly trials: readonly CompletedTrial[];
  /** Step of the clock, in nanoseconds. */
  readonly stepNs: number | undefined;
}

/** Findings about the rounds of each case on each server. */
function warningsOfCases(
  result: Pick<Result, "machine" | "servers" | "scenarios" | "trials">,
): Warning[] {
  const stepNs = numberOf(result.machine, FACTS.clockStep);
  return result.scenarios.flatMap(({ id, cases, metrics }) =>
    cases.flatMap((one) =>
      result.servers.flatMap((server) => {
        const place = { scenario: id, case: one.id, server: server.id };
        const trials = roundsOf(result.trials, place).filter((trial) =>
          trial.state === "completed"
        );
        if (trials.length === 0) return [];
        const rounds: Rounds = { place, metrics, trials, stepNs };
        return [spreadOf, driftOf, growthOf, samplesOf, tailOf, coarsenessOf].flatMap((find) =>
          find(rounds)
        );
      })
    )
  );
}

function spreadOf({ place, metrics: [primary], trials }: Rounds): Warning[] {
  const figures = trials.map(({ metrics }) => metrics[primary!.id]).filter(isMeasured);
  if (figures.length < FEWEST) return [];
  const spread = (quantile(figures, 0.75) - quantile(figures, 0.25)) / Math.abs(median(figures));
  return spread > SPREAD ? [{ kind: "rounds differ", spread, ...place }] : [];
}

/** The rounds in which messages flow all the time, as fast as they can. */
function steadyOf({ metrics, trials }: Rounds): readonly CompletedTrial[] {
  const hasRate = metrics.some(({ id }) => id === "rate");
  return trials.filter(({ histograms }) => hasRate && histograms.batchTime === undefined);
}

function driftOf(rounds: Rounds): Warning[] {
  const changes = steadyOf(rounds).flatMap(({ timeline }) => {
    const half = Math.floor(timeline.length / 2);
    const rate = (slices: typeof timeline): number =>
      slices.reduce((sum, { count }) => sum + count, 0) /
      slices.reduce((sum, { lengthMs }) => sum + lengthMs, 0);
    const [before, after] = [rate(timeline.slice(0, half)), rate(timeline.slice(half))];
    return half > 0 && before > 0 ? [after / before - 1] : [];
  });
  const interval = medianInterval(changes);
  if (interval === undefined || interval.low <= 0 && interval.high >= 0) return [];
  const change = median(changes);
  return Math.abs(change) > DRIFT ? [{ kind: "warm-up not over", change, ...rounds.place }] : [];
}

function growthOf(rounds: Rounds): Warning[] {
  const pairs = steadyOf(rounds).flatMap(({ memory }) =>
    isMeasured(memory.windowStart) && isMeasured(memory.windowEnd)
      ? [{ before: memory.windowStart, after: memory.windowEnd }]
      : []
  );
  if (pairs.length < FEWEST) return [];
  const growth = median(pairs.map(({ before, after }) => after / before - 1));
  const bytes = median(pairs.map(({ before, after }) => after - before));
  return growth > GROWTH && bytes > GROWTH_BYTES
    ? [{ kind: "memory growing", growth, ...rounds.place }]
    : [];
}

function samplesOf({ place, metrics, trials }: Rounds): Warning[] {
  return metrics.flatMap(({ pooled }): Warning[] => {
    if (pooled === undefined || typeof pooled.statistic !== "object") return [];
    const { histogram, statistic: { percentile } } = pooled;
    const samples = smallest(
      trials.map(({ histograms: { [histogram]: encoded } }) =>
        encoded === undefined ? 0 : decodeHistogram(encoded).count
      ).filter((count) => count > 0),
      Infinity,
    );
    const needed = Math.round(BEYOND / (1 - percentile / 100));
    return samples < needed
      ? [{ kind: "too few samples", percentile, samples, needed, ...place }]
      : [];
  });
}

/** Whether the tail of all messages, by the first percentile of it that the scenario reports, is that of one round. */
function tailOf({ place, metrics, trials }: Rounds): Warning[] {
  const metric = metrics.find((one) => kindOf(one) === "tail");
  const statistic = metric?.pooled?.statistic;
  if (metric === undefined || typeof statistic !== "object" || trials.length < FEWEST) return [];
  const heaviest = pooledOf(trials, metric)?.heaviest;
  return heaviest !== undefined && heaviest.share > TAIL_SHARE
    ? [{
      kind: "one round holds the tail",
      percentile: statistic.percentile,
      ...heaviest,
      ...place,
    }]
    : [];
}

function coarsenessOf({ place, trials, stepNs }: Rounds): Warning[] {
  if (stepNs === undefined) return [];
  const medians = trials.flatMap(({ histograms: { serviceTime } }) =>
    serviceTime === undefined ? [] : [decodeHistogram(serviceTime).percentile(50)]
  );
  const latencyNs = median(medians);
  return stepNs / latencyNs > STEP
    ? [{ kind: "timer too coarse", stepNs, latencyNs, ...place }]
    : [];
}
