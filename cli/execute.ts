/** Has a command done, with all that this takes. */

import { unknownWord } from "../bench/choice.ts";
import { UsageError } from "../bench/usage.ts";
import type { Action, Command } from "./command.ts";
import { checkNames } from "./options/names.ts";
import { COMMON } from "./options/option.ts";

/** The error for a word that is no command. */
export function unknownCommand(word: string, names: readonly string[]): UsageError {
  return new UsageError(`Unknown ${unknownWord("command", word, names)}`);
}

/**
 * Makes a command ready to be done, with all that this takes.
 *
 * @param typed what was typed after the command's name
 * @param args all that was typed
 * @returns does what the command is for; resolves to the exit code
 * @throws {UsageError} for arguments that the command does not have
 */
export async function prepare(
  command: Command,
  typed: readonly string[],
  args: readonly string[],
): Promise<() => Promise<number>> {
  const options = [...command.options, ...COMMON];
  checkNames(typed, options);
  // In variables, so that Deno loads this command alone, and nothing for a mistake in typing.
  const [parser, file] = ["./arguments.ts", `./actions/${command.name}.ts`];
  const { readArguments }: typeof import("./arguments.ts") = await import(parser);
  const given = readArguments(typed, options, command.positionals);
  return async () => {
    const { action }: { action: Action } = await import(file);
    return await action(given, args);
  };
}
