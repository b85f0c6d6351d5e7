/**
 * Going on with a run that was stopped: what it has already, whether that is of the same plan, and what has changed.
 *
 * @module
 */

import { type Fact, FACTS, isMeasured, type Result, type Trial } from "../measure/result.ts";
import { withRate } from "./calibration.ts";
import type { PlannedTrial } from "./plan.ts";
import { UsageError } from "./usage.ts";

/** What a run has from before it was stopped. */
export interface Earlier {
  /** Its trials, in the order of the plan. */
  readonly trials: readonly Trial[];
  /** Its `results.json`; undefined where it was killed before there was one. */
  readonly result: Result | undefined;
}

/**
 * Holds trials against a plan: they must be its first ones.
 *
 * @param file where they are, for the message
 * @throws {UsageError} that names the first trial which is not the plan's
 */
export function checkEarlier(
  planned: readonly PlannedTrial[],
  trials: readonly Trial[],
  file: string,
): void {
  for (const [index, trial] of trials.entries()) {
    const one = planned[index];
    const found = nameOf(trial);
    const expected = one === undefined ? "nothing" : nameOf({
      ...one,
      server: one.server.id,
      scenario: one.scenario.id,
      case: withRate(one.case, one.scenario.id, trials.slice(0, index)).id,
    });
    if (found === expected) continue;
    throw new UsageError(
      `Line ${index + 1} of ${file} is not of the plan beside it: it has ${found}, the plan has ` +
        `${expected}. Make the run again`,
    );
  }
}

type Named = Pick<Trial, "trial" | "round" | "server" | "client" | "scenario" | "case">;

function nameOf({ trial, round, server, client, scenario, case: id }: Named): string {
  return `trial ${trial} (round ${round}, ${server} by ${client}, ${scenario}, ${id})`;
}

/** Groups of facts that a run is tied to; the others vary from one moment to the next. */
const TIED = ["Processor", "Operating system", "Software", "Packages"];
const VARYING = /frequency/;

/** What is not as it was before a run was stopped, a phrase each: `Processor, Model: A before, B now`. */
export function differencesOf(before: Result, now: Result): string[] {
  const [old, current] = [thingsOf(before), thingsOf(now)];
  return [...current].flatMap(([name, value]) => {
    const was = old.get(name);
    return was === undefined || was === value ? [] : [`${name}: ${was} before, ${value} now`];
  });
}

/** Everything that must stay the same, by name, in words. */
function thingsOf({ wsmark, machine, settings, servers, clients }: Result): Map<string, string> {
  const facts = machine.filter(({ group, name }) => TIED.includes(group) && !VARYING.test(name));
  const { pinning, engine } = settings;
  return new Map([
    ["wsmark", wsmark],
    ...facts.map(({ group, name, value }) =>
      [`${group}, ${name}`, typeof value === "object" ? value.absent : String(value)] as const
    ),
    ["CPUs", "absent" in pinning ? "not pinned" : `${pinning.server} | ${pinning.generator}`],
    ["engine", engine.id],
    ...servers.flatMap(({ id, runtime, library }) =>
      runtime === undefined ? [] : [[id, `${runtime}, ${library}`] as const]
    ),
    ...clients.map(({ id, library }) => [`client ${id}`, library] as const),
  ]);
}

/** The facts of now, with the higher of the two loads at the start: a reader must know if either was high. */
export function withHigherLoad(now: readonly Fact[], before: readonly Fact[]): Fact[] {
  const isLoad = ({ group, name }: Fact): boolean =>
    group === FACTS.load.group && name === FACTS.load.name;
  const old = before.find(isLoad);
  return now.map((fact) =>
    old !== undefined && isLoad(fact) && asNumber(old) > asNumber(fact) ? old : fact
  );
}

function asNumber({ value }: Fact): number {
  return typeof value !== "string" && isMeasured(value) ? value : 0;
}
