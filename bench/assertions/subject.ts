/** The left side of an assertion: a scenario, its cases and its metric, perhaps of one server. */

import type { MetricDefinition, ScenarioDescription } from "../../measure/model/result.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import { readNumber } from "./limit.ts";
import { nearest, unknownWord } from "../choice.ts";
import { UsageError } from "../usage.ts";

/** What the assertions of a run may be about. */
export interface AssertionScope {
  readonly servers: readonly { readonly id: string }[];
  /** With the cases that are planned. */
  readonly scenarios: readonly ScopedScenario[];
}

export type ScopedScenario = Pick<ScenarioDescription, "id" | "cases" | "metrics">;

/** A parameter that a case must have, its value as text. */
export interface Condition {
  readonly name: string;
  /** A number without separators, or a word. */
  readonly value: string;
}

export interface Subject {
  /** Id of the server; undefined for every server of the run. */
  readonly server: string | undefined;
  readonly scenario: ScopedScenario;
  /** What follows the scenario, without the dot between: the id of a metric, empty if nothing follows. */
  readonly name: string;
}

/** Finds the scenario, and the server, that an assertion `path[filter]behind …` is about. */
export function subjectOf(
  { path, filter, behind }: { path: string; filter: string | undefined; behind: string },
  scope: AssertionScope,
): Subject {
  // The dot behind the brackets is easily forgotten, and nothing else can be meant.
  const whole = /^(\.|$)/.test(behind) ? path + behind : `${path}.${behind}`;
  const all = subjectsOf(whole, scope);
  const subjects = filter === undefined ? all : all.filter((one) => idsOf(one) === path);
  const subject =
    subjects.find(({ scenario, name }) => scenario.metrics.some(({ id }) => id === name)) ??
      subjects[0];
  if (subject !== undefined) return subject;
  const [meant] = all;
  if (meant === undefined) throw unknownSubject(whole, scope);
  throw new UsageError(
    `the brackets must directly follow the scenario. Write ${idsOf(meant)}[${filter}].${
      meant.name.replace(/^\./, "") || "METRIC"
    }`,
  );
}

/** The server, if one is named, and the scenario, as they are typed. */
export function idsOf({ server, scenario }: Pick<Subject, "server" | "scenario">): string {
  return server === undefined ? scenario.id : `${server}.${scenario.id}`;
}

/** Every way to read a path, as ids may hold dots and servers be named like scenarios: those with a server first. */
function subjectsOf(path: string, { servers, scenarios }: AssertionScope): Subject[] {
  const starts = [
    ...servers.map(({ id }) => ({ server: id, rest: behindId(id, path) })),
    { server: undefined, rest: path },
  ];
  return starts.flatMap(({ server, rest }) =>
    scenarios.flatMap((scenario) => {
      const name = rest === undefined ? undefined : behindId(scenario.id, rest);
      return name === undefined ? [] : [{ server, scenario, name }];
    })
  );
}

/** What follows an id and its dot; undefined if a path does not begin with the id. */
function behindId(id: string, path: string): string | undefined {
  if (path === id) return "";
  return path.startsWith(`${id}.`) ? path.slice(id.length + 1) : undefined;
}

function unknownSubject(path: string, scope: AssertionScope): UsageError {
  const servers = scope.servers.map(({ id }) => id);
  const scenarios = scope.scenarios.map(({ id }) => id);
  const server = servers.find((id) => behindId(id, path) !== undefined);
  const [first = "", second = ""] = path.split(".");
  if (server !== undefined) {
    const [word = ""] = behindId(server, path)!.split(".");
    return unknown(`scenario after the server ${server}`, word, scenarios);
  }
  if (/^[+-]?\.?\d/.test(path)) {
    return new UsageError(
      `the figure must come before the operator, as SCENARIO.METRIC < VALUE: received "${path}"`,
    );
  }
  const likeServer = scenarios.includes(second) ||
    (first !== "" && nearest(first, servers) !== undefined &&
      nearest(first, scenarios) === undefined);
  return likeServer ? unknown("server", first, servers) : unknown("scenario", first, scenarios);
}

export function metricOf({ id, metrics }: ScopedScenario, name: string): MetricDefinition {
  const metric = metrics.find((metric) => metric.id === name);
  if (metric !== undefined) return metric;
  throw unknown(`metric of ${id}`, name, metrics.map((metric) => metric.id));
}

/** A number may also have commas: only one before the next `NAME=` divides. */
const BETWEEN_CONDITIONS = /,(?=[^,=]*=)/;

/** Reads what is in the brackets; some case of the scenario must meet it. */
export function conditionsOf(filter: string, { id, cases }: ScopedScenario): Condition[] {
  const where = filter.split(BETWEEN_CONDITIONS).map(conditionOf);
  const names = [...new Set(cases.flatMap(({ parameters }) => Object.keys(parameters)))];
  for (const { name } of where) {
    if (!names.includes(name)) throw unknown(`parameter of ${id}`, name, names);
  }
  if (!cases.some(({ parameters }) => meets(parameters, where))) {
    const known = cases.map(({ parameters }) =>
      inBrackets(
        Object.entries(parameters).map(([name, value]) => ({ name, value: String(value) })),
      )
    );
    throw new UsageError(`${id} has no case ${inBrackets(where)}. Known: ${known.join(", ")}`);
  }
  return where;
}

function conditionOf(text: string): Condition {
  const [, name, value] = text.match(/^([^=]+)=(.+)$/) ?? [];
  if (name === undefined || value === undefined) {
    throw new UsageError(
      `PARAMETER=VALUE must be in the brackets, as size=64: received "${text}"`,
    );
  }
  return { name, value: String(readNumber(value) ?? value) };
}

/** Conditions as they are typed: `[connections=16,size=64]`. */
export function inBrackets(where: readonly Condition[]): string {
  return `[${where.map(({ name, value }) => `${name}=${value}`).join(",")}]`;
}

/** Whether a case with these parameters meets all conditions. */
export function meets(parameters: CaseParameters, where: readonly Condition[]): boolean {
  const values = new Map(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
  return where.every(({ name, value }) => values.get(name) === value);
}

function unknown(what: string, word: string, known: readonly string[]): UsageError {
  return new UsageError(
    word === ""
      ? `it names no ${what}. Known: ${known.join(", ") || "none"}`
      : `unknown ${unknownWord(what, word, known)}`,
  );
}
