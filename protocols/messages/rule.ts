/** Rules that messages of a server fit or not: by a text in them, a pattern, or values in their JSON. */

import { Bytes, bytesOf } from "../parts/bytes.ts";
import { JsonFields, pointerProblem } from "../json/fields.ts";
import type { OptionValue } from "../types.ts";
import { noJson } from "./template.ts";

/** Whether a message of a server fits. */
export type Matches = (buffer: Uint8Array, start: number, end: number) => boolean;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const PATTERN = "pattern:";
const CONTAINS = "contains:";

/** The text of a message: what a pattern needs. */
export function textOf(buffer: Uint8Array, start: number, end: number): string {
  return decoder.decode(buffer.subarray(start, end));
}

/** Whether a value is JSON with names, and not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, OptionValue>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads a rule as it is written on the command line: a text, `contains:TEXT` for one that looks like something else,
 * `pattern:REGEX`, or JSON such as `{"/type":"tick"}`.
 *
 * @throws {SyntaxError} for what begins as JSON and is none, with a phrase that follows its name
 */
export function readRule(text: string): OptionValue {
  if (text.startsWith(PATTERN)) return { pattern: text.slice(PATTERN.length) };
  if (text.startsWith(CONTAINS)) return text.slice(CONTAINS.length);
  return text.startsWith("{") ? readJson(text) : text;
}

/**
 * Reads JSON from the command line.
 *
 * @throws {SyntaxError} if it is none, with a phrase that follows its name
 */
export function readJson(text: string): OptionValue {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(
      `${noJson((error as Error).message)}; ${CONTAINS}TEXT says that it is a text`,
    );
  }
}

/** Why a text is no pattern, as a phrase that follows its name; undefined if it is one. */
export function patternProblem(pattern: unknown): string | undefined {
  if (typeof pattern !== "string") return "must be a pattern";
  try {
    new RegExp(pattern, "u");
    return undefined;
  } catch (error) {
    return `is no pattern (${(error as Error).message.replace(/^.*: /, "")})`;
  }
}

/** Why a rule cannot be used, as a phrase that follows its name; undefined if it can. */
export function ruleProblem(rule: OptionValue | undefined): string | undefined {
  if (typeof rule === "string") return rule === "" ? "must not be empty" : undefined;
  if (!isObject(rule) || Object.keys(rule).length === 0) {
    return 'must be a text, { "pattern": … }, or values by pointers, such as { "/type": "tick" }';
  }
  if ("pattern" in rule && Object.keys(rule).length === 1) return patternProblem(rule.pattern);
  for (const pointer of Object.keys(rule)) {
    const problem = pointerProblem(pointer);
    if (problem !== undefined) {
      const meant = pointer.startsWith("/") ? "" : `, as ${JSON.stringify(`/${pointer}`)}`;
      return `has the pointer ${JSON.stringify(pointer)}, which ${problem}${meant}`;
    }
  }
  return undefined;
}

/** Makes the function that looks whether messages fit a rule without a {@linkcode ruleProblem}. */
export function matcherOf(rule: OptionValue): Matches {
  if (typeof rule === "string") return contains(rule);
  const { pattern, ...values } = rule as Readonly<Record<string, OptionValue>>;
  if (pattern !== undefined) {
    const expression = new RegExp(pattern as string, "u");
    return (buffer, start, end) => expression.test(textOf(buffer, start, end));
  }
  return hasValues(values);
}

/** Whether messages contain a text. */
export function contains(text: string): Matches {
  const wanted = bytesOf(text);
  const bytes = new Bytes(wanted);
  const [first] = wanted;
  return (buffer, start, end) => {
    const last = end - wanted.length;
    for (let at = start; at <= last; at++) {
      if (buffer[at] === first && bytes.equal(buffer, at)) return true;
    }
    return false;
  };
}

/** Whether messages are JSON with some values, by their pointers. */
function hasValues(values: Readonly<Record<string, OptionValue>>): Matches {
  const fields = new JsonFields(Object.keys(values));
  const wanted = Object.values(values).map(valueMatcher);
  return (buffer, start, end) => {
    if (!fields.read(buffer, start, end)) return false;
    for (let index = 0; index < wanted.length; index++) {
      if (!wanted[index]!(fields, index)) return false;
    }
    return true;
  };
}

function valueMatcher(value: OptionValue): (fields: JsonFields, index: number) => boolean {
  if (typeof value === "object" && value !== null) {
    const written = JSON.stringify(value);
    return (fields, index) => JSON.stringify(fields.value(index)) === written;
  }
  const isText = typeof value === "string";
  const bytes = new Bytes(bytesOf(String(value)));
  return (fields, index) =>
    fields.isText(index) === isText && fields.readContent(index) &&
    fields.contentEnd - fields.contentStart === bytes.length &&
    bytes.equal(fields.content, fields.contentStart);
}

/** A rule in words, as what a message is. */
export function describeRule(rule: OptionValue): string {
  if (typeof rule === "string") return `a message with ${JSON.stringify(rule)}`;
  const { pattern, ...values } = rule as Readonly<Record<string, OptionValue>>;
  if (pattern !== undefined) return `a message that fits ${pattern}`;
  const said = Object.entries(values).map(([pointer, value]) =>
    `${pointer} ${JSON.stringify(value)}`
  );
  return `JSON with ${said.join(" and ")}`;
}
