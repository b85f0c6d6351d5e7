/**
 * Arguments of the commands: each option with its help, read strictly.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { nearest, UsageError } from "../runner/usage.ts";

/** An option of a command. */
export interface Option {
  /** Name without the dashes. */
  readonly name: string;
  /** What follows it, as the help shows it: `N`; absent for a switch. */
  readonly value?: string;
  /** One sentence for the help. */
  readonly help: string;
}

/** Arguments that were read. */
export interface Arguments {
  /** The text that an option was given; the last one when it was given more than once. */
  text(name: string): string | undefined;
  /** The words of an option's comma-separated list. */
  list(name: string): string[] | undefined;
  /** The number that an option was given. */
  number(name: string): number | undefined;
  /** The time that an option was given with its unit (us, ms, s), in milliseconds. */
  milliseconds(name: string): number | undefined;
  /** Whether a switch was given. */
  has(name: string): boolean;
  /** What is no option. */
  readonly positional: readonly string[];
}

/** Milliseconds in each unit of time. */
const MILLISECONDS: Readonly<Record<string, number>> = { us: 1e-3, "µs": 1e-3, ms: 1, s: 1000 };

/**
 * Reads the arguments of a command.
 *
 * @param args as the user typed them
 * @param options that the command has
 * @throws {UsageError} for an unknown option, a missing value, or an argument too many
 */
export function readArguments(
  args: readonly string[],
  options: readonly Option[],
  positionals: readonly string[] = [],
): Arguments {
  const valued = options.filter(({ value }) => value !== undefined).map(({ name }) => name);
  const switches = options.filter(({ value }) => value === undefined).map(({ name }) => name);
  const parsed = parseArgs(joinNegative(args, valued), {
    string: [...valued, "_"],
    boolean: switches,
    alias: { h: "help" },
  });
  for (const [name, value] of Object.entries(parsed)) {
    if (name === "_" || name === "h" || switches.includes(name)) continue;
    if (!valued.includes(name)) throw unknownOption(name, [...valued, ...switches]);
    if (value === "") throw new UsageError(`--${name} needs a value: ${usageOf(options, name)}`);
  }
  const positional = parsed._.map(String);
  if (positional.length !== positionals.length) {
    const extra = positional[positionals.length];
    throw new UsageError(
      extra === undefined
        ? `Missing: ${positionals.slice(positional.length).join(" ")}`
        : `Unexpected argument "${extra}", see --help`,
    );
  }

  const text = (name: string): string | undefined => {
    const value = parsed[name];
    return typeof value === "string" ? value : undefined;
  };
  return {
    text,
    positional,
    has: (name) => parsed[name] === true,
    milliseconds(name) {
      const given = text(name);
      if (given === undefined) return undefined;
      const [, digits, unit = ""] = /^(-?[\d.]+)\s*(\D+)$/.exec(given.trim()) ?? [];
      const value = Number(digits) * (MILLISECONDS[unit] ?? NaN);
      if (!Number.isFinite(value)) {
        throw new UsageError(`--${name} needs a time with its unit, as 10ms: received "${given}"`);
      }
      return value;
    },
    list: (name) => text(name)?.split(",").map((word) => word.trim()).filter((word) => word !== ""),
    number(name) {
      const given = text(name);
      if (given === undefined) return undefined;
      const value = Number(given);
      if (given.trim() === "" || !Number.isFinite(value)) {
        throw new UsageError(`--${name} needs a number: received "${given}"`);
      }
      return value;
    },
  };
}

/** `--duration -1` would be read as two options; joined it is a value that can be refused as such. */
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

function unknownOption(name: string, known: readonly string[]): UsageError {
  const dashes = name.length === 1 ? "-" : "--";
  const meant = nearest(name, known);
  return new UsageError(
    `Unknown option ${dashes}${name}${meant ? `, did you mean --${meant}?` : "."} See --help`,
  );
}

function usageOf(options: readonly Option[], name: string): string {
  const option = options.find((option) => option.name === name)!;
  return `--${name} ${option.value}`;
}

/** The options as lines for a help text. */
export function describeOptions(options: readonly Option[]): string {
  const left = options.map(({ name, value }) =>
    `  --${name}${value === undefined ? "" : ` ${value}`}`
  );
  const width = Math.max(...left.map(({ length }) => length)) + 2;
  return options.map(({ help }, index) => left[index]!.padEnd(width) + help).join("\n");
}
