/**
 * What speaks against a server that has the best figure: a tail that is much longer than another's, or connections that
 * get much less than others', or nothing. A mean hides both.
 */

import { figureOfRounds, judge, type Judgement } from "../../../measure/judge/judge.ts";
import { kindOf, nameOf, ratioOf } from "../../../measure/judge/verdicts.ts";
import type {
  CompletedTrial,
  MetricDefinition,
  Result,
  ServerDescription,
} from "../../../measure/model/result.ts";
import { largest, smallest } from "../../../measure/statistics/statistics.ts";
import { type Standing, standings } from "../standings.ts";
import { figureWithUnit, formatNumber, oneLine } from "../text.ts";
import type { Base } from "./uses.ts";

/** How many times as long a tail must be, and how many times as little the slowest connection must get. */
const LONGER = 1.5;
const LESS = 2;
/** The share of the rounds in which connections had no reply. */
const STARVING = 1 / 3;

/** Why a server is not recommended although its figure may be the best. */
export interface Veto {
  readonly server: ServerDescription;
  /** As a sentence without its subject and full stop: `its p99 is 205 ms, 3.7 times that of ws`. */
  readonly reason: string;
}

/** A server compared with another by a metric that is not the scenario's first. */
interface Guard {
  readonly base: Base;
  readonly metric: MetricDefinition;
  readonly one: Standing;
  readonly other: Standing;
}

/**
 * Finds the servers that are clearly much worse than another in the tail, or for their slowest connection, in one of these
 * cases; the worst reason of each.
 *
 * @param servers those whose figures count
 */
export function vetoes(
  result: Result,
  bases: readonly Base[],
  servers: readonly ServerDescription[],
): Veto[] {
  const guards: Guard[] = [];
  const starved: Veto[] = [];
  for (const base of bases) {
    const own = standings(result, base.scenario.id, base.case.id)
      .filter(({ server }) => servers.includes(server));
    for (const veto of starving(base, own)) starved.push(veto);
    for (const metric of guardsOf(base)) {
      for (const one of own) {
        for (const other of own) if (one !== other) guards.push({ base, metric, one, other });
      }
    }
  }
  const judgements = judge(
    guards.map(({ metric, one, other }) =>
      ratioOf([...one.completed], [...other.completed], metric)
    ),
  );
  const worse = guards.flatMap((guard, index) => {
    const judgement = judgements[index]!;
    return "absent" in judgement ? [] : refusal(guard, judgement);
  }).sort((a, b) => b.times - a.times);
  const all = [...starved, ...worse];
  return servers.flatMap((server) => all.find((veto) => veto.server === server) ?? []);
}

/** The metrics that a winner must not be much worse in; the first one of a scenario is what servers are compared by. */
function guardsOf({ scenario: { metrics }, case: one }: Base): MetricDefinition[] {
  const [primary, ...others] = metrics;
  return others.filter((metric) =>
    metric.id === "connection.min" ? (one.parameters.connections ?? 1) > 1 : isP99(metric) &&
      (primary?.id === "rate" || primary?.pooled?.histogram === metric.pooled!.histogram)
  );
}

function isP99(metric: MetricDefinition): boolean {
  const statistic = metric.pooled?.statistic;
  return kindOf(metric) === "tail" && typeof statistic === "object" && statistic.percentile === 99;
}

/** What is said of a server that is clearly much worse by a guard. */
function refusal(
  { metric, one, other }: Guard,
  { certainty, ratio }: Judgement,
): (Veto & { readonly times: number })[] {
  const isTail = metric.id !== "connection.min";
  const times = isTail ? ratio : 1 / ratio;
  if (certainty !== "clear" || times < (isTail ? LONGER : LESS)) return [];
  const [figure, rival] = [one, other].map(({ completed }) => {
    const value = figureOfRounds(completed.map(({ metrics }) => metrics[metric.id] as number));
    return figureWithUnit(value, metric);
  });
  const name = isTail ? nameOf(metric) : "slowest connection";
  const verb = isTail ? "is" : "gets";
  return [{
    server: one.server,
    reason: `its ${name} ${verb} ${figure}, that of ${oneLine(other.server.title)} ${rival}`,
    times,
  }];
}

/** The servers that leave connections without any reply, if another one does not. */
function starving({ case: one }: Base, own: readonly Standing[]): Veto[] {
  const { connections = 1 } = one.parameters;
  if (connections < 2) return [];
  const hungry = (trials: readonly CompletedTrial[]): CompletedTrial[] =>
    trials.filter((trial) =>
      trial.arrivals === undefined && trial.connections?.min === 0 &&
      trial.connections.unserved !== 0
    );
  if (!own.some(({ completed }) => completed.length > 0 && hungry(completed).length === 0)) {
    return [];
  }
  return own.flatMap(({ server, completed }) => {
    const some = hungry(completed);
    if (some.length === 0 || some.length < completed.length * STARVING) return [];
    const counts = some.flatMap(({ connections }) => connections?.unserved ?? []);
    const [least, most] = [smallest(counts), largest(counts)].map((count) =>
      formatNumber(count, 0)
    );
    const range = counts.length === 0 ? "some" : least === most ? most : `${least} to ${most}`;
    return [{
      server,
      reason: `in ${some.length} of ${completed.length} rounds ${range} of its ${
        formatNumber(connections, 0)
      } connections got no reply`,
    }];
  });
}
