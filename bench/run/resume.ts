/** Going on with a run that was stopped: what it has, whether that is of the same plan, and what has changed. */

import {
  type Fact,
  FACTS,
  isMeasured,
  type Result,
  type ScenarioDescription,
  type Trial,
} from "../../measure/model/result.ts";
import { cpuRanges } from "../../measure/text/cpu_ranges.ts";
import type { ScenarioCase } from "../../scenarios/cases.ts";
import { withKnownRate, withRate } from "./calibration.ts";
import type { PlannedTrial } from "../plan/plan_types.ts";
import { type KeptTrial, latest } from "../folder/trial_lines.ts";
import { UsageError } from "../usage.ts";

/** What a run has from before it was stopped. */
export interface Earlier {
  /** Its trials, in the order of the plan; some may be missing in between. */
  readonly trials: readonly Trial[];
  /** Numbers of the trials that are to run again, and to be replaced. */
  readonly again?: ReadonlySet<number>;
  /** Its `results.json`; undefined if it was killed before there was one. */
  readonly result: Result | undefined;
}

/**
 * Checks that each trial is one of a plan.
 *
 * @param known scenarios of the run with the arrival rates that were found before
 * @throws {UsageError} that names the first trial which is not of the plan
 */
export function checkEarlier(
  planned: readonly PlannedTrial[],
  kept: readonly KeptTrial[],
  known: readonly ScenarioDescription[],
  file: string,
): void {
  const trials = latest(kept.map(({ trial }) => trial));
  for (const { line, trial } of kept) {
    const one = planned[trial.trial - 1];
    const found = nameOf(trial);
    // A trial whose rate could not be found has the case without it.
    const expected = one === undefined ? [] : [
      ratedCase(one, known, trials),
      one.case,
    ].map(({ id }) =>
      nameOf({ ...one, server: one.server.id, scenario: one.scenario.id, case: id })
    );
    if (expected.includes(found)) continue;
    throw new UsageError(
      `Line ${line} of ${file} is not of the plan next to it: it has ${found}, the plan has ` +
        `${expected[0] ?? "nothing"}. Make the run again`,
    );
  }
}

/** The case of a planned trial, with its arrival rate if that is known. */
export function ratedCase(
  { case: one, scenario: { id } }: Pick<PlannedTrial, "case" | "scenario">,
  known: readonly ScenarioDescription[],
  trials: readonly Trial[],
): ScenarioCase {
  return withRate(withKnownRate(one, known.find((scenario) => scenario.id === id)), id, trials);
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
function thingsOf(
  { wsmark, machine, agents = [], settings, servers, clients }: Result,
): Map<string, string> {
  const { pinning, engine } = settings;
  return new Map([
    ["wsmark", wsmark],
    ...tiedTo(machine),
    ...agents.flatMap(({ id, machine }) =>
      tiedTo(machine).map(([name, value]) => [`agent ${id}, ${name}`, value] as const)
    ),
    [
      "CPUs",
      "absent" in pinning
        ? "not pinned"
        : `${cpuRanges(pinning.server)} | ${cpuRanges(pinning.generator)}`,
    ],
    ["engine", engine.id],
    ...servers.flatMap(({ id, runtime, library }) =>
      runtime === undefined ? [] : [[id, `${runtime}, ${library}`] as const]
    ),
    ...clients.map(({ id, library }) => [`client ${id}`, library] as const),
  ]);
}

/** What must stay the same of a machine, by name, in words. */
function tiedTo(machine: readonly Fact[]): (readonly [name: string, value: string])[] {
  return machine.filter(({ group, name }) => TIED.includes(group) && !VARYING.test(name))
    .map(({ group, name, value }) => [
      `${group}, ${name}`,
      typeof value === "object" ? value.absent : String(value),
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
