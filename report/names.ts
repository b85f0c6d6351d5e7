/**
 * Titles for the ids that trials carry.
 *
 * @module
 */

import type { Result, TrialIdentity } from "../measure/result.ts";
import { oneLine } from "./text.ts";

/** A trial's server, client, scenario and case by title. */
export interface Names {
  /** Title of the server. */
  readonly server: string;
  /** Title of the client. */
  readonly client: string;
  /** Title of the scenario. */
  readonly scenario: string;
  /** Title of the case. */
  readonly case: string;
}

/**
 * Makes a function that names a trial; an id that the result does not describe stands for itself.
 *
 * @param result the run that the trials are of
 */
export function namer(result: Result): (trial: TrialIdentity) => Names {
  const titles = (list: readonly { id: string; title: string }[]): ReadonlyMap<string, string> =>
    new Map(list.map(({ id, title }) => [id, oneLine(title)]));
  const servers = titles(result.servers);
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
