/**
 * What a run is asked to do: by options, and below them by a configuration file.
 *
 * @module
 */

import { type Config, CONFIG_FILES, loadConfig } from "../runner/config.ts";
import { planRun, type RunOptions, type RunPlan } from "../runner/options.ts";
import { UsageError } from "../runner/usage.ts";
import type { Arguments } from "./arguments.ts";
import { readRunOptions } from "./run_options.ts";
import { printError } from "./terminal.ts";

/** What a run is asked to do. */
export interface RunRequest {
  /** What the plan was made from. */
  readonly options: RunOptions;
  /** The plan. */
  readonly plan: RunPlan;
  /** Assertions as texts. */
  readonly assert: readonly string[];
  /** Folder to write; undefined for the usual one. */
  readonly out: string | undefined;
  /** Ids of the reports to write, or `all`. */
  readonly reports: readonly string[];
}

/**
 * Reads what a run is asked to do. Says on stderr which configuration is read that was not named.
 *
 * @param typed the command line, for the record
 * @throws {UsageError} for what cannot be
 */
export async function readRunRequest(
  args: Arguments,
  typed: readonly string[],
): Promise<RunRequest> {
  const said = readRunOptions(args);
  const file = await configOf(args);
  const { assert = [], out, reports = ["all"], ...run }: Config = {
    ...file,
    ...said,
    overrides: { ...file.overrides, ...said.overrides },
  };
  const options = { ...run, command: typed.map(quoteArgument).join(" ") };
  return { options, plan: planRun(options), assert, out, reports };
}

async function configOf(args: Arguments): Promise<Config> {
  const named = args.text("config");
  if (named !== undefined) {
    if (args.has("no-config")) throw new UsageError("Give --config or --no-config, not both");
    return await loadConfig(named);
  }
  const found = args.has("no-config") ? undefined : CONFIG_FILES.find(isFile);
  if (found === undefined) return {};
  printError(`note: options are read from ${found} (--no-config leaves it out)`);
  return await loadConfig(found);
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** An argument as it can be typed again in a shell. */
function quoteArgument(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
