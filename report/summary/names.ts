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

/** Where something occurred, in brackets after a space; empty for the run as a whole. */
export function placesOf(result: Result, trials: readonly TrialIdentity[]): string {
  if (trials.length === 0) return "";
  const ids = trials.map(({ server }) => server);
  const { reference } = result;
  const servers = reference !== undefined && ids.includes(reference.id)
    ? among("server", [...result.servers, reference], ids)
    : among("server", result.servers, ids);
  const scenarios = among("scenario", result.scenarios, trials.map(({ scenario }) => scenario));
  return ` (${counted(trials.length, "trial")} of ${servers} in ${scenarios})`;
}

function among(
  noun: string,
  all: readonly { id: string; title: string }[],
  ids: readonly string[],
): string {
  const named = all.filter(({ id }) => ids.includes(id));
  if (named.length > 1 && named.length === all.length) return `every ${noun}`;
  return listed(named.map(({ title }) => oneLine(title)));
}

/** The question of a scenario, and what the names in the titles of its cases mean. */
export function aboutScenario({ question, cases }: ScenarioDescription): string {
  return [question, ...cases.flatMap(({ about }) => about ?? [])].join(" ");
}
