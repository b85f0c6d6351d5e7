/**
 * A stand-in for `@std/cli/parse-args`, whose registry is not reachable everywhere, over minimist, which the original is
 * modelled on. Deleting `"links"` from `deno.json` gives the original with no other change, as long as a caller keeps to
 * what both do alike. They differ in names with dots, `collect` for booleans, an empty value after an equals sign, and a
 * value that is a lone hyphen.
 */

import minimist from "minimist";

/** What to make of the arguments. */
export interface ParseOptions {
  /** Names that take no value; false where they are not given. */
  boolean?: readonly string[];
  /** Names whose value stays text even when it looks like a number. */
  string?: readonly string[];
  /** Names that may be given more than once: always an array of the values, empty where none is given. */
  collect?: readonly string[];
  /** Values of names that are not given. */
  default?: Record<string, unknown>;
  /** Other names: the value appears under both. */
  alias?: Record<string, string>;
  /** Names that `--no-` before them sets to false; before any other name it is a part of the name. */
  negatable?: readonly string[];
  /** Whether what follows `--` goes to `"--"` of the result instead of `_`. */
  "--"?: boolean;
  /** Whether everything from the first argument that is no option goes to `_`. */
  stopEarly?: boolean;
}

/** The options by name, and the arguments that are none in `_`. */
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
  const { alias = {}, boolean = [], collect = [], default: defaults = {}, string = [] } = options;
  const collected = withAliases(collect, alias);
  const negatable = withAliases(options.negatable ?? [], alias);
  const given = new Set(Object.values(defaults));

  // minimist takes every name that begins with "no-" for a negation, unless something stands before it.
  const hide = (name: string): string =>
    name.startsWith("no-") && !negatable.has(name.slice(3)) ? MARK + name : name;

  const { _, "--": rest, ...named } = parse(
    args.map((arg) => arg.replace(/^--([^=]+)/, (_, name) => `--${hide(name)}`)),
    {
      alias: renameKeys(alias, hide),
      boolean: boolean.map(hide),
      default: renameKeys(defaults, hide),
      string: string.map(hide),
      stopEarly: options.stopEarly,
      "--": options["--"],
    },
  );

  const result: Args = { _: _.map(show) };
  if (Array.isArray(rest)) result["--"] = rest.map(show);
  for (const [hidden, value] of Object.entries(named)) {
    const name = show(hidden);
    if (collected.has(name)) result[name] = [value].flat();
    else result[name] = Array.isArray(value) && !given.has(value) ? value.at(-1) : value;
  }
  for (const name of collected) result[name] ??= [];
  return result;
}

const MARK = "\0";

function show<T>(value: T): T {
  return typeof value === "string" ? value.replace(MARK, "") as T : value;
}

function renameKeys<T>(
  record: Record<string, T>,
  rename: (name: string) => string,
): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [rename(name), value]));
}

function withAliases(names: readonly string[], alias: Record<string, string>): Set<string> {
  const all = new Set(names);
  for (const [name, other] of Object.entries(alias)) {
    if (all.has(name) || all.has(other)) all.add(name).add(other);
  }
  return all;
}
