/** Command lines that the user can type next, in the way in which the program was started. */

import { fileURLToPath } from "node:url";

/** An argument as it can be typed again in a shell. */
export function quoteArgument(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** A command line that does something with the folder of a run: `deno task bench resume results/mine`. */
export function commandFor(
  command: "resume" | "report",
  folder: string,
  started: string = startedAs(),
): string {
  return `${started} ${command} ${quoteArgument(folder)}`;
}

/** What an environment variable holds; undefined if it is not set, or may not be read. */
export type ReadVariable = (name: string) => string | undefined;

const readVariable: ReadVariable = (name) =>
  Deno.permissions.querySync({ name: "env", variable: name }).state === "granted"
    ? Deno.env.get(name)
    : undefined;

/** How the program was started: by a task of Deno, by npx, or by itself. */
export function startedAs(
  read: ReadVariable = readVariable,
  main: string = Deno.mainModule,
): string {
  // Tasks set the folder in which they were called (https://docs.deno.com/runtime/reference/cli/task/), and so does npx.
  if (read("INIT_CWD") === undefined) {
    const program = main.startsWith("file:") ? fileURLToPath(main) : main;
    return `deno run -A ${quoteArgument(program)}`;
  }
  return read("npm_command") === "exec" ? "npx -y deno task bench" : "deno task bench";
}
