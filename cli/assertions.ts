/** Assertions of the user: read before anything else is done, and checked against a result in the end. */

import type { Result } from "../measure/model/result.ts";
import {
  type Assertion,
  type AssertionScope,
  parseAssertion,
} from "../bench/assertions/assertion.ts";
import {
  type AssertionOutcome,
  checkAssertion,
  describeOutcome,
} from "../bench/assertions/check.ts";
import type { Check } from "../report/format.ts";
import { EXIT } from "./command.ts";
import { printError } from "./output/terminal.ts";

/** @throws {UsageError} for the first that cannot be read, or is about something else */
export function readAssertions(texts: readonly string[], scope: AssertionScope): Assertion[] {
  return texts.map((text) => parseAssertion(text, scope));
}

/** Checks assertions against a result. */
export function checkAssertions(
  assertions: readonly Assertion[],
  result: Result,
): AssertionOutcome[] {
  return assertions.flatMap((assertion) => checkAssertion(assertion, result));
}

/** Outcomes as reports show them. */
export function checksOf(outcomes: readonly AssertionOutcome[]): Check[] {
  return outcomes.map((outcome) => ({
    assertion: outcome.assertion.text,
    server: outcome.server.id,
    scenario: outcome.scenario.id,
    case: outcome.case.id,
    holds: outcome.holds,
    said: describeOutcome(outcome),
  }));
}

/**
 * Prints a line for each check that failed, and one for those that held.
 *
 * @returns whether all held
 */
export function reportOutcomes(outcomes: readonly AssertionOutcome[]): boolean {
  const failed = outcomes.filter(({ holds }) => !holds);
  for (const outcome of failed) printError(describeOutcome(outcome));
  const held = outcomes.length - failed.length;
  if (held > 0) {
    const checks = outcomes.length === 1 ? "1 check" : `${outcomes.length} checks`;
    printError(failed.length === 0 ? `held: all of ${checks}` : `held: ${held} of ${checks}`);
  }
  return failed.length === 0;
}

/**
 * The exit code for a result.
 *
 * @param doHold whether all assertions held; a failed one says more than a failed trial or a wrong reply
 */
export function exitCodeOf({ trials }: Result, doHold: boolean): number {
  if (!doHold) return EXIT.exceeded;
  const areRight = trials.every((trial) =>
    trial.state === "completed" && trial.warnings.every(({ kind }) => kind !== "wrong replies")
  );
  return areRight ? EXIT.done : EXIT.failed;
}
