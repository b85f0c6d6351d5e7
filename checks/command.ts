/** How the programs of checks/ begin and end. */

import { type Arguments, type Option, readArguments } from "../cli/arguments.ts";
import { describeOptions } from "../cli/help.ts";
import { EXIT } from "../cli/command.ts";
import { print, printError } from "../cli/output/terminal.ts";
import { UsageError } from "../bench/usage.ts";

/** Runs a program with the arguments that it was started with, and ends with the exit code that it resolves to. */
export async function runAsProgram(
  options: readonly Option[],
  run: (args: Arguments) => Promise<number>,
): Promise<never> {
  if (Deno.args.includes("--help")) {
    print(describeOptions(options));
    Deno.exit(EXIT.done);
  }
  try {
    Deno.exit(await run(readArguments(Deno.args, options)));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    printError(`error: ${error.message}`);
    Deno.exit(EXIT.usage);
  }
}
