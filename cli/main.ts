/** The command line: finds the command, shows its help or has it done, turns what goes wrong into one line and an exit code. */

import { NothingYetError, UsageError } from "../bench/usage.ts";
import { VERSION } from "../bench/version.ts";
import { type Command, EXIT, type Listed } from "./command.ts";
import { commands } from "./commands/mod.ts";
import { describeOptions, type HelpRow, paragraph, section, twoColumns } from "./help.ts";
import { COMMON } from "./options/option.ts";
import { print, printError } from "./output/terminal.ts";
import { programName } from "../servers/launch/program_name.ts";
import { withOptionsForWords } from "./server_words.ts";

/** What a mistake in typing, and everything but help and version takes. */
type Executing = typeof import("./execute.ts");

/** Does what a command is for; resolves to the exit code. */
export type Work = () => Promise<number>;

/** Runs the program with its arguments; resolves to the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const begun = await begin(args);
  return typeof begun === "number" ? begun : await begun();
}

/**
 * Reads the command line, and answers at once what loads little: help, version, a mistake in typing.
 *
 * @returns the exit code, if that was all; else what is left to do
 */
export async function begin(args: readonly string[]): Promise<number | Work> {
  const begun = await explained(() => dispatch(args));
  return typeof begun === "number" ? begun : () => explained(begun);
}

/** Turns what goes wrong into one line and an exit code. */
async function explained<T>(work: () => Promise<T>): Promise<T | number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      printError(
        `error: ${error.message.replace(/, run again.*/s, "")}: start it with --allow-all`,
      );
      return EXIT.usage;
    }
    if (!(error instanceof UsageError || error instanceof NothingYetError)) throw error;
    printError(`error: ${error.message}`);
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

async function dispatch(given: readonly string[]): Promise<number | Work> {
  const args = given[0] === commands[0]!.name
    ? [given[0], ...withOptionsForWords(given.slice(1))]
    : withOptionsForWords(given);
  const [first = ""] = args;
  const named = first !== "" && !first.startsWith("-");
  const entry = named ? commands.find(({ name }) => name === first) : commands[0];
  if (entry === undefined) {
    const { unknownCommand } = await loadExecuting();
    throw unknownCommand(first, commands.map(({ name }) => name));
  }
  const typed = named ? args.slice(1) : args;
  if (typed.includes("--version")) {
    print(`wsmark ${VERSION}`);
    return EXIT.done;
  }
  const command = await load(entry);
  if (typed.includes("--help") || typed.includes("-h")) {
    print(help(entry, command, !named));
    return EXIT.done;
  }
  const { prepare } = await loadExecuting();
  return await prepare(entry, command, typed, args, commands.map(({ name }) => name));
}

/** Loads what help says of a command, and of no other. */
async function load(entry: Listed): Promise<Command> {
  // The default one is the same program to Deno: its help needs no permission.
  if (entry === commands[0]) return (await import("./commands/run.ts")).command;
  checkReadable();
  const file = `./commands/${entry.name}.ts`;
  const { command }: { command: Command } = await import(file);
  return command;
}

/** Loads what a mistake in typing, and everything but help and version takes. */
async function loadExecuting(): Promise<Executing> {
  checkReadable();
  // In a variable: Deno would load a literal, with all that it imports, before it shows the help.
  const file = "./execute.ts";
  return await (import(file) as Promise<Executing>).catch((error) => {
    // A user's node_modules, in which Deno looks for what a program from the network imports, too.
    if (import.meta.dirname !== undefined || !/node_modules/.test(String(error))) throw error;
    throw new UsageError(
      `Deno looks for the packages of wsmark in the node_modules of this folder: start it with ${programName()}`,
    );
  });
}

/** @throws {UsageError} if Deno may not read the files of the program */
function checkReadable(): void {
  const path = import.meta.dirname;
  if (
    path !== undefined && Deno.permissions.querySync({ name: "read", path }).state !== "granted"
  ) {
    throw new UsageError("Requires read access to the files of wsmark: start it with --allow-all");
  }
}

function help(
  { name, title, positionals = [] }: Listed,
  command: Command,
  withCommands: boolean,
): string {
  const after = positionals.map((one) => ` ${one}`).join("");
  const sections = [
    paragraph(`wsmark ${VERSION}: compares WebSocket servers, and checks every reply.`),
    paragraph(title),
    paragraph(
      `Usage: ${programName()} ${
        withCommands ? "[run] [ws://… | 'COMMAND {port}']" : name
      }${after} [options]`,
    ),
    describeOptions([...command.options, ...COMMON]),
  ];
  if (command.notes !== undefined) sections.push(paragraph(command.notes));
  const exits = Object.entries(command.exits).map(([name, meaning]): HelpRow => [
    String(EXIT[name as keyof typeof EXIT]),
    meaning,
  ]);
  sections.push(section("Exit codes", twoColumns(exits)));
  if (withCommands) {
    const lines = commands.slice(1).map(({ name, positionals = [], title }): HelpRow => [
      [name, ...positionals].join(" "),
      title,
    ]);
    sections.push(section("Other commands (each has --help)", twoColumns(lines)));
  }
  return sections.join("\n\n");
}
