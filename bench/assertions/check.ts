/** Assertions held against a result. */

import { aggregate } from "../../measure/judge/aggregate.ts";
import {
  type CaseDescription,
  type Figure,
  isMeasured,
  type Result,
  type ScenarioDescription,
  type ServerDescription,
  type Trial,
} from "../../measure/model/result.ts";
import { wrongInWords } from "../../measure/record/wrong_replies.ts";
import { decimalsBeside } from "../../measure/text/decimals.ts";
import type { Assertion, Operator } from "./assertion.ts";
import { meets } from "./subject.ts";

/** Whether an assertion holds for one server in one case. */
export interface AssertionOutcome {
  /** Whether the figure keeps the limit and can be trusted. */
  readonly holds: boolean;
  /** What must hold; its limit is in the unit of its metric, as the figure is. */
  readonly assertion: Assertion;
  readonly server: ServerDescription;
  readonly scenario: ScenarioDescription;
  /** As it was run. */
  readonly case: CaseDescription;
  /** The figure of all rounds, or the reason why there is none. */
  readonly figure: Figure;
  /** Why it does not hold, whatever the figure is: trials that failed, replies that were wrong. Phrases. */
  readonly faults: readonly string[];
}

const KEEPS: Readonly<Record<Operator, (figure: number, limit: number) => boolean>> = {
  "<": (figure, limit) => figure < limit,
  "<=": (figure, limit) => figure <= limit,
  ">": (figure, limit) => figure > limit,
  ">=": (figure, limit) => figure >= limit,
};

/**
 * Checks an assertion for each server in each case that it is about, in the order of the tables. It does not hold if
 * there is no figure, if a trial failed, or if replies were wrong. Trials before the first round, which show a ceiling
 * or find a rate, do not count.
 *
 * @throws {RangeError} if the result does not have what the assertion is about
 */
export function checkAssertion(assertion: Assertion, result: Result): AssertionOutcome[] {
  const servers = result.servers.filter(({ id }) => id === (assertion.server ?? id));
  const places = result.scenarios.filter(({ id }) => id === assertion.scenario)
    .flatMap((scenario) => scenario.cases.map((one) => ({ scenario, case: one })))
    .filter((place) => meets(place.case.parameters, assertion.where))
    .flatMap((place) => servers.map((server) => ({ server, ...place })));
  if (places.length === 0) {
    throw new RangeError(
      `Cannot check an assertion as the result has no such server, scenario or case: received "${assertion.text}"`,
    );
  }
  return places.map((place) => judge(assertion, place, result.trials));
}

/** Whether a figure keeps the limit of an assertion; one that was not measured does not. */
export function keeps({ operator, limit }: Assertion, figure: Figure | undefined): boolean {
  return isMeasured(figure) && KEEPS[operator](figure, limit);
}

function judge(
  assertion: Assertion,
  place: Pick<AssertionOutcome, "server" | "scenario" | "case">,
  all: readonly Trial[],
): AssertionOutcome {
  const trials = all.filter((trial) =>
    trial.round > 0 && trial.server === place.server.id && trial.scenario === place.scenario.id &&
    trial.case === place.case.id
  );
  const figure = aggregate(trials, assertion.metric).value;
  const faults = [failuresIn(trials), wrongRepliesIn(trials)].filter((fault) =>
    fault !== undefined
  );
  const holds = faults.length === 0 && keeps(assertion, figure);
  return { ...place, assertion, holds, figure, faults };
}

function failuresIn(trials: readonly Trial[]): string | undefined {
  const failed = trials.filter(({ state }) => state === "failed").length;
  if (failed === 0) return undefined;
  return `${failed} of ${trials.length} trial${trials.length === 1 ? "" : "s"} failed`;
}

function wrongRepliesIn(trials: readonly Trial[]): string | undefined {
  const completed = trials.filter((trial) => trial.state === "completed");
  const wrong = wrongInWords(completed.map(({ integrity }) => integrity));
  return wrong === "" ? undefined : `its replies were wrong: ${wrong}`;
}

/** Puts an outcome on one line: `FAILED latency.p99 < 5ms: ws, 1 connection, 1 in flight, 64 B: 7.31 ms`. */
export function describeOutcome(
  { holds, assertion, server, case: one, figure, faults }: AssertionOutcome,
): string {
  const where = [server.id, one.title].filter((part) => part !== "").join(", ");
  const found = isMeasured(figure) ? inWords(figure, assertion) : `no figure: ${figure.absent}`;
  return `${holds ? "held" : "FAILED"} ${assertion.text}: ${where}: ${
    [found, ...faults].join("; ")
  }`;
}

/** A figure with its unit, and decimals enough to tell it from the limit. */
export function inWords(figure: number, { metric, limit }: Assertion): string {
  const decimals = decimalsOf(figure, metric.decimals, limit);
  const number = Number(figure.toFixed(decimals)).toLocaleString("en-US", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return `${number} ${metric.unit}`.trim().replace(/ 1\/s$/, "/s");
}

const SIGNIFICANT_DIGITS = 3;
const MOST_DECIMALS = 12;

/** The metric's decimals or three significant digits, and more if rounding would put the figure at the limit. */
function decimalsOf(figure: number, usual: number | undefined, limit: number): number {
  // 9.996 shows as 10.0, so the rounded number decides.
  const rounded = Math.abs(Number(figure.toPrecision(SIGNIFICANT_DIGITS)));
  const behind = rounded === 0 ? 0 : SIGNIFICANT_DIGITS - 1 - Math.floor(Math.log10(rounded));
  const decimals = usual ?? Math.min(MOST_DECIMALS, Math.max(0, behind));
  return decimalsBeside(limit, figure, decimals);
}
