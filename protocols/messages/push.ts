/** Rules of messages that a server sends by itself: where each has its number, and the time at which it was made. */

import { JsonFields, pointerProblem } from "../json/fields.ts";
import { patternProblem, textOf } from "./rule.ts";

/** How times are written: as a number since 1970 in UTC, or as ISO 8601; each with its length in milliseconds. */
const UNITS = { s: 1000, ms: 1, us: 1e-3, ns: 1e-6, iso: NaN } as const satisfies Readonly<
  Record<NonNullable<PushRule["unit"]>, number>
>;

/** A rule, by pointers into JSON (RFC 6901) or by a pattern with the groups `sequence` and `time`. */
export interface PushRule {
  /** Where the number is, which is one more in each message of a connection. */
  readonly sequence?: string;
  /** Where the time is. */
  readonly time?: string;
  /** How the time is written. */
  readonly unit?: "s" | "ms" | "us" | "ns" | "iso";
  /** Instead of pointers. */
  readonly pattern?: string;
}

/** What the messages of wsmark's own servers have: see `servers/`. */
export const OWN_PUSHES: PushRule = { sequence: "/sequence", time: "/time", unit: "us" };

const KNOWN = "must be as '/seq', '/seq /time ms' or " +
  '{ "pattern": "^tick (?<sequence>\\\\d+) (?<time>\\\\d+)", "unit": "ms" }';

/** Reads a rule as it is written on the command line: `/seq`, `/seq /time ms`, or JSON; {@linkcode pushProblem} checks it. */
export function readPushRule(text: string): unknown {
  if (text.startsWith("{")) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  const [sequence, time, unit, ...more] = text.trim().split(/\s+/);
  if (more.length > 0 || !text.startsWith("/")) return text;
  return { sequence, ...(time !== undefined && { time }), ...(unit !== undefined && { unit }) };
}

/** Why a value is no {@linkcode PushRule}, as a phrase that follows its name; undefined if it is one. */
export function pushProblem(rule: unknown): string | undefined {
  if (typeof rule !== "object" || rule === null || Array.isArray(rule)) return KNOWN;
  const { sequence, time, unit, pattern, ...others } = rule as Record<string, unknown>;
  const isEmpty = sequence === undefined && time === undefined && pattern === undefined;
  if (isEmpty || Object.keys(others).length > 0) return KNOWN;
  let hasTime = time !== undefined;
  if (pattern === undefined) {
    for (const [name, pointer] of Object.entries({ sequence, time })) {
      const problem = pointer === undefined ? undefined : pointerProblem(pointer);
      if (problem !== undefined) return `has "${name}", which ${problem}`;
    }
  } else {
    if (sequence !== undefined || hasTime) return "must have pointers or a pattern, not both";
    const problem = patternProblem(pattern);
    if (problem !== undefined) return `has "pattern", which ${problem}`;
    const groups = groupsOf(String(pattern));
    if (groups.length === 0) return 'has "pattern", which must have (?<sequence>…) or (?<time>…)';
    hasTime = groups.includes("time");
  }
  if (hasTime === (unit !== undefined)) return unitProblem(unit);
  return hasTime
    ? `must say how the time is written: "unit" is one of ${Object.keys(UNITS).join(", ")}`
    : 'has "unit" without a time';
}

function unitProblem(unit: unknown): string | undefined {
  if (unit === undefined || Object.hasOwn(UNITS, String(unit))) return undefined;
  return `must have as "unit" one of ${Object.keys(UNITS).join(", ")}`;
}

/** Those of the two groups that a pattern has. */
function groupsOf(pattern: string): string[] {
  // With an alternative that is empty every pattern fits, and shows its groups.
  const { groups = {} } = new RegExp(`${pattern}|`, "u").exec("")!;
  return Object.keys(groups).filter((name) => name === "sequence" || name === "time");
}

/** Reads one message after the other; what it found stands in fields, because then nothing is allocated for a message. */
export interface PushReader {
  /** Whether the messages have numbers. */
  readonly hasNumbers: boolean;
  /** Of the message that was read: its number, and its time in milliseconds since 1970; NaN where there is none. */
  readonly found: Float64Array;
  /** Reads a message; whether it is one by the rule: others were not sent on the stream. */
  read(buffer: Uint8Array, start: number, end: number): boolean;
}

const [SEQUENCE, TIME] = [0, 1];

/** @param rule without a {@linkcode pushProblem} */
export function pushReader(rule: PushRule): PushReader {
  return rule.pattern === undefined ? byPointers(rule) : byPattern(rule, rule.pattern);
}

function byPointers({ sequence, time, unit = "ms" }: PushRule): PushReader {
  const hasNumbers = sequence !== undefined;
  const fields = new JsonFields([sequence ?? time!, time ?? sequence!]);
  const found = new Float64Array(2);
  function put(index: number, unit: keyof typeof UNITS | undefined): void {
    found[index] = NaN;
    if (!fields.readContent(index)) return;
    const { content, contentStart, contentEnd } = fields;
    if (unit === "iso") found[index] = Date.parse(textOf(content, contentStart, contentEnd));
    else readDecimal(found, index, content, contentStart, contentEnd);
    if (unit !== undefined && unit !== "iso") found[index]! *= UNITS[unit];
  }
  return {
    hasNumbers,
    found,
    read(buffer, start, end) {
      if (!fields.read(buffer, start, end)) return false;
      found[SEQUENCE] = found[TIME] = NaN;
      if (hasNumbers) put(SEQUENCE, undefined);
      if (time !== undefined) put(TIME, unit);
      return hasNumbers ? Number.isSafeInteger(found[SEQUENCE]!) : !Number.isNaN(found[TIME]!);
    },
  };
}

function byPattern({ unit = "ms" }: PushRule, pattern: string): PushReader {
  const expression = new RegExp(pattern, "u");
  const hasNumbers = groupsOf(pattern).includes("sequence");
  const found = new Float64Array(2);
  return {
    hasNumbers,
    found,
    read(buffer, start, end) {
      const match = expression.exec(textOf(buffer, start, end));
      if (match === null) return false;
      const { sequence, time } = match.groups!;
      found[SEQUENCE] = sequence === undefined ? NaN : Number(sequence);
      found[TIME] = time === undefined
        ? NaN
        : unit === "iso"
        ? Date.parse(time)
        : Number(time) * UNITS[unit];
      return !hasNumbers || Number.isSafeInteger(found[SEQUENCE]!);
    },
  };
}

const [ZERO, POINT] = [0x30, 0x2e];

/** Reads a number without sign and exponent into a place; NaN for anything else. */
function readDecimal(
  into: Float64Array,
  index: number,
  source: Uint8Array,
  start: number,
  end: number,
): void {
  let value = start < end ? 0 : NaN;
  let scale = 0;
  for (let at = start; at < end; at++) {
    const digit = source[at]! - ZERO;
    if (source[at] === POINT && scale === 0 && at > start && at + 1 < end) scale = 1;
    else if (digit < 0 || digit > 9) value = NaN;
    else {
      value = value * 10 + digit;
      scale *= 10;
    }
  }
  into[index] = scale > 1 ? value / scale : value;
}
