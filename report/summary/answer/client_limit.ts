/**
 * Where the client was the limit: rates of servers that are faster than it look alike, and are lower bounds. What decides
 * among them is the CPU time that each takes for a message.
 */

import type { Result, ServerDescription } from "../../../measure/model/result.ts";
import { cpuMetricOf } from "../../../measure/judge/verdicts.ts";
import { standings } from "../standings.ts";
import { listed, oneLine } from "../text.ts";
import type { Base } from "./uses.ts";

/** The warnings that say so. */
const KINDS: readonly string[] = ["near the ceiling", "generator saturated"];

/** The share of the rounds beyond which the client was the limit of a server in a case. */
const MOST = 1 / 2;

/** A case in which the client was the limit for several servers. */
export interface ClientLimit {
  readonly base: Base;
  /** In the order of the result; at least two. */
  readonly servers: readonly ServerDescription[];
}

/**
 * The cases in which rates of several servers were limited by the client, in more than half of the rounds of each.
 *
 * @param servers those whose figures count
 */
export function clientLimits(
  result: Result,
  bases: readonly Base[],
  servers: readonly ServerDescription[],
): ClientLimit[] {
  const decidable = bases.filter(({ scenario }) =>
    scenario.metrics[0]?.id === "rate" && cpuMetricOf(scenario) !== undefined
  );
  return decidable.flatMap((base) => {
    const limited = standings(result, base.scenario.id, base.case.id)
      .filter(({ server, completed }) => {
        const some = completed.filter(({ warnings }) =>
          warnings.some(({ kind }) => KINDS.includes(kind))
        );
        return servers.includes(server) && some.length > completed.length * MOST;
      }).map(({ server }) => server);
    return limited.length < 2 ? [] : [{ base, servers: limited }];
  });
}

/** What limits mean, a sentence for each. */
export function limitSentence({ base, servers }: ClientLimit): string {
  const titles = servers.map(({ title }) => oneLine(title));
  return `The client was the limit for ${listed(titles)} (${oneLine(base.scenario.title)}, ${
    oneLine(base.case.title)
  }): their rates are lower bounds, and CPU time per message decides between them.`;
}
