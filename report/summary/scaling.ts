/** The Universal Scalability Law of each server, in scenarios whose cases differ in the number of connections. */

import type { CaseDescription, Result, ScenarioDescription } from "../../measure/model/result.ts";
import { type Scaling, scalingOf, type Unfitted } from "../../measure/scaling/scaling.ts";
import { throughputOf } from "../../measure/scaling/usl.ts";
import { figureFields, type Table, tableOf, textFields } from "../tables/table.ts";
import { type Standing, standings } from "./standings.ts";
import { oneLine } from "./text.ts";

const PERCENT = 100;

/** How the rate of a server follows the number of connections. */
export interface ServerScaling {
  readonly server: Standing["server"];
  /** The titles of the cases that it is of, first and last. */
  readonly cases: readonly [first: string, last: string];
  readonly found: Scaling | Unfitted;
}

/**
 * How the rate of each server follows the number of connections, for cases of closed loops that differ in it and in nothing
 * else; empty for a scenario with fewer than three such cases. Trials that replied wrongly do not count.
 */
export function scalings(result: Result, scenario: ScenarioDescription): ServerScaling[] {
  if (!scenario.metrics.some(({ id }) => id === "rate")) return [];
  const closed = scenario.cases.filter(({ parameters: { inFlight, connections } }) =>
    inFlight !== undefined && connections !== undefined
  );
  const series = Map.groupBy(
    closed,
    ({ parameters: { connections: _, ...rest } }) =>
      JSON.stringify(Object.entries(rest).toSorted(([a], [b]) => a < b ? -1 : 1)),
  );
  return [...series.values()].filter((cases) => cases.length >= 3).flatMap((cases) => {
    const sorted = cases.toSorted((a, b) => connectionsOf(a) - connectionsOf(b));
    const all = sorted.map((one) => standings(result, scenario.id, one.id));
    return result.servers.flatMap((server): ServerScaling[] => {
      const rates = sorted.map((one, index) => ({
        n: connectionsOf(one),
        rates: ratesOf(all[index]!.find((standing) => standing.server.id === server.id)),
      }));
      if (rates.every((one) => one.rates.length === 0)) return [];
      return [{ server, cases: [sorted[0]!.title, sorted.at(-1)!.title], found: scalingOf(rates) }];
    });
  });
}

function connectionsOf({ parameters }: CaseDescription): number {
  return parameters.connections!;
}

function ratesOf(standing: Standing | undefined): number[] {
  if (standing === undefined || standing.mark !== undefined) return [];
  return standing.completed.flatMap(({ metrics: { rate } }) =>
    typeof rate === "number" ? rate : []
  );
}

/** The table of the law; undefined for a scenario without a server that it could be fitted to. */
export function scalingTable(result: Result, scenario: ScenarioDescription): Table | undefined {
  const all = scalings(result, scenario);
  if (all.length === 0) return undefined;
  const figure =
    (read: (scaling: Scaling) => number | undefined, absent?: string) =>
    ({ found }: ServerScaling) => {
      if ("why" in found) return { absent: found.why };
      return read(found) ?? (absent === undefined ? undefined : { absent });
    };
  return tableOf(
    {
      id: `${scenario.id}-law`,
      title: "Universal Scalability Law",
      note:
        "The rate of N connections as γN / (1 + α(N − 1) + βN(N − 1)), fitted to the medians of the rounds: γ is the rate of " +
        "one, contention α the share of the work that waits in line, coherency β what every pair of connections costs. From, " +
        "to: 95 % of all bootstraps of the rounds. Missed: by how much the rates differ from the law. It describes these " +
        "connections on this machine, client included; a law that misses the rates by more than a tenth is not shown.",
      keyColumns: 1,
      empty: "",
    },
    all,
    [
      ...textFields<ServerScaling>({
        Server: ({ server }) => oneLine(server.title),
        Cases: ({ cases: [first, last] }) => `${first} … ${last}`,
      }),
      ...figureFields<ServerScaling>({ unit: "messages/s", kind: "number", decimals: 0 }, {
        "Rate of one": figure(({ model }) => model.gamma),
      }),
      ...figureFields<ServerScaling>({ unit: "%", kind: "number" }, {
        "Contention": figure(({ model }) => model.alpha),
        "Contention from": figure(({ intervals }) => intervals?.alpha.low),
        "Contention to": figure(({ intervals }) => intervals?.alpha.high),
      }, PERCENT),
      ...figureFields<ServerScaling>({ unit: "ppm", kind: "number" }, {
        "Coherency": figure(({ model }) => model.beta),
        "Coherency from": figure(({ intervals }) => intervals?.beta.low),
        "Coherency to": figure(({ intervals }) => intervals?.beta.high),
      }, 1e6),
      ...figureFields<ServerScaling>({ unit: "connections", kind: "number", decimals: 0 }, {
        "Peak": figure(({ peak }) => peak, "none is told apart among these connections"),
        "Peak from": figure(({ peak, intervals }) => peak && intervals?.peak.low),
        "Peak to": figure(({ peak, intervals }) => peak && intervals?.peak.high),
      }),
      ...figureFields<ServerScaling>({ unit: "messages/s", kind: "number", decimals: 0 }, {
        "Rate at the peak": figure(({ model, peak }) => peak && throughputOf(model, peak)),
      }),
      ...figureFields<ServerScaling>({ unit: "%", kind: "number" }, {
        "Missed by": figure(({ missedBy }) => missedBy),
      }, PERCENT),
    ],
  );
}
