/** Checks what is read from `results.json` and `trials.jsonl`. */

import type { z } from "zod";
import { checkSize, parseJson } from "./limits.ts";
import { RESULT_PARTS } from "./result_schema.ts";
import type { Result, Trial } from "./types.generated.ts";
import { upgradeResult, upgradeTrial } from "./upgrade.ts";

// The types are made from these schemas; but what is optional may be undefined for a schema, and only be absent for us.
const result = RESULT_PARTS.Result as z.ZodType as z.ZodType<Result>;
const trial = RESULT_PARTS.Trial as z.ZodType as z.ZodType<Trial>;

/** What a result holds beside its trials, and what one of these holds: an hour of slices has 288,000 values. */
const MOST_VALUES = 500_000;

/**
 * Reads a result.
 *
 * @throws {SyntaxError} when the text is not JSON or not a result, naming the first place that is wrong
 */
export function parseResult(json: string): Result {
  const what = "a result of wsmark";
  const value = valueOf(json, what);
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const { trials, ...rest } = upgradeResult(isObject ? value as Record<string, unknown> : {});
  if (!isObject || !Array.isArray(trials)) return check(value, result, what);
  // One after another, up to the first that is wrong: a million wrong ones take no longer to refuse.
  const found = check({ ...rest, trials: [] }, result, what);
  return {
    ...found,
    trials: trials.map((one, index) => check(upgradeTrial(one), trial, what, `trials.${index}`)),
  };
}

/**
 * Reads a line of `trials.jsonl`.
 *
 * @throws {SyntaxError} when the text is not JSON or not a trial, naming the first place that is wrong
 */
export function parseTrial(json: string): Trial {
  const what = "a trial of wsmark";
  return check(upgradeTrial(valueOf(json, what)), trial, what);
}

function valueOf(json: string, what: string): unknown {
  try {
    return parseJson(json);
  } catch (error) {
    throw new SyntaxError(`Cannot read ${what}: ${(error as Error).message}`, { cause: error });
  }
}

function check<T>(value: unknown, schema: z.ZodType<T>, what: string, place = ""): T {
  checkSize(value, what, MOST_VALUES);
  const outcome = schema.safeParse(value);
  if (outcome.success) return outcome.data;
  const [{ path, message } = { path: [], message: "unknown" }] = outcome.error.issues;
  const where = [...place === "" ? [] : [place], ...path].join(".") || "the whole";
  throw new SyntaxError(`Cannot read ${what}: ${where}: ${message}`);
}
