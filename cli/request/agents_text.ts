/** Which agents a plan has, and how they would share its load, as text. */

import { shares } from "../../bench/generator/share.ts";
import type { RunPlan } from "../../bench/plan/options.ts";
import { type CaseParameters, connectionsOf } from "../../scenarios/parameters.ts";

/** From so many on agents are counted, not named. */
const MANY = 9;

/** A line with the agents, and one for each way in which cases are shared; none without agents. */
export function agentLines({ settings, scenarios }: RunPlan): string[] {
  const { agents, generators } = settings;
  if (agents === undefined) return [];
  const { ids, nats, server } = agents;
  const ways = scenarios.flatMap(({ scenario, cases }) =>
    cases.map(({ parameters }) => {
      const parts = scenario.isUndivided ? [parameters] : shares(parameters, generators);
      return { id: scenario.id, split: splitOf(parts.map(partInWords), ids) };
    })
  );
  return [
    `${listed(ids)} at ${nats}` + (server === undefined ? "" : `; ${server} has the servers`),
    ...[...Map.groupBy(ways, ({ split }) => split)].map(([split, alike]) =>
      `${[...new Set(alike.map(({ id }) => id))].join(", ")}: ${split}`
    ),
  ];
}

/** What one agent has of a case. */
function partInWords(parameters: CaseParameters): string {
  const connections = connectionsOf(parameters);
  if (connections > 0) return counted(connections, "connection");
  const { concurrency, stages, arrivals, inFlight } = parameters;
  if (concurrency !== undefined) return `${counted(concurrency, "handshake")} at once`;
  return (stages ?? arrivals ?? inFlight) === undefined ? "all of it" : "its share";
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}

/** Which agents have what: `22 connections on a, 21 connections each on b and c`. */
function splitOf(parts: readonly string[], ids: readonly string[]): string {
  const idle = ids.slice(parts.length);
  const alike = Map.groupBy(parts.keys(), (index) => parts[index]!);
  const said = [...alike].map(([part, places]) => {
    const names = places.map((place) => ids[place]!);
    return `${part}${names.length > 1 ? " each" : ""} on ${listed(names)}`;
  });
  return [...said, ...(idle.length === 0 ? [] : [`nothing on ${listed(idle)}`])].join(", ");
}

function listed(names: readonly string[]): string {
  if (names.length >= MANY) return `${names.length} agents`;
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
