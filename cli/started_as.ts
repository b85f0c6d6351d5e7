/** Command lines that the user can type next, in the way in which the program was started. */

import { fileURLToPath } from "node:url";
import { packagedName, type ReadVariable, readVariable } from "../servers/launch/program_name.ts";

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

/** How the program was started: by a package, by a task of Deno, by npx, or by itself. */
export function startedAs(
  read: ReadVariable = readVariable,
  main: string = Deno.mainModule,
): string {
  const packaged = packagedName(read);
  if (packaged !== undefined) return packaged;
  // Tasks set the folder in which they were called (https://docs.deno.com/runtime/reference/cli/task/), and so does npx.
  if (read("INIT_CWD") === undefined) {
    const program = main.startsWith("file:") ? fileURLToPath(main) : main;
    return `deno run -A ${quoteArgument(program)}`;
  }
  return read("npm_command") === "exec" ? "npx -y deno task bench" : "deno task bench";
}
