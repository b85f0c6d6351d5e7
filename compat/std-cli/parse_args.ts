/**
 * A stand-in for `@std/cli/parse-args`, whose registry is not reachable everywhere, over minimist, which the original is
 * modelled on; it has only the options that wsmark uses. Deleting `"links"` from `deno.json` gives the original with no
 * other change. They differ in names with dots, `collect` for booleans, an empty value after an equals sign, and a value
 * that is a lone hyphen.
 */

import minimist from "minimist";

/** What to make of the arguments. */
export interface ParseOptions {
  /** Names that take no value; false if they are not given. */
  boolean?: readonly string[];
  /** Names whose value stays text even when it looks like a number. */
  string?: readonly string[];
  /** Names that may be given more than once: always an array of the values, empty if none is given. */
  collect?: readonly string[];
  /** Other names: the value appears under both. */
  alias?: Record<string, string>;
}

/** The options by name, and the other arguments in `_`. */
export type Args = Record<string, unknown> & { _: (string | number)[] };

const parse: (args: string[], options: unknown) => Args = minimist;

/**
 * Parses command line arguments. An option that is given more than once has its last value, unless `collect` names it.
 *
 * @example Options and arguments
 * ```ts
 * import { parseArgs } from "@std/cli/parse-args";
 * import { deepEqual } from "node:assert/strict";
 *
 * const args = parseArgs(["run", "--rounds", "3", "--assert=a", "--assert=b"], { collect: ["assert"] });
 * deepEqual(args, { _: ["run"], rounds: 3, assert: ["a", "b"] });
 * ```
 *
 * @param args the arguments, such as `Deno.args`
 * @param options what to make of them
 */
export function parseArgs(args: string[], options: ParseOptions = {}): Args {
  const { alias = {}, boolean = [], collect = [], string = [] } = options;
  const { _, ...named } = parse(args.map((arg) => arg.replace(/^--no-/, `--${MARK}no-`)), {
    alias,
    boolean: boolean.map(hide),
    string: string.map(hide),
  });
  const collected = withAliases(collect, alias);
  const result: Args = { _: _.map(show) };
  for (const [hidden, value] of Object.entries(named)) {
    const name = show(hidden);
    if (collected.has(name)) result[name] = [value].flat();
    else result[name] = Array.isArray(value) ? value.at(-1) : value;
  }
  for (const name of collected) result[name] ??= [];
  return result;
}

/** minimist takes every name that begins with "no-" for a negation, unless something precedes it. */
const MARK = "\0";

function hide(name: string): string {
  return name.replace(/^no-/, `${MARK}no-`);
}

function show<T>(value: T): T {
  return typeof value === "string" ? value.replace(MARK, "") as T : value;
}

function withAliases(names: readonly string[], alias: Record<string, string>): Set<string> {
  const all = new Set(names);
  for (const [name, other] of Object.entries(alias)) {
    if (all.has(name) || all.has(other)) all.add(name).add(other);
  }
  return all;
}
