/** What a run is asked to do: by options, which override a study or a configuration file. */

import { CONFIG_FILES, loadConfig } from "../../bench/plan/config/config.ts";
import type { Config } from "../../bench/plan/run_options.ts";
import { loadProtocolsOf } from "../../bench/plan/own_servers/custom_server.ts";
import { planRun, type RunPlan } from "../../bench/plan/options.ts";
import type { RunOptions } from "../../bench/plan/run_options.ts";
import { pickOne } from "../../bench/choice.ts";
import { UsageError } from "../../bench/usage.ts";
import type { Arguments } from "../arguments.ts";
import type { TakenAgents } from "../../bench/agents/taken.ts";
import { takeAgentsOf } from "./agents.ts";
import { readRunOptions } from "./read_run_options.ts";
import { quoteArgument } from "../started_as.ts";
import { USUAL } from "../../report/format.ts";
import { printError } from "../output/terminal.ts";

export interface RunRequest {
  /** What the plan was made from. */
  readonly options: RunOptions;
  readonly plan: RunPlan;
  readonly assert: readonly string[];
  readonly abortOn: readonly string[];
  /** Folder to write; undefined for the usual one. */
  readonly out: string | undefined;
  /** Ids of the reports to write, `usual` or `all`. */
  readonly reports: readonly string[];
  /** The agents that make the load; absent if this machine makes it. */
  readonly taken?: TakenAgents;
}

/**
 * Reads what a run is asked to do, and takes the agents that it is asked to take. If a configuration is read that was not
 * named, says so on stderr.
 *
 * @param typed the command line, for the record
 * @throws {UsageError} for what cannot be done
 */
export async function readRunRequest(
  args: Arguments,
  typed: readonly string[],
): Promise<RunRequest> {
  const said = readRunOptions(args);
  const named = args.text("study");
  const base = named === undefined ? await configOf(args) : await studyOf(named, args);
  const { assert = [], abortOn = [], out, reports = [USUAL], ...run }: Asked = {
    ...base,
    ...said,
    overrides: { ...base.overrides, ...said.overrides },
  };
  const options = { ...run, command: typed.map(quoteArgument).join(" ") };
  await loadProtocolsOf(options.servers);
  const rest = { assert, abortOn, out, reports };
  if (options.agents === undefined) return { options, plan: planRun(options), ...rest };
  const taken = await takeAgentsOf(options.agents, args);
  try {
    const plan = planRun({ ...options, agents: taken.agents }, taken.findMissing);
    return { options, plan, taken, ...rest };
  } catch (error) {
    await taken[Symbol.asyncDispose]();
    throw error;
  }
}

/** What a configuration or a study says. */
type Asked = Config & Pick<RunOptions, "study" | "leaveOut">;

async function studyOf(id: string, args: Arguments): Promise<Asked> {
  if (args.text("config") !== undefined) {
    throw new UsageError("Give --study or --config, not both: options go before either");
  }
  const { studies } = await import("../../scenarios/studies/mod.ts");
  const { run, ...study } = pickOne("study", id, studies);
  return { ...run, study, leaveOut: true };
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
