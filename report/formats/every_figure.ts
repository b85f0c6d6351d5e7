/** Every figure of a run: each metric of each case on each server, with what it is worth. */

import { aggregate } from "../../measure/judge/aggregate.ts";
import type { Interval } from "../../measure/judge/judge.ts";
import type {
  CaseDescription,
  MetricDefinition,
  Result,
  ScenarioDescription,
} from "../../measure/model/result.ts";
import { compare, type Standing, standings, wrongServers } from "../summary/standings.ts";
import type { Cell } from "../tables/table.ts";

/** A case with how its servers did. */
export interface CaseStandings {
  readonly scenario: ScenarioDescription;
  readonly case: CaseDescription;
  /** In the order of the servers. */
  readonly standings: readonly Standing[];
}

/** A metric of a case on a server. */
export interface EveryFigure extends Omit<CaseStandings, "standings"> {
  readonly standing: Standing;
  readonly metric: MetricDefinition;
  /** The figure with its mark, or the reason why it is missing. */
  readonly cell: Cell;
  /** Its 95 % interval; undefined if there is none. */
  readonly interval: Interval | undefined;
  /** The least and the most of its rounds; undefined if it was not measured. */
  readonly range: Interval | undefined;
  /** How many rounds have it. */
  readonly rounds: number;
}

/** How all servers did in all cases, in the order of the tables. */
export function caseStandings(result: Result): CaseStandings[] {
  return result.scenarios.flatMap((scenario) =>
    scenario.cases.map((one) => ({
      scenario,
      case: one,
      standings: standings(result, scenario.id, one.id),
    }))
  );
}

/** All figures, by case, then by metric, then by server. */
export function everyFigure(result: Result): EveryFigure[] {
  const wrong = wrongServers(result);
  const cases = Map.groupBy(caseStandings(result), ({ scenario }) => scenario);
  return [...cases].flatMap(([scenario, places]) => {
    const byMetric = scenario.metrics.map((metric) =>
      compare(places.map(({ standings }) => ({ metric, standings })), wrong)
    );
    return places.flatMap(({ case: one, standings }, place) =>
      scenario.metrics.flatMap((metric, index) =>
        byMetric[index]![place]!.map(({ cell, interval }, at): EveryFigure => {
          const standing = standings[at]!;
          const { figures, min, max } = aggregate(standing.trials, metric);
          return {
            scenario,
            case: one,
            standing,
            metric,
            cell,
            interval,
            range: typeof min === "number" && typeof max === "number"
              ? { low: min, high: max }
              : undefined,
            rounds: figures.length,
          };
        })
      )
    );
  });
}
