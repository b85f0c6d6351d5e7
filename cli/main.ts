/** The command line: finds the command, shows its help or has it done, turns what goes wrong into one line and an exit code. */

import { NothingYetError, UsageError } from "../bench/usage.ts";
import { VERSION } from "../bench/version.ts";
import { type Command, EXIT } from "./command.ts";
import { describeOptions, type HelpRow, paragraph, section, twoColumns } from "./help.ts";
import { COMMON } from "./options/option.ts";
import { print, printError } from "./output/terminal.ts";

/** The commands, loaded when they are used; the first is the default. */
const commands: readonly { name: string; load: () => Promise<Command> }[] = [
  { name: "run", load: async () => (await import("./commands/run.ts")).runCommand },
  { name: "resume", load: async () => (await import("./commands/resume.ts")).resumeCommand },
  { name: "report", load: async () => (await import("./commands/report.ts")).reportCommand },
  { name: "compare", load: async () => (await import("./commands/compare.ts")).compareCommand },
  { name: "list", load: async () => (await import("./commands/list.ts")).listCommand },
  { name: "plot", load: async () => (await import("./commands/plot.ts")).plotCommand },
  { name: "verify", load: async () => (await import("./commands/verify.ts")).verifyCommand },
  {
    name: "conformance",
    load: async () => (await import("./commands/conformance.ts")).conformanceCommand,
  },
  { name: "serve", load: async () => (await import("./commands/serve.ts")).serveCommand },
  { name: "nats", load: async () => (await import("./commands/nats.ts")).natsCommand },
  { name: "agent", load: async () => (await import("./commands/agent.ts")).agentCommand },
  { name: "agents", load: async () => (await import("./commands/agents.ts")).agentsCommand },
];

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

async function dispatch(args: readonly string[]): Promise<number | Work> {
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
  const command = await entry.load();
  if (typed.includes("--help") || typed.includes("-h")) {
    print(await help(command, !named));
    return EXIT.done;
  }
  const { prepare } = await loadExecuting();
  return await prepare(command, typed, args, commands.map(({ name }) => name));
}

/**
 * Loads what a mistake in typing, and everything but help and version takes.
 *
 * @throws {UsageError} if Deno may not read it
 */
async function loadExecuting(): Promise<Executing> {
  const path = import.meta.dirname;
  if (
    path !== undefined && Deno.permissions.querySync({ name: "read", path }).state !== "granted"
  ) {
    throw new UsageError("Requires read access to the files of wsmark: start it with --allow-all");
  }
  // In a variable: Deno would load a literal, with all that it imports, before it shows the help.
  const file = "./execute.ts";
  return await import(file);
}

async function help(command: Command, withCommands: boolean): Promise<string> {
  const positionals = (command.positionals ?? []).map((name) => ` ${name}`).join("");
  const sections = [
    paragraph(`wsmark ${VERSION}: compares WebSocket servers, and checks every reply.`),
    paragraph(command.title),
    paragraph(
      `Usage: deno task bench ${withCommands ? "[run]" : command.name}${positionals} [options]`,
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
    const others = await Promise.all(commands.slice(1).map(({ load }) => load()));
    const lines = others.map(({ name, positionals = [], title }): HelpRow => [
      [name, ...positionals].join(" "),
      title,
    ]);
    sections.push(section("Other commands (each has --help)", twoColumns(lines)));
  }
  return sections.join("\n\n");
}
