/** `resume`: continues a run that was stopped. */

import { join } from "node:path";
import type { Result } from "../../measure/model/result.ts";
import { describe } from "../../measure/warnings/warnings.ts";
import type { Config } from "../../bench/plan/run_options.ts";
import { loadProtocolsOf } from "../../bench/plan/own_servers/custom_server.ts";
import { explainingTrials } from "../../bench/plan/explaining.ts";
import { planRun } from "../../bench/plan/options.ts";
import { certificateFor } from "../../bench/process/tls/certificate.ts";
import { MOST_PLAN_BYTES, parsePlan } from "../../bench/plan/plan_file.ts";
import { readBegun } from "../../bench/folder/read_result.ts";
import { readText } from "../../bench/folder/read_text.ts";
import { checkEarlier } from "../../bench/run/resume.ts";
import { reasonOf } from "../../bench/folder/files.ts";
import { PLAN_FILE, TRIALS_FILE } from "../../bench/folder/names.ts";
import { reopenStore } from "../../bench/folder/store.ts";
import { latest, parseTrials, warningOf } from "../../bench/folder/trial_lines.ts";
import { InUseError, type TrialLines } from "../../bench/folder/trials_file.ts";
import { UsageError } from "../../bench/usage.ts";
import type { Arguments } from "../arguments.ts";
import { readAssertions } from "../assertions.ts";
import { type Benchmark, meetOwnServers, runBenchmark, subjectOf } from "../benchmark.ts";
import type { Action } from "../command.ts";
import { retryOption } from "../commands/resume.ts";
import { requirePermissions } from "../permissions.ts";
import type { TakenAgents } from "../../bench/agents/taken.ts";
import { readAgents, takeAgentsOf } from "../request/agents.ts";
import { askSecret, canAsk, withSecrets } from "../given_secrets.ts";
import { reportsOption } from "../options/shared_options.ts";
import { runsInWords } from "../runs_nearby.ts";
import { chooseFormats } from "../output/reports.ts";
import { printError } from "../output/terminal.ts";

export const action: Action = async (args) => {
  requirePermissions();
  const [folder = ""] = args.positional;
  const { store, ...found } = open(folder);
  let benchmark: Benchmark & { readonly taken?: TakenAgents };
  try {
    benchmark = await prepare(folder, found, args);
  } catch (error) {
    store.close();
    throw error;
  }
  await using _ = benchmark.taken;
  return await runBenchmark(benchmark, store, args);
};

function open(folder: string): ReturnType<typeof reopenStore> {
  try {
    return reopenStore(folder);
  } catch (error) {
    if (error instanceof InUseError) {
      throw new UsageError(
        `The run in ${folder} is under way: wait for its end, or stop it with Ctrl-C`,
      );
    }
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      throw new UsageError(
        `There is no ${TRIALS_FILE} in ${folder}. Name the folder of a run: ${runsInWords()}`,
      );
    }
    throw new UsageError(
      error instanceof SyntaxError
        ? `${error.message}. Make the run again`
        : `Cannot write to the folder "${folder}": ${reasonOf(error)}`,
    );
  }
}

async function prepare(
  folder: string,
  found: TrialLines,
  args: Arguments,
): Promise<Benchmark & { readonly taken?: TakenAgents }> {
  const { command, config } = await readPlan(folder);
  await loadProtocolsOf(config.servers);
  const { agents } = config;
  // Which machines they are on is not known yet.
  const asked = { ...config, command, ...(agents && { agents: { ...agents, areHere: true } }) };
  // What an agent can start is asked when it is there.
  let plan = planRun(asked, agents?.server === undefined ? undefined : () => undefined);
  const { kept, damage } = await parseTrials(found);
  const begun = await begunIn(folder);
  const result = args.has(retryOption.name) ? withoutFailedExplanations(begun) : begun;
  checkEarlier(plan.trials, kept, result?.scenarios ?? [], TRIALS_FILE);
  const trials = latest(kept.map(({ trial }) => trial));
  const failed = trials.filter(({ state }) => state === "failed").map(({ trial }) => trial);
  const again = new Set(args.has(retryOption.name) ? failed : []);
  const assertions = readAssertions(config.assert ?? [], subjectOf(plan));
  const abort = readAssertions(config.abortOn ?? [], subjectOf(plan));
  const formats = chooseFormats(args.list(reportsOption.name) ?? config.reports);
  if (found.torn) printError(`note: the last line of ${TRIALS_FILE} was cut off: it runs again`);
  const [all, there] = [plan.trials.length, trials.length];
  const unexplained = explainingTrials(plan).length - (result?.explanations?.length ?? 0);
  if (there === all && again.size === 0 && unexplained <= 0) {
    const hint = failed.length === 0
      ? ""
      : `; ${failed.length} of them failed, --${retryOption.name} runs what failed again`;
    printError(`nothing is missing: all ${all} trials are there${hint}`);
    return { plan, assertions, abort, formats, earlier: { trials, again, result } };
  }
  const taken = agents && await takeAgentsOf({ ...agents, ...readAgents(args) }, args);
  try {
    const ask = canAsk() ? askSecret : undefined;
    const entries = plan.contenders.map(({ server }) => server);
    plan = planRun({
      ...await withSecrets(config, entries, args, ask),
      command,
      ...(taken && { agents: taken.agents }),
    }, taken?.findMissing);
    if (damage !== undefined && there < all) {
      printError(`note: ${describe([warningOf(damage, TRIALS_FILE)]).finding}`);
    }
    const repeated = again.size === 0
      ? ""
      : `, ${again.size} of them failed and ${again.size === 1 ? "runs" : "run"} again`;
    const explaining = unexplained > 0
      ? `; of those that tell why ${unexplained} ${unexplained === 1 ? "is" : "are"} missing`
      : "";
    printError(`resuming: ${there} of ${all} trials are there${repeated}${explaining}`);
    for (const { id, launch } of plan.contenders.map(({ server }) => server)) {
      if (launch.by !== "command") continue;
      printError(`note: ${id} is started by the command in ${PLAN_FILE}: ${words(launch.command)}`);
    }
    await certificateFor(plan);
    await meetOwnServers(plan);
  } catch (error) {
    await taken?.[Symbol.asyncDispose]();
    throw error;
  }
  const more = taken === undefined ? {} : { fleet: taken.fleet, taken };
  return { plan, assertions, abort, formats, earlier: { trials, again, result }, ...more };
}

/** Those that failed run again, like trials. */
function withoutFailedExplanations(result: Result | undefined): Result | undefined {
  if (result?.explanations === undefined) return result;
  const explanations = result.explanations.filter(({ failed }) => failed === undefined);
  return { ...result, explanations };
}

/** A command in one line; odd words are quoted. */
function words(command: readonly string[]): string {
  return command.map((word) => /^[\w@%+=:,./{}-]+$/.test(word) ? word : JSON.stringify(word))
    .join(" ");
}

async function readPlan(folder: string): Promise<{ command: string; config: Config }> {
  const path = join(folder, PLAN_FILE);
  let json: string;
  try {
    json = readText(path, MOST_PLAN_BYTES);
  } catch (error) {
    throw new UsageError(
      error instanceof Deno.errors.NotFound
        ? `There is no ${PLAN_FILE} in ${folder}, so what is missing is not known: make the run again`
        : `Cannot read ${path}: ${reasonOf(error)}`,
    );
  }
  const { command, run: config } = await parsePlan(json, path);
  return { command, config };
}

async function begunIn(folder: string): Promise<Result | undefined> {
  try {
    return await readBegun(folder);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(
      `${error.message}. The run in ${folder} is damaged, or of another version of wsmark: ` +
        "make it again",
    );
  }
}
