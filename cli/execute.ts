/** Has a command done, with all that this takes. */

import { nearest, unknownWord } from "../bench/choice.ts";
import { UsageError } from "../bench/usage.ts";
import type { ArgumentHints } from "./arguments.ts";
import type { Action, Command, Listed } from "./command.ts";
import { checkNames } from "./options/names.ts";
import { runsInWords } from "./runs_nearby.ts";
import { COMMON } from "./options/option.ts";
import { programName } from "../servers/launch/program_name.ts";
import { optionOf } from "./server_words.ts";

/** The error for a word that is no command. */
export function unknownCommand(word: string, names: readonly string[]): UsageError {
  const hint = /\s/.test(word)
    ? "; a command that starts a server has {port} in it"
    : nearest(word, names) === undefined
    ? `; servers are named by --servers ${word}`
    : "";
  return new UsageError(`Unknown ${unknownWord("command", word, names)}${hint}`);
}

/** What is said of arguments that are missing or too many. */
function hintsFor({ name }: Listed, { options }: Command, names: readonly string[]): ArgumentHints {
  const has = (wanted: string): boolean => options.some((option) => option.name === wanted);
  return {
    missing: (missing) =>
      missing[0] === "SHELL"
        ? ": bash, zsh or fish"
        : missing[0] === "FILE"
        ? `, the folder of a run, or a workbook: ${runsInWords()}`
        : `, the folder${missing.length === 1 ? " of a run" : "s of two runs"}: ${
          runsInWords(missing.length)
        }`,
    unexpected: (word) =>
      names.includes(word)
        ? `: a command goes first, as in ${programName()} ${word}`
        : has("url") && optionOf(word) !== undefined
        ? `: a server goes first, or behind --${optionOf(word)} NAME=`
        : has("scenarios")
        ? `: servers are named by --servers ${word}, scenarios by --scenarios ${word}`
        : has("servers")
        ? `: servers are named by --servers ${word}`
        : `: ${name} takes no more, see --help`,
  };
}

/**
 * Makes a command ready to be done, with all that this takes.
 *
 * @param typed what was typed after the command's name
 * @param args all that was typed
 * @param names of all commands
 * @returns does what the command is for; resolves to the exit code
 * @throws {UsageError} for arguments that the command does not have
 */
export async function prepare(
  listed: Listed,
  command: Command,
  typed: readonly string[],
  args: readonly string[],
  names: readonly string[] = [],
): Promise<() => Promise<number>> {
  const options = [...command.options, ...COMMON];
  checkNames(typed, options);
  // In variables, so that Deno loads this command alone, and nothing for a mistake in typing.
  const [parser, file] = ["./arguments.ts", `./actions/${listed.name}.ts`];
  const { readArguments }: typeof import("./arguments.ts") = await import(parser);
  const given = readArguments(typed, options, listed.positionals, hintsFor(listed, command, names));
  return async () => {
    const { action }: { action: Action } = await import(file);
    return await action(given, args);
  };
}
