/** Has a command done, with all that this takes. */

import { unknownWord } from "../bench/choice.ts";
import { UsageError } from "../bench/usage.ts";
import { readArguments } from "./arguments.ts";
import type { Action, Command } from "./command.ts";
import { COMMON } from "./options/option.ts";

/** The error for a word that is no command. */
export function unknownCommand(word: string, names: readonly string[]): UsageError {
  return new UsageError(`Unknown ${unknownWord("command", word, names)}`);
}

/**
 * Does what a command is for; resolves to the exit code.
 *
 * @param typed what was typed after the command's name
 * @param args all that was typed
 * @throws {UsageError} for arguments that the command does not have
 */
export async function execute(
  command: Command,
  typed: readonly string[],
  args: readonly string[],
): Promise<number> {
  const given = readArguments(typed, [...command.options, ...COMMON], command.positionals);
  // In a variable, so that Deno loads this command alone, and none for a mistake in typing.
  const file = `./actions/${command.name}.ts`;
  const { action }: { action: Action } = await import(file);
  return await action(given, args);
}
