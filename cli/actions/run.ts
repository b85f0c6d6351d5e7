/** `run`: benchmarks servers and writes the results. */

import { certificateFor } from "../../bench/process/tls/certificate.ts";
import { clientShortage, fileLimit } from "../../bench/process/file_limit.ts";
import { largest } from "../../measure/statistics/statistics.ts";
import { connectionsOf } from "../../scenarios/parameters.ts";
import type { RunPlan } from "../../bench/plan/options.ts";
import { PLAN_FILE } from "../../bench/folder/names.ts";
import { setUpNotes } from "../../bench/plan/set_up.ts";
import { type PlanRecord, recordPlan } from "../../bench/plan/plan_file.ts";
import { reasonOf } from "../../bench/folder/files.ts";
import { checkFolder, createStore, type Store } from "../../bench/folder/store.ts";
import { UsageError } from "../../bench/usage.ts";
import { readAssertions } from "../assertions.ts";
import { meetOwnServers, prepareOwnServers, runBenchmark, subjectOf } from "../benchmark.ts";
import type { Arguments } from "../arguments.ts";
import { type Action, EXIT } from "../command.ts";
import { textWidth } from "../help.ts";
import type { RunFollower } from "../live/follower.ts";
import { requirePermissions } from "../permissions.ts";
import { chooseFormats } from "../output/reports.ts";
import { readRunRequest } from "../request/run_request.ts";
import { print, printError } from "../output/terminal.ts";
import { untilObstacle } from "../request/until.ts";

export const action: Action = async (args, typed) => {
  if (!args.has("dry-run")) requirePermissions();
  const { options, plan, assert, abortOn, out, reports, taken } = await readRunRequest(args, typed);
  await using _ = taken;
  const assertions = readAssertions(assert, subjectOf(plan));
  const abort = readAssertions(abortOn, subjectOf(plan));
  const formats = chooseFormats(reports);
  const metricsPort = await readMetricsPort(args);
  const shortage = shortageOf(plan);
  if (shortage !== undefined) printError(`note: ${shortage}`);
  if (args.has("dry-run")) {
    if (out !== undefined) inFolder(out, () => checkFolder(out));
    await prepareOwnServers(plan);
    print((await import("../request/dry_run.ts")).planText(plan, textWidth()));
    return EXIT.done;
  }
  const { engine } = plan.settings;
  const usesEngine = plan.contenders.some(({ client }) => client === "wire");
  if (usesEngine && engine.reason !== undefined) {
    printError(`note: the wire client uses Deno's sockets, since ${engine.reason}`);
  }
  for (const { title, reason } of plan.leftOut) {
    printError(`note: ${title} is left out: ${reason}`);
  }
  for (const note of setUpNotes(plan.contenders.map(({ server }) => server), options)) {
    printError(`note: ${note}`);
  }
  const unending = untilObstacle(plan);
  if (unending !== undefined) printError(`note: ${unending}`);
  await certificateFor(plan);
  await meetOwnServers(plan);
  const tried = args.has("conformance") ? await tryConformance(plan, args) : plan;
  if (tried === undefined) return EXIT.interrupted;
  const record = recordPlan(options, plan, {
    assert,
    ...(abortOn.length > 0 && { abortOn }),
    reports,
  });
  const folder = out ?? defaultFolder(plan.settings.profile);
  await using live = args.has("live") ? await openLive(plan, folder) : undefined;
  await using metrics = metricsPort === undefined ? undefined : await openMetrics(metricsPort);
  const store = openStore(folder, record);
  const followers = [live, metrics].filter((follower) => follower !== undefined);
  const more = { followers, ...(taken && { fleet: taken.fleet }) };
  return await runBenchmark({ plan: tried, assertions, abort, formats, ...more }, store, args);
};

/** Runs the cases of the conformance suite first; undefined if the user stops that. */
async function tryConformance(plan: RunPlan, args: Arguments): Promise<RunPlan | undefined> {
  const { followConformance } = await import("../conformance.ts");
  return await followConformance(
    args,
    async (finish, follower) => {
      const { tryBefore } = await import("../../bench/conformance/before_run.ts");
      const tried = await tryBefore(plan, finish, follower);
      return finish.aborted ? undefined : tried;
    },
  );
}

/** What the clients lack for the case with the most connections. */
function shortageOf({ scenarios, settings }: RunPlan): string | undefined {
  const counts = scenarios.flatMap(({ cases }) =>
    cases.map(({ parameters }) => connectionsOf(parameters))
  );
  return clientShortage(fileLimit(), Math.ceil(largest(counts, 0) / settings.generators));
}

function defaultFolder(profile: string): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  return `results/${time}-${profile}`;
}

function openStore(folder: string, record: PlanRecord): Store {
  return inFolder(folder, () => {
    const store = createStore(folder);
    try {
      store.write(PLAN_FILE, JSON.stringify(record, null, 2) + "\n");
      return store;
    } catch (error) {
      store.remove();
      throw error;
    }
  });
}

/** @throws {UsageError} when something cannot be done in the folder */
function inFolder<T>(folder: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw new UsageError(
      `Cannot write to the folder "${folder}": ${
        reasonOf(error)
      }. Name a new or empty one with --out`,
    );
  }
}

async function openLive(plan: RunPlan, folder: string): Promise<RunFollower> {
  const { openLiveView } = await import("../live/server.ts");
  const live = await openLiveView(plan, folder);
  printError(`live view: ${live.url}`);
  return live;
}

async function readMetricsPort(args: Arguments): Promise<number | undefined> {
  const given = args.text("metrics");
  return given === undefined ? undefined : (await import("../live/metrics.ts")).readPort(given);
}

async function openMetrics(port: number): Promise<RunFollower> {
  const { serveMetrics } = await import("../live/metrics.ts");
  const metrics = serveMetrics(port);
  printError(`metrics: ${metrics.url}`);
  return metrics;
}
