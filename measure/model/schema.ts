/** Checks what is read from `results.json` and `trials.jsonl`. */

import type { z } from "zod";
import { checkSize, parseJson } from "./limits.ts";
import { type Result, SCHEMA_VERSION, type Trial } from "./result.ts";
import * as schemas from "./result_schema.ts";

// The types are made from these schemas; but a schema lets an optional field be undefined, the types only absent.
const result = schemas.Result as z.ZodType as z.ZodType<Result>;
const trial = schemas.Trial as z.ZodType as z.ZodType<Trial>;

/** The most values of a result without its trials, and of one trial: an hour of slices has 288,000. */
const MOST_VALUES = 500_000;

/**
 * Reads a result.
 *
 * @throws {SyntaxError} when the text is not JSON or not a result, naming the first wrong place
 */
export function parseResult(json: string): Result {
  const what = "a result of wsmark";
  const value = valueOf(json, what);
  const { trials, ...rest } = isFields(value) ? value : {};
  if (!Array.isArray(trials)) return check(value, result, what);
  // Version 2 differs from 3 in its trials alone.
  const { schemaVersion } = rest;
  const upgraded = { ...rest, ...(schemaVersion === 2 && { schemaVersion: SCHEMA_VERSION }) };
  // One after another, up to the first wrong one: a million of them take no longer to refuse.
  const found = check({ ...upgraded, trials: [] }, result, what);
  return {
    ...found,
    trials: trials.map((one, index) => checkTrial(upgradeTrial(one), what, `trials.${index}`)),
  };
}

/**
 * Reads a line of `trials.jsonl`.
 *
 * @throws {SyntaxError} when the text is not JSON or not a trial, naming the first wrong place
 */
export function parseTrial(json: string): Trial {
  const what = "a trial of wsmark";
  return checkTrial(upgradeTrial(valueOf(json, what)), what);
}

/** Checks a trial. Single latencies are kept as they are: the schema would copy a million numbers one by one. */
function checkTrial(value: unknown, what: string, place?: string): Trial {
  const lists = listsOf(value);
  if (lists === undefined) return check(value, trial, what, place);
  const { samples, ...rest } = value as { readonly samples: Fields };
  const emptied = { ...rest, samples: { ...samples, atMs: [], latencyMs: [] } };
  const found = check(emptied, trial, what, place);
  if (found.state === "failed" || found.samples === undefined) return found;
  return { ...found, samples: { ...found.samples, ...lists } };
}

/** The lists of single latencies of what may be a trial; undefined if the schema must say what is wrong with them. */
function listsOf(value: unknown): { atMs: number[]; latencyMs: number[] } | undefined {
  const samples = isFields(value) ? value["samples"] : undefined;
  if (!isFields(samples)) return undefined;
  const { atMs, latencyMs } = samples;
  if (!isNumbers(atMs) || !isNumbers(latencyMs) || atMs.length !== latencyMs.length) {
    return undefined;
  }
  return { atMs, latencyMs };
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(Number.isFinite);
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Brings a trial from version 2 to 3: compressed bytes were among the counts, and now have their own account. */
function upgradeTrial(trial: unknown): unknown {
  if (!isFields(trial) || !isFields(trial["counts"])) return trial;
  const { sentCompressedBytes, replyCompressedBytes, ...counts } = trial["counts"];
  if (replyCompressedBytes === undefined) return trial;
  const compression = { sentBytes: sentCompressedBytes, replyBytes: replyCompressedBytes };
  return { ...trial, counts, compression };
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
