/** A run from its plan to its reports, whether it is new or resumed. */

import type { Result } from "../measure/model/result.ts";
import type { Assertion, AssertionScope } from "../bench/assertions/assertion.ts";
import { abortReason } from "../bench/assertions/abort.ts";
import type { Fleet } from "../bench/agents/fleet.ts";
import { explainingTrials } from "../bench/plan/explaining.ts";
import type { Pulse } from "../bench/generator/pulse.ts";
import type { RunPlan } from "../bench/plan/options.ts";
import type { Contender, PlannedTrial } from "../bench/plan/plan_types.ts";
import type { Earlier } from "../bench/run/resume.ts";
import type { RunEvent } from "../bench/run/run.ts";
import { hasUser } from "../bench/plan/own_servers/secrets.ts";
import { type Store, stored } from "../bench/folder/store.ts";
import type { StoreError } from "../bench/folder/files.ts";
import { UsageError } from "../bench/usage.ts";
import type { Arguments } from "./arguments.ts";
import { checkAssertions, checksOf, exitCodeOf, reportOutcomes } from "./assertions.ts";
import { EXIT } from "./command.ts";
import { retryOption } from "./commands/resume.ts";
import type { RunFollower } from "./live/follower.ts";
import { barProgress, lineProgress, noProgress, type Progress } from "./output/progress.ts";
import { type chooseFormats, writeReports } from "./output/reports.ts";
import { commandFor } from "./started_as.ts";
import { listenForStop, type NextCommands } from "./stop.ts";
import { printError, printOver } from "./output/terminal.ts";

/** What a run needs in addition to its folder. */
export interface Benchmark {
  readonly plan: RunPlan;
  readonly assertions: readonly Assertion[];
  /** What ends it early, as soon as a trial shows it. */
  readonly abort: readonly Assertion[];
  readonly formats: Awaited<ReturnType<typeof chooseFormats>>;
  /** What it had when it was stopped. */
  readonly earlier?: Earlier;
  /** Who follows it. */
  readonly followers?: readonly RunFollower[];
  /** The agents that make the load; absent if this machine makes it. */
  readonly fleet?: Fleet;
}

/** What assertions are checked against before a run. */
export function subjectOf({ contenders, scenarios }: RunPlan): AssertionScope {
  return {
    servers: contenders.map(({ server }) => server),
    scenarios: scenarios.map(({ scenario, cases }) => ({ ...scenario, cases })),
  };
}

/**
 * Checks what the servers of the user need, without starting or reaching them.
 *
 * @throws {UsageError} for what is missing
 */
export async function prepareOwnServers({ contenders }: RunPlan): Promise<Contender[]> {
  const own = contenders.filter(({ server }) => server.launch.by !== "contract");
  if (own.length === 0) return own;
  const { checkPrepared } = await import("../bench/contact/preparation.ts");
  for (const { server } of own) checkPrepared(server);
  return own;
}

/** Tries each server of the user before anything is written. */
export async function meetOwnServers(plan: RunPlan): Promise<void> {
  const own = await prepareOwnServers(plan);
  if (own.length === 0) return;
  const { firstContact } = await import("../bench/contact/first_contact.ts");
  const isStream = plan.scenarios.every(({ scenario }) => scenario.isStream);
  for (const { server, client } of own) {
    const notes = await firstContact(server, client, isStream).catch((error: Error) => {
      // It says what to do already.
      if (error instanceof UsageError) throw error;
      throw new UsageError(`${error.message}. Start it, or fix its --url, --command or --path`);
    });
    for (const note of notes) printError(`note: ${note}`);
    if (client === "browser" && hasUser(server.launch)) {
      printError(
        `note: ${server.id}: the browser sends user and password only where it is answered 401 with WWW-Authenticate: ` +
          "its first connection takes two requests",
      );
    }
  }
}

/**
 * Runs the trials, writes the reports, and closes the store.
 *
 * @returns the exit code
 */
export async function runBenchmark(
  { plan, assertions, abort, formats, earlier, followers = [], fleet }: Benchmark,
  store: Store,
  args: Arguments,
): Promise<number> {
  using _ = store;
  const next: NextCommands = {
    resume: commandFor("resume", store.folder),
    report: commandFor("report", store.folder),
  };
  using stop = listenForStop(printOver, next);
  const { run } = await import("../bench/run/run.ts");
  const there = (earlier?.trials.length ?? 0) - (earlier?.again?.size ?? 0) +
    (earlier?.result?.explanations?.length ?? 0);
  const progress = await chooseProgress(plan, args, there);
  let running: PlannedTrial | undefined;
  let result: Result | undefined;
  let failure: StoreError | undefined;
  let away: string | undefined;
  let scenarios: Result["scenarios"] = [];
  const enough = new AbortController();
  try {
    const control = {
      finish: AbortSignal.any([stop.finish, enough.signal]),
      ...(earlier && { earlier }),
      ...(followers.length > 0 && {
        pulse: (pulse: Pulse): void => {
          for (const follower of followers) follower.pulse(pulse);
        },
      }),
      ...(fleet && { fleet }),
    };
    const events = stored(run(plan, stop.now, control), store, (error) => {
      failure = error;
      stop.giveUp(error);
    });
    for await (const event of events) {
      for (const follower of followers) follower.happened(event);
      if (event.kind === "planned") scenarios = event.result.scenarios;
      if (event.kind === "generators chosen") printOver(generatorsLine(event));
      if (event.kind === "trial started") progress.started(running = event.trial);
      if (event.kind === "trial ended") {
        progress.ended(event.trial, running!);
        const reason = abortReason(abort, event.trial, scenarios);
        if (reason !== undefined) enough.abort(reason);
      }
      if (event.kind === "explaining") progress.explaining(event.trial, event.number, event.of);
      if (event.kind === "explained") progress.explained(event.explained.explanation);
      if (event.kind === "server away") away = awayLine(event, next.resume);
      if (event.kind === "agent away") away = awayLine(event, next.resume);
      if (event.kind === "ended") result = event.result;
    }
  } finally {
    progress.stop();
  }
  if (result === undefined) throw new Error("The run ended without a result");
  if (failure !== undefined) {
    printError(
      `error: ${failure.message}. The run was stopped: make room, and go on with: ${next.resume}`,
    );
  }
  const wasInterrupted = stop.isAsked;
  const missing = new Set<string>(formats.map(({ id }) => id));
  stop.writing(result, missing);
  const outcomes = checkAssertions(assertions, result);
  const areWritten = await writeReports(
    result,
    store.folder,
    formats,
    checksOf(outcomes),
    (id) => missing.delete(id),
  );
  for (const follower of followers) follower.reported(failure?.message);
  if (away !== undefined) printError(away);
  if (enough.signal.aborted) {
    printError(`ABORTED ${enough.signal.reason}. What was measured is kept`);
    if (result.state !== "finished") {
      printError(`go on with: ${next.resume}`);
    }
    return EXIT.exceeded;
  }
  if (wasInterrupted) {
    if (result.state !== "finished") printError(`go on with: ${next.resume}`);
    return EXIT.interrupted;
  }
  if (failure !== undefined || away !== undefined || !areWritten) return EXIT.failed;
  return exitCodeOf(result, reportOutcomes(outcomes));
}

/** How many generators a run has found that it needs, and why. */
function generatorsLine(
  { generators, reason }: Extract<RunEvent, { kind: "generators chosen" }>,
): string {
  const number = generators === 1 ? "1 generator" : `${generators} generators`;
  return `note: the load is made by ${number}: ${reason}`;
}

/** Why a run ended by itself, and how to go on. */
function awayLine(
  { kind, reason, forMs }: Extract<RunEvent, { kind: "server away" | "agent away" }>,
  resume: string,
): string {
  const seconds = `${forMs / 1000} s`;
  const away = kind === "server away"
    ? `It was away for ${seconds}`
    : `It was waited for another ${seconds}`;
  return `error: ${reason}. ${away}, so the run has ended; what was ` +
    `measured is kept. When it is back, go on with: ${resume} --${retryOption.name}`;
}

async function chooseProgress(
  plan: RunPlan,
  args: Arguments,
  earlier: number,
): Promise<Progress> {
  const { trials, settings } = plan;
  if (args.has("no-progress")) return noProgress;
  if (Deno.stderr.isTerminal()) {
    const total = trials.length + explainingTrials(plan).length;
    return await barProgress(total, settings.rounds, earlier);
  }
  return lineProgress(trials.length, printError);
}
