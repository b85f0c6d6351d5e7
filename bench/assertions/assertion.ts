/** Assertions about figures, such as `latency.p99 < 5ms`, read from text. */

import type { MetricDefinition } from "../../measure/model/result.ts";
import { readLimit } from "./limit.ts";
import {
  type AssertionScope,
  type Condition,
  conditionsOf,
  idsOf,
  inBrackets,
  metricOf,
  subjectOf,
} from "./subject.ts";
import { UsageError } from "../usage.ts";

export type { AssertionScope, Condition } from "./subject.ts";

export type Operator = "<" | "<=" | ">" | ">=";

/** What must hold for a figure. */
export interface Assertion {
  /** As the user typed it, with spaces around the operator alone: `latency[size=64].p99 < 5ms`. */
  readonly text: string;
  /** Id of the server; undefined for every server of the run. */
  readonly server: string | undefined;
  readonly scenario: string;
  /** What a case must have; empty for every case of the scenario. */
  readonly where: readonly Condition[];
  readonly metric: MetricDefinition;
  readonly operator: Operator;
  /** The limit, in the metric's unit. */
  readonly limit: number;
}

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ["<", "<"],
  ["<=", "<="],
  ["≤", "<="],
  [">", ">"],
  [">=", ">="],
  ["≥", ">="],
]);

const PARTS = /^([^[\]<>=!≤≥]*)(?:\[([^\]]*)\])?([^[\]<>=!≤≥]*)([<>=!≤≥]+)(.*)$/;

/**
 * Reads `[SERVER.]SCENARIO[\[PARAMETER=VALUE,…\]].METRIC OPERATOR VALUE[UNIT]`. Without a server it is about every
 * server, without parameters about every case of the scenario.
 *
 * @throws {UsageError} for what cannot be read, and for a server, scenario, case or metric that the run does not have
 */
export function parseAssertion(text: string, scope: AssertionScope): Assertion {
  const typed = text.trim().replaceAll(/\s+/g, " ");
  try {
    return read(typed, scope);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`Cannot use the assertion "${typed}": ${error.message}`);
  }
}

function read(typed: string, scope: AssertionScope): Assertion {
  const { path, filter, behind, operator, value } = partsOf(typed);
  const subject = subjectOf({ path, filter, behind }, scope);
  const { server, scenario } = subject;
  const metric = metricOf(scenario, subject.name);
  const where = filter === undefined ? [] : conditionsOf(filter, scenario);
  const figure = `${idsOf(subject)}${filter === undefined ? "" : inBrackets(where)}.${metric.id}`;
  return {
    text: `${figure} ${operator} ${value}`,
    server,
    scenario: scenario.id,
    where,
    metric,
    operator,
    limit: readLimit(value, metric),
  };
}

/** `path[filter]behind operator value`; without brackets, all before the operator is the path. */
function partsOf(typed: string) {
  if (!/[<>=!≤≥]/.test(typed.replaceAll(/\[[^\]]*\]/g, ""))) {
    throw new UsageError(
      "it has no operator. Write SCENARIO.METRIC < VALUE, in quotes, as the shell takes < and > for itself",
    );
  }
  const [, path, filter, behind, sign, value] = typed.match(PARTS) ?? [];
  if (path === undefined || behind === undefined || sign === undefined || value === undefined) {
    throw new UsageError(
      "its brackets cannot be read. Write one pair, after the scenario: SCENARIO[PARAMETER=VALUE].METRIC < VALUE",
    );
  }
  return {
    path: tight(path),
    filter: filter === undefined ? undefined : tight(filter),
    behind: tight(behind),
    operator: operatorOf(sign),
    value: value.trim(),
  };
}

/** Without the spaces around what joins words. */
function tight(text: string): string {
  return text.trim().replaceAll(/\s*([.,=])\s*/g, "$1");
}

function operatorOf(sign: string): Operator {
  const operator = OPERATORS.get(sign);
  if (operator !== undefined) return operator;
  throw new UsageError(
    /^[=!]=*$/.test(sign)
      ? `a measured figure never equals a value. Use <, <=, > or >=: received ${sign}`
      : `unknown operator ${sign}. Known: <, <=, >, >=`,
  );
}
