/**
 * `run`: benchmarks servers and writes the results.
 *
 * @module
 */

import type { Result } from "../measure/result.ts";
import type { RunPlan } from "../runner/options.ts";
import type { PlannedTrial } from "../runner/plan.ts";
import { createStore, type Store, stored } from "../runner/store.ts";
import { UsageError } from "../runner/usage.ts";
import type { Arguments } from "./arguments.ts";
import { readAssertions, reportAssertions } from "./assertions.ts";
import { type Command, EXIT } from "./command.ts";
import type { LiveView } from "./live/view.ts";
import { barProgress, lineProgress, noProgress, type Progress } from "./progress.ts";
import { chooseFormats, writeReports } from "./reports.ts";
import { profileHelp, runOptions } from "./run_options.ts";
import { readRunRequest } from "./run_request.ts";
import { onStopSignal } from "./signals.ts";
import { printError } from "./terminal.ts";

/** `run`: benchmarks servers and writes the results. */
export const runCommand: Command = {
  name: "run",
  title: "Benchmarks servers and writes a workbook, a page, a report and all figures.",
  options: runOptions,
  notes: `Profiles: ${profileHelp}.
Names of servers, clients and scenarios: deno task bench list
Exit codes: 0 done, 1 a trial failed or the run is partial, 2 wrong usage, 3 an assertion does not hold,
130 interrupted (results are kept).`,
  run: runBenchmark,
};

async function runBenchmark(args: Arguments, typed: readonly string[]): Promise<number> {
  const { plan, assert, out, reports } = await readRunRequest(args, typed);
  const { engine } = plan.settings;
  if (engine.reason !== undefined) {
    printError(`note: the wire client uses Deno's sockets, since ${engine.reason}`);
  }
  for (const { title, reason } of plan.leftOut) {
    printError(`note: ${title} is left out: ${reason}`);
  }
  await meetOwnServers(plan);
  const assertions = readAssertions(assert, {
    servers: plan.contenders.map(({ server }) => server),
    scenarios: plan.scenarios.map(({ scenario, cases }) => ({ ...scenario, cases })),
  });
  const formats = await chooseFormats(reports);
  const folder = out ?? defaultFolder(plan.settings.profile);
  await using live = args.has("live") ? await openLive(plan, folder) : undefined;
  const store = openStore(folder);
  const controller = new AbortController();
  using _ = onStopSignal(() => controller.abort(new Error("The run was interrupted")));
  const result = await follow(plan, store, controller.signal, args, live);
  await writeReports(result, store.folder, formats);
  if (controller.signal.aborted) return EXIT.interrupted;
  // An assertion fails for failed trials, too: it says more than they do.
  if (!reportAssertions(assertions, result)) return EXIT.exceeded;
  return result.trials.some(({ state }) => state === "failed") ? EXIT.failed : EXIT.done;
}

/** Tries each server that is not wsmark's own before anything is written. */
async function meetOwnServers({ contenders }: RunPlan): Promise<void> {
  const own = contenders.map(({ server }) => server).filter(({ launch }) =>
    launch.by !== "contract"
  );
  if (own.length === 0) return;
  const { firstContact } = await import("../runner/first_contact.ts");
  for (const server of own) {
    const notes = await firstContact(server).catch((error: Error) => {
      throw new UsageError(`${error.message}. Start it, or mend its --url, --command or --path`);
    });
    for (const note of notes) printError(`note: ${note}`);
  }
}

function defaultFolder(profile: string): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  return `results/${time}-${profile}`;
}

function openStore(folder: string): Store {
  try {
    return createStore(folder);
  } catch (error) {
    throw new UsageError(
      `Cannot write to the folder "${folder}": ${
        (error as Error).message
      }. Name a new or empty one with --out`,
    );
  }
}

async function follow(
  plan: RunPlan,
  store: Store,
  signal: AbortSignal,
  args: Arguments,
  live: LiveView | undefined,
): Promise<Result> {
  const { run } = await import("../runner/run.ts");
  const progress = await chooseProgress(plan, args);
  let running: PlannedTrial | undefined;
  try {
    for await (const event of stored(run(plan, signal, live?.pulse), store)) {
      live?.happened(event);
      if (event.kind === "trial started") progress.started(running = event.trial);
      if (event.kind === "trial ended") progress.ended(event.trial, running!);
      if (event.kind === "ended") return event.result;
    }
  } finally {
    progress.stop();
  }
  throw new Error("The run ended without a result");
}

async function openLive(plan: RunPlan, folder: string): Promise<LiveView> {
  const { openLiveView } = await import("./live/view.ts");
  const live = await openLiveView(plan, folder);
  printError(`live view: ${live.url}`);
  return live;
}

async function chooseProgress({ trials, settings }: RunPlan, args: Arguments): Promise<Progress> {
  if (args.has("no-progress")) return noProgress;
  if (Deno.stderr.isTerminal()) return await barProgress(trials.length, settings.rounds);
  return lineProgress(trials.length, printError);
}
