/** Titles for the ids that trials carry. */

import type { Result, ScenarioDescription, TrialIdentity } from "../../measure/model/result.ts";
import { counted, listed, oneLine } from "./text.ts";

/** The titles of a trial's server, client, scenario and case. */
export type Names = Readonly<Record<"server" | "client" | "scenario" | "case", string>>;

/** Makes a function that names the trials of a run; an id that the result does not describe is used as its title. */
export function namer(result: Result): (trial: TrialIdentity) => Names {
  const titles = (list: readonly { id: string; title: string }[]): ReadonlyMap<string, string> =>
    new Map(list.map(({ id, title }) => [id, oneLine(title)]));
  const { reference } = result;
  const servers = titles(reference === undefined ? result.servers : [...result.servers, reference]);
  const clients = titles(result.clients);
  const scenarios = titles(result.scenarios);
  const cases = new Map(result.scenarios.map(({ id, cases }) => [id, titles(cases)]));
  const named = (map: ReadonlyMap<string, string> | undefined, id: string): string =>
    map?.get(id) ?? oneLine(id);
  return (trial) => ({
    server: named(servers, trial.server),
    client: named(clients, trial.client),
    scenario: named(scenarios, trial.scenario),
    case: named(cases.get(trial.scenario), trial.case),
  });
}

/** Title of a server; an id that the result does not describe is used as its title. */
export function titleOf({ servers }: Result, id: string): string {
  return oneLine(servers.find((server) => server.id === id)?.title ?? id);
}

/** What a run is called: by its server if there is one. */
export function titleOfRun({ servers }: Pick<Result, "servers">): string {
  const [only, ...others] = servers;
  return only === undefined || others.length > 0
    ? "WebSocket servers compared"
    : `WebSocket server measured: ${oneLine(only.title)}`;
}

/** What is counted where something occurred: single trials, or cases on a server with all their rounds. */
type Counted = "trial" | "case";

/**
 * Where something occurred, in brackets after a space: ` (3 of 40 trials of ws in Throughput)`; empty for the run as a
 * whole.
 */
export function placesOf(
  result: Result,
  trials: readonly TrialIdentity[],
  what: Counted = "trial",
): string {
  if (trials.length === 0) return "";
  const ids = new Set(trials.map(({ server }) => server));
  const scenarioIds = new Set(trials.map(({ scenario }) => scenario));
  const { reference } = result;
  // The reference server is none of those that are compared.
  const servers = listed([
    ...among("server", result.servers, ids),
    ...reference !== undefined && ids.has(reference.id) ? [oneLine(reference.title)] : [],
  ]);
  const scenarios = listed(among("scenario", result.scenarios, scenarioIds));
  const there = result.trials.filter(({ server, scenario, round }) =>
    ids.has(server) && scenarioIds.has(scenario) &&
    // What comes before the rounds is of no case that has rounds.
    (what === "trial" || round > 0)
  );
  const [count, all] = [trials, there].map((some) =>
    what === "trial" ? some.length : casesIn(some)
  );
  return ` (${count} of ${counted(all!, what)} of ${servers} in ${scenarios})`;
}

/** How many cases on a server these trials are of. */
function casesIn(trials: readonly TrialIdentity[]): number {
  return new Set(trials.map((one) => JSON.stringify([one.scenario, one.case, one.server]))).size;
}

/** More are counted. */
const MOST_NAMED = 8;

function among(
  noun: string,
  all: readonly { id: string; title: string }[],
  ids: ReadonlySet<string>,
): string[] {
  const named = all.filter(({ id }) => ids.has(id));
  if (named.length > 1 && named.length === all.length) return [`every ${noun}`];
  if (named.length > MOST_NAMED) return [`${named.length} of ${counted(all.length, noun)}`];
  return named.map(({ title }) => oneLine(title));
}

/** The question of a scenario, and what the names in the titles of its cases mean. */
export function aboutScenario({ question, cases }: ScenarioDescription): string {
  return [question, ...cases.flatMap(({ about }) => about ?? [])].join(" ");
}
