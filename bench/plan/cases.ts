/**
 * Which scenarios run, and with which cases.
 *
 * @module
 */

import type { CaseParameters } from "../../measure/model/result.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { readMix } from "../../scenarios/mix_text.ts";
import { scenarios } from "../../scenarios/mod.ts";
import type { Scenario } from "../../scenarios/types.ts";
import { type Axis, multiplied } from "./matrix.ts";
import type { ChosenScenario } from "./plan.ts";
import { pick, UsageError, whole } from "../usage.ts";

/** The scenarios that run when none is named. */
const USUAL = scenarios.filter(({ isOptional }) => !isOptional).map(({ id }) => id);

const MOST = 2 ** 26;
/** The longest limit of a response time: what a histogram can hold. */
const LONGEST_MS = 60_000;

interface Parameter<T> {
  /** What it is called in a message. */
  readonly title: string;
  /** Refuses a value that cannot be. */
  check(this: void, value: T, title: string): void;
}

const count = { check: (value: number, title: string) => whole(title, value, 1, MOST) };
/** Each of them may take tens of MiB of the server's memory. */
const bulk = { check: (value: number, title: string) => whole(title, value, 0, 1000) };

/** What each parameter may be. */
const PARAMETERS: {
  readonly [name in keyof CaseParameters]-?: Parameter<NonNullable<CaseParameters[name]>>;
} = {
  connections: { title: "number of connections", ...count },
  inFlight: { title: "number of messages in flight", ...count },
  size: { title: "payload size", ...count },
  rate: {
    title: "arrival rate",
    check: (value, title) => positive(title, value, 1e7, "per second"),
  },
  arrivals: { title: "kind of arrivals", ...oneOf("constant", "poisson") },
  payload: { title: "kind of payload", ...oneOf("text", "binary", "random", "documents") },
  mix: { title: "mix of traffic", check: checkMix },
  concurrency: { title: "number of handshakes at once", ...count },
  messages: { title: "number of messages", ...count },
  load: { title: "load", check: (value, title) => positive(title, value, 100, "per cent") },
  sloMs: {
    title: "limit of the response time",
    check: (value, title) => positive(title, value, LONGEST_MS, "ms"),
  },
  tls: { title: "encryption", ...oneOf("on") },
  deflate: { title: "kind of compression", ...oneOf("takeover", "no-takeover") },
  prompt: { title: "number of prompt readers", ...bulk },
  slow: { title: "number of slow readers", ...bulk },
};

/** What any case can have, whether its scenario names it or not. */
const ANYWHERE: readonly (keyof CaseParameters)[] = ["tls", "deflate"];

/** Refuses a word that is none of some. */
function oneOf<T extends string>(...known: readonly T[]): Pick<Parameter<T>, "check"> {
  const choice = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(known);
  return {
    check(value, title) {
      if (known.includes(value)) return;
      throw new UsageError(`Unknown ${title} "${value}": name ${choice}`);
    },
  };
}

function positive(title: string, value: number, most: number, unit: string): void {
  if (value > 0 && value <= most) return;
  throw new UsageError(
    `The ${title} must be above 0 and at most ${most} ${unit}: received ${value}`,
  );
}

function checkMix(value: string): void {
  try {
    readMix(value);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** A parameter that may be overridden, with the value for it. */
function entriesOf(overrides: CaseParameters): [name: keyof CaseParameters, value: never][] {
  return Object.entries(overrides) as [keyof CaseParameters, never][];
}

/** A scenario with cases in place of its own. */
export interface ScenarioChoice {
  /** Id of the scenario. */
  readonly id: string;
  /** Its cases; each has some of the parameters that the scenario's own cases have. */
  readonly cases: readonly CaseParameters[];
}

/** What was named, as scenarios with the cases that were chosen for them. */
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

function checked({ id, cases }: Scenario, chosen: ScenarioChoice["cases"]): Scenario["cases"] {
  if (chosen.length === 0) throw new UsageError(`The scenario "${id}" is given no case: name one`);
  const known = new Set([...cases.flatMap((one) => Object.keys(one)), ...ANYWHERE]);
  if (known.has("load")) known.add("rate");
  if (known.has("size")) known.add("payload");
  for (const parameters of chosen) {
    for (const [name, value] of entriesOf(parameters)) {
      if (!known.has(name)) {
        throw new UsageError(
          `The scenario "${id}" has no parameter "${name}": it has ${[...known].join(", ")}`,
        );
      }
      const { title, check } = PARAMETERS[name];
      check(value, title);
    }
  }
  return chosen;
}

/**
 * Chooses scenarios and their cases.
 *
 * @param choices what was named; undefined for the usual ones
 * @param overrides parameters for the cases that have them; an arrival rate is one for those that have a load, too
 * @param axes parameters by which the cases are multiplied; see {@linkcode multiplied}
 * @throws {UsageError} for what does not exist, a value that cannot be, an override that no case has, and an axis along
 * which no case can be multiplied
 */
export function chooseScenarios(
  choices: readonly (string | ScenarioChoice)[] | undefined,
  overrides: CaseParameters,
  axes: readonly Axis[] = [],
): ChosenScenario[] {
  const chosen = named(choices ?? USUAL);
  for (const [name, value] of entriesOf(overrides)) {
    const { title, check } = PARAMETERS[name];
    check(value, title);
    if (chosen.some(({ cases }) => cases.some((parameters) => has(parameters, name)))) continue;
    throw new UsageError(
      `No chosen scenario has ${article(title)} ${title}: received ${value} for ${
        chosen.map(({ id }) => id).join(", ")
      }`,
    );
  }
  for (const axis of axes) {
    if (chosen.some(({ cases }) => cases.some((parameters) => has(parameters, axis)))) continue;
    throw new UsageError(
      `No case of ${chosen.map(({ id }) => id).join(", ")} has what --matrix ${axis} varies`,
    );
  }
  return chosen.map((scenario) => ({ scenario, cases: casesOf(scenario, overrides, axes) }));
}

function article(title: string): "a" | "an" {
  return /^[aeiou]/.test(title) ? "an" : "a";
}

function has(parameters: CaseParameters, name: keyof CaseParameters): boolean {
  return name in parameters || ANYWHERE.includes(name) ||
    (name === "rate" && "load" in parameters) || (name === "payload" && "size" in parameters);
}

/** The cases with the overrides; cases that have become alike count once. */
function casesOf(
  scenario: Scenario,
  overrides: CaseParameters,
  axes: readonly Axis[],
): ChosenScenario["cases"] {
  const chosen = scenario.cases.map((parameters) => overridden(parameters, overrides));
  const cases = multiplied(chosen, axes, has).map((parameters) => {
    const described = describeCase(parameters);
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
  const wanted = entriesOf(overrides).filter(([name]) => has(parameters, name));
  const { load, ...rest } = { ...parameters, ...Object.fromEntries(wanted) };
  // A rate that is given takes the place of one that would have to be found.
  return load === undefined || rest.rate !== undefined ? rest : { ...rest, load };
}
