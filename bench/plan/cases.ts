/** Which scenarios run, and with which cases. */

import {
  canHave,
  type CaseParameters,
  entriesOf,
  PARAMETER_NAMES,
  type ParameterName,
  rowOf,
} from "../../scenarios/parameters.ts";
import type { NumberRange } from "../../scenarios/parameter_row.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { scenarios } from "../../scenarios/mod.ts";
import type { Scenario, ScenarioChoice } from "../../scenarios/types.ts";
import { multiplied } from "./matrix.ts";
import type { ChosenScenario } from "./plan_types.ts";
import { pick } from "../choice.ts";
import { UsageError, whole } from "../usage.ts";

/** The scenarios that run when none is named. */
const USUAL = scenarios.filter(({ isOptional }) => !isOptional).map(({ id }) => id);

/** Refuses a value that a parameter cannot have. */
function checkParameter(name: ParameterName, value: number | string): void {
  const { title, range, choices, check } = rowOf(name);
  if (range !== undefined) return checkNumber(title, value as number, range);
  if (choices !== undefined && !choices.includes(String(value))) {
    const known = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(choices);
    throw new UsageError(`Unknown ${title} "${value}": name ${known}`);
  }
  try {
    check?.(String(value));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function checkNumber(title: string, value: number, { least = 1, most, unit }: NumberRange): void {
  if (unit === undefined) return void whole(title, value, least, most);
  if (value > 0 && value <= most) return;
  throw new UsageError(
    `The ${title} must be above 0 and at most ${most} ${unit}: received ${value}`,
  );
}

/** The scenarios that were named, with the cases that were chosen for them. */
function named(choices: readonly (string | ScenarioChoice)[]): readonly Scenario[] {
  const ids = choices.map((choice) => typeof choice === "string" ? choice : choice.id);
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  if (twice !== undefined) {
    throw new UsageError(
      `The scenario "${twice}" is named twice: put all of its cases in one place`,
    );
  }
  const own = choices.filter((choice) => typeof choice !== "string");
  return pick("scenario", ids, scenarios).map((scenario) => {
    const cases = own.find(({ id }) => id === scenario.id)?.cases;
    return cases === undefined ? scenario : { ...scenario, cases: checked(scenario, cases) };
  });
}

/** Whether some case of a scenario can have a parameter. */
function hasPlaceFor({ cases, refuses }: Scenario, name: ParameterName): boolean {
  return refuses?.[name] === undefined && cases.some((one) => canHave(one, name));
}

function checked(scenario: Scenario, chosen: ScenarioChoice["cases"]): Scenario["cases"] {
  const { id } = scenario;
  if (chosen.length === 0) throw new UsageError(`The scenario "${id}" is given no case: name one`);
  const known = PARAMETER_NAMES.filter((name) => hasPlaceFor(scenario, name));
  for (const parameters of chosen) {
    for (const [name, value] of entriesOf(parameters)) {
      if (!known.includes(name)) {
        throw new UsageError(
          `The scenario "${id}" has no parameter "${name}": it has ${known.join(", ")}`,
        );
      }
      checkParameter(name, value);
    }
  }
  return chosen;
}

/**
 * Chooses scenarios and their cases.
 *
 * @param choices the scenarios, some with cases; undefined for the usual ones
 * @param overrides parameters for the cases that have them; an arrival rate also for those that have a load
 * @param axes see {@linkcode multiplied}
 * @throws {UsageError} for what does not exist, a value that cannot be, an override that no case has, and an axis along
 * which no case can be multiplied
 */
export function chooseScenarios(
  choices: readonly (string | ScenarioChoice)[] | undefined,
  overrides: CaseParameters,
  axes: readonly ParameterName[] = [],
): ChosenScenario[] {
  const chosen = named(choices ?? USUAL);
  const ids = chosen.map(({ id }) => id).join(", ");
  const isPossible = (name: ParameterName): boolean =>
    chosen.some((scenario) => hasPlaceFor(scenario, name));
  if (overrides.rate !== undefined && overrides.stages !== undefined) {
    throw new UsageError(
      "An arrival rate goes by stages or is the same all the time: give --rate or --stages",
    );
  }
  for (const [name, value] of entriesOf(overrides)) {
    checkParameter(name, value);
    const { named, option } = rowOf(name);
    if (named !== undefined && choices === undefined) {
      throw new UsageError(
        `Name the scenario that --${option!.name} is for with --scenarios: ${named}`,
      );
    }
    if (isPossible(name)) continue;
    const { title } = rowOf(name);
    const article = /^[aeiou]/.test(title) ? "an" : "a";
    throw new UsageError(
      `No chosen scenario has ${article} ${title}: received ${value} for ${ids}${
        why(chosen, name)
      }`,
    );
  }
  const axis = axes.find((name) => !isPossible(name));
  if (axis !== undefined) {
    throw new UsageError(`No case of ${ids} has what --matrix ${axis} varies`);
  }
  return chosen.map((scenario) => ({ scenario, cases: casesOf(scenario, overrides, axes) }));
}

/** Why scenarios refuse a parameter, as the end of a sentence; empty if they do not say. */
function why(chosen: readonly Scenario[], name: ParameterName): string {
  const reasons = new Set(chosen.flatMap(({ refuses }) => refuses?.[name] ?? []));
  return reasons.size === 0 ? "" : `, as ${[...reasons].join(", and ")}`;
}

/** The cases with the overrides; cases that have become alike count once. */
function casesOf(
  scenario: Scenario,
  overrides: CaseParameters,
  axes: readonly ParameterName[],
): ChosenScenario["cases"] {
  const { refuses } = scenario;
  const fitting = Object.fromEntries(
    entriesOf(overrides).filter(([name]) => refuses?.[name] === undefined),
  );
  const chosen = scenario.cases.map((parameters) => overridden(parameters, fitting));
  const along = axes.filter((name) => refuses?.[name] === undefined);
  const cases = multiplied(chosen, along).map((parameters) => {
    const described = describeCase(parameters);
    const problem = scenario.problem?.(parameters);
    if (problem !== undefined) throw new UsageError(`${scenario.id}: ${problem}`);
    try {
      scenario.payload(described.parameters, scenario.behaviour);
    } catch (error) {
      if (error instanceof RangeError) throw new UsageError(`${scenario.id}: ${error.message}`);
      throw error;
    }
    return described;
  });
  return [...new Map(cases.map((one) => [one.id, one])).values()];
}

function overridden(parameters: CaseParameters, overrides: CaseParameters): CaseParameters {
  const wanted = entriesOf(overrides).filter(([name]) => canHave(parameters, name));
  const { load, ...rest } = { ...parameters, ...Object.fromEntries(wanted) };
  // A rate that is given takes the place of one that would have to be found.
  return load === undefined || rest.rate !== undefined || rest.stages !== undefined
    ? rest
    : { ...rest, load };
}
