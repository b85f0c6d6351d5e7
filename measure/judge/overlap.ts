/** What two runs have in common, what only one of them has, and what to do if nothing can be compared. */

import type {
  CaseDescription,
  Result,
  ScenarioDescription,
  ServerDescription,
} from "../model/result.ts";

/** A server in a case that both runs have, as the new one describes it. */
export interface CommonCase {
  /** The scenario. */
  readonly scenario: ScenarioDescription;
  /** The case; its id has its parameters, so that they are the same. */
  readonly case: CaseDescription;
  /** The server. */
  readonly server: ServerDescription;
}

/** Each server in each case that both runs have, by scenario and case. */
export function commonCases(before: Result, after: Result): CommonCase[] {
  const servers = common(before.servers, after.servers);
  return commonScenarios(before, after).flatMap(({ earlier, later }) =>
    common(earlier.cases, later.cases).flatMap((one) =>
      servers.map((server) => ({ scenario: later, case: one, server }))
    )
  );
}

/** A scenario as either run describes it. */
interface CommonScenario {
  readonly earlier: ScenarioDescription;
  readonly later: ScenarioDescription;
}

function commonScenarios(before: Result, after: Result): CommonScenario[] {
  return after.scenarios.flatMap((later) => {
    const earlier = before.scenarios.find(({ id }) => id === later.id);
    return earlier === undefined ? [] : [{ earlier, later }];
  });
}

interface Named {
  readonly id: string;
}

function common<T extends Named>(before: readonly T[], after: readonly T[]): T[] {
  return after.filter(({ id }) => before.some((one) => one.id === id));
}

function missing<T extends Named>(own: readonly T[], others: readonly T[]): T[] {
  return own.filter(({ id }) => !others.some((one) => one.id === id));
}

/** What one run has and the other does not, as phrases: servers, scenarios, and cases of scenarios that both have. */
export function onlyIn(own: Result, other: Result): string[] {
  return [
    ...missing(own.servers, other.servers).map(({ id }) => `the server ${id}`),
    ...missing(own.scenarios, other.scenarios).map(({ title }) => `the scenario ${title}`),
    ...commonScenarios(other, own).flatMap(({ earlier, later }) =>
      missing(later.cases, earlier.cases).map(({ title }) => `${later.title}: ${title}`)
    ),
  ];
}

/** Why two runs without a case in common cannot be compared, in one line with the remedy. */
export function noCaseInCommon(before: Result, after: Result, options: OptionNames): string {
  if (common(before.servers, after.servers).length === 0) {
    return nothing("server", before.servers, after.servers);
  }
  const [first] = commonScenarios(before, after);
  if (first === undefined) return nothing("scenario", before.scenarios, after.scenarios);
  return `they have no case in common: ${first.later.id} has ${ids(first.earlier.cases)} in OLD, ${
    ids(first.later.cases)
  } in NEW. ${remedyFor(first, options)}`;
}

function nothing(noun: string, before: readonly Named[], after: readonly Named[]): string {
  return `they have no ${noun} in common: OLD has ${ids(before)}, NEW has ${
    ids(after)
  }. Run one of them again with the ${noun}s of the other`;
}

function ids(all: readonly Named[]): string {
  return all.map(({ id }) => id).join(" and ") || "none";
}

/** The scenarios of which both runs have cases, but none in common, a line each with the remedy. */
export function withoutCommonCase(
  before: Result,
  after: Result,
  options: OptionNames,
): string[] {
  return commonScenarios(before, after)
    .filter(({ earlier, later }) => common(earlier.cases, later.cases).length === 0)
    .map((one) => `${one.later.title}: no case in common. ${remedyFor(one, options)}`);
}

/** The options that set parameters, by the names of the parameters. */
export type OptionNames = Readonly<Record<string, string>>;

function remedyFor({ earlier, later }: CommonScenario, options: OptionNames): string {
  const sides = [earlier, later].map(({ cases }) => cases.map(({ parameters }) => parameters));
  if (sides.every((cases) => cases.some(({ load }) => load !== undefined))) {
    return "The arrival rates were found by each run itself: give both the same --rate";
  }
  const valuesOf = (name: string): string[] =>
    sides.map((cases) => JSON.stringify([...new Set(cases.map((one) => one[name]))]));
  const names = new Set(sides.flat().flatMap((one) => Object.keys(one)));
  const differing = [...names].filter((name) => {
    const [a, b] = valuesOf(name);
    return a !== b;
  }).map((name) => options[name] ?? name);
  return differing.length === 0
    ? "Run both with the same version of wsmark"
    : `Give both the same ${differing.join(" and ")}`;
}
