/** Checks the names of options before anything is parsed: the parser takes as long to load as Deno itself does. */

import { nearest } from "../../bench/choice.ts";
import { UsageError } from "../../bench/usage.ts";
import type { Option } from "./option.ts";

/**
 * Refuses long options that do not exist, and a value for an option that takes none.
 *
 * @throws {UsageError}
 */
export function checkNames(args: readonly string[], options: readonly Option[]): void {
  for (const argument of args) {
    if (argument === "--") break;
    const [, name, value] = /^--([^-=][^=]*)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name === undefined) continue;
    const option = options.find((option) => option.name === name);
    if (option === undefined) throw unknownOption("--", name, options);
    if (option.value === undefined && value !== undefined) {
      throw new UsageError(`--${name} takes no value: received ${JSON.stringify(value)}`);
    }
  }
}

/** The error for an option that does not exist: it says which one was probably meant. */
export function unknownOption(
  dashes: "-" | "--",
  name: string,
  options: readonly Option[],
): UsageError {
  const meant = nearest(name, options.map((option) => option.name));
  return new UsageError(
    `Unknown option ${dashes}${name}${meant ? `, did you mean --${meant}?` : "."} See --help`,
  );
}
