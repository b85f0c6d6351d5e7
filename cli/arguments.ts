/** Reads the arguments of a command, strictly. */

import { parseArgs } from "@std/cli/parse-args";
import { UsageError } from "../bench/usage.ts";
import { readDuration } from "../scenarios/traffic/timing/duration.ts";
import { checkNames, unknownOption } from "./options/names.ts";
import type { Option } from "./options/option.ts";

export type { Option } from "./options/option.ts";

export interface Arguments {
  /** The text that an option was given; the last one when it was given more than once. */
  text(name: string): string | undefined;
  /** Every text that a repeatable option was given, in order. */
  all(name: string): readonly string[];
  /** The words of an option's comma-separated list. */
  list(name: string): string[] | undefined;
  /** The number that an option was given; `10k` is 10,000, `1M` a million. */
  number(name: string): number | undefined;
  /** The number of bytes that an option was given, with or without its unit: `64`, `16KiB`, `1MB`. */
  bytes(name: string): number | undefined;
  /** The time that an option was given in seconds, or with its unit, in milliseconds: 2000 for `2` and `2s`. */
  seconds(name: string): number | undefined;
  /** The time that an option was given with its unit (us, ms, s), in milliseconds. */
  milliseconds(name: string): number | undefined;
  /** The number per second that an option was given, with or without `/s`: `500`, `10k/s`. */
  perSecond(name: string): number | undefined;
  /** The percentage that an option was given, with or without its sign, as a share: 0.05 for `5%`. */
  share(name: string): number | undefined;
  has(name: string): boolean;
  /** Arguments that are not options. */
  readonly positional: readonly string[];
}

/** What is to be said of arguments that are not options, where the command knows more. */
export interface ArgumentHints {
  /** What those are that are missing, after their names. */
  missing(names: readonly string[]): string;
  /** What was probably meant with one too many, after it. */
  unexpected(word: string): string;
}

const NO_HINTS: ArgumentHints = { missing: () => "", unexpected: () => ", see --help" };

const MILLISECONDS: Readonly<Record<string, number>> = { us: 1e-3, "µs": 1e-3, ms: 1, s: 1000 };

/**
 * @param positionals names of the arguments that are not options; the last one, in brackets with an ellipsis as in
 * `[NAME…]`, may be given any number of times
 * @throws {UsageError} for an unknown option, a missing value, or an argument too many
 */
export function readArguments(
  args: readonly string[],
  options: readonly Option[],
  positionals: readonly string[] = [],
  hints: ArgumentHints = NO_HINTS,
): Arguments {
  const valued = options.filter(({ value }) => value !== undefined).map(({ name }) => name);
  const switches = options.filter(({ value }) => value === undefined).map(({ name }) => name);
  checkNames(args, options);
  const parsed = parseArgs(joinMore(joinNegative(args, valued), options), {
    string: [...valued, "_"],
    boolean: switches,
    collect: options.filter(({ repeatable }) => repeatable).map(({ name }) => name),
    alias: { h: "help" },
  });
  for (const [name, value] of Object.entries(parsed)) {
    if (name === "_" || name === "h" || switches.includes(name)) continue;
    if (!valued.includes(name)) {
      throw unknownOption(name.length === 1 ? "-" : "--", name, options);
    }
    const { bare } = options.find((option) => option.name === name)!;
    if (bare !== undefined && value === "") parsed[name] = bare;
    else if ([value].flat().includes("")) {
      throw new UsageError(`--${name} needs a value: ${usageOf(options, name)}`);
    }
  }
  const positional = parsed._.map(String);
  const isOpen = positionals.at(-1)?.endsWith("…]") ?? false;
  const needed = isOpen ? positionals.slice(0, -1) : positionals;
  if (positional.length < needed.length) {
    const missing = needed.slice(positional.length);
    throw new UsageError(`Missing: ${missing.join(" ")}${hints.missing(missing)}`);
  }
  if (positional.length > needed.length && !isOpen) {
    const word = positional[needed.length]!;
    throw new UsageError(`Unexpected argument "${word}"${hints.unexpected(word)}`);
  }

  return { ...gettersOf(parsed), positional };
}

/** What was given under a name, in each form that a command may need. */
function gettersOf(parsed: Readonly<Record<string, unknown>>): Omit<Arguments, "positional"> {
  const all = (name: string): string[] =>
    [parsed[name]].flat().filter((value) => typeof value === "string");
  const text = (name: string): string | undefined => all(name).at(-1);
  const read = (
    name: string,
    what: string,
    parse: (given: string) => number,
  ): number | undefined => {
    const given = text(name);
    if (given === undefined) return undefined;
    const value = parse(given.trim());
    if (Number.isFinite(value)) return value;
    throw new UsageError(`--${name} needs ${what}: received "${given}"`);
  };
  return {
    text,
    all,
    has: (name) => parsed[name] === true,
    list: (name) => text(name)?.split(",").map((word) => word.trim()).filter((word) => word !== ""),
    number: (name) => read(name, "a number", readNumber),
    bytes: (name) => read(name, "a number of bytes, such as 64, 16KiB or 1MB", readBytes),
    seconds: (name) => read(name, "a time, such as 10 or 10s, 500ms, 2min", readSeconds),
    milliseconds: (name) =>
      read(name, "a time with its unit, such as 10ms", (given) => {
        const [, digits, unit = ""] = /^(-?[\d.]+)\s*(\D+)$/.exec(given) ?? [];
        return Number(digits) * (MILLISECONDS[unit] ?? NaN);
      }),
    perSecond: (name) =>
      read(
        name,
        "a number per second, such as 500 or 500/s",
        (given) => readNumber(/^(-?[\d.e+]+[kM]?)\s*(?:\/\s*s)?$/.exec(given)?.[1] ?? ""),
      ),
    share: (name) =>
      read(
        name,
        "a percentage, such as 5%",
        (given) => Number(/^±?([\d.]+)\s*%?$/.exec(given)?.[1]) / 100,
      ),
  };
}

const THOUSANDS: Readonly<Record<string, number>> = { k: 1e3, M: 1e6 };
/** How many bytes a unit has; small and capital letters are not told apart. */
const BYTES: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

function readNumber(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([kM])$/.exec(text) ?? [];
  if (unit !== undefined) return Number(digits) * THOUSANDS[unit]!;
  return text === "" ? NaN : Number(text);
}

function readBytes(text: string): number {
  const [, digits, unit = ""] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  return digits === undefined
    ? readNumber(text)
    : Number(digits) * (BYTES[unit.toLowerCase()] ?? NaN);
}

/** Reads a time in seconds, or with its unit, as milliseconds; NaN for anything else. */
export function readSeconds(text: string): number {
  return text === "" ? NaN : readDuration(text) ?? Number(text) * 1000;
}

/** `--duration -1` would be read as two options; joined, -1 can be refused as a value. */
function joinNegative(args: readonly string[], valued: readonly string[]): string[] {
  const joined: string[] = [];
  for (const argument of args) {
    const last = joined.at(-1);
    if (/^-\d/.test(argument) && last?.startsWith("--") && valued.includes(last.slice(2))) {
      joined[joined.length - 1] = `${last}=${argument}`;
    } else joined.push(argument);
  }
  return joined;
}

/** `--cpus server=0-3 generator=4-7` gives one value in two arguments. */
function joinMore(args: readonly string[], options: readonly Option[]): string[] {
  const joined: string[] = [];
  let more: RegExp | undefined;
  let hasValue = false;
  for (const argument of args) {
    const [, name, sign] = /^--([^=]+)(=?)/.exec(argument) ?? [];
    if (name !== undefined) {
      more = options.find((option) => option.name === name)?.more;
      hasValue = sign === "=";
    } else if (hasValue && more?.test(argument)) {
      joined[joined.length - 1] += ` ${argument}`;
      continue;
    } else hasValue = !hasValue;
    joined.push(argument);
  }
  return joined;
}

function usageOf(options: readonly Option[], name: string): string {
  const option = options.find((option) => option.name === name)!;
  return `--${name} ${option.value}`;
}

/** An object without the keys that have no value. */
export function defined<T extends object>(
  values: T,
): { [name in keyof T]?: Exclude<T[name], undefined> } {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as ReturnType<typeof defined<T>>;
}
