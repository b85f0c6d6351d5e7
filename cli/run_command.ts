/**
 * `run`: benchmarks servers and writes the results.
 *
 * @module
 */

import type { CaseParameters, Result } from "../measure/result.ts";
import { planRun, type RunPlan } from "../runner/options.ts";
import type { PlannedTrial } from "../runner/plan.ts";
import { DEFAULT_PROFILE, profiles } from "../runner/profiles.ts";
import { createStore, type Store, stored } from "../runner/store.ts";
import { UsageError } from "../runner/usage.ts";
import type { Arguments } from "./arguments.ts";
import { readAssertions, reportAssertions } from "./assertions.ts";
import { type Command, EXIT } from "./command.ts";
import { barProgress, lineProgress, noProgress, type Progress } from "./progress.ts";
import { chooseFormats, reportsOption, writeReports } from "./reports.ts";
import { onStopSignal } from "./signals.ts";
import { printError } from "./terminal.ts";

const profileHelp = profiles.map(({ id, title, rounds, durationMs }) =>
  `${id} (${title}: ${rounds} × ${durationMs / 1000} s${
    id === DEFAULT_PROFILE ? ", the default" : ""
  })`
).join(", ");

/** `run`: benchmarks servers and writes the results. */
export const runCommand: Command = {
  name: "run",
  title: "Benchmarks the servers and writes a workbook, results.json and trials.jsonl.",
  options: [
    { name: "servers", value: "A,B|all", help: "Servers to compare (all)" },
    { name: "scenarios", value: "A,B|all", help: "Scenarios to run (all but capacity)" },
    {
      name: "client",
      value: "A,B|auto",
      help: "Client; with several each server gets the first that speaks its protocol (auto)",
    },
    { name: "profile", value: "NAME", help: `quick, standard or thorough (${DEFAULT_PROFILE})` },
    { name: "rounds", value: "N", help: "Times that every case is run on every server" },
    { name: "duration", value: "S", help: "Length of the measured window in seconds" },
    { name: "warmup", value: "S", help: "Length of the warm-up before it in seconds" },
    { name: "seed", value: "N", help: "Seed of the order of the trials (random, recorded)" },
    { name: "connections", value: "N", help: "Connections, in the cases that have them" },
    { name: "in-flight", value: "N", help: "Messages outstanding on a connection, likewise" },
    { name: "size", value: "BYTES", help: "Payload of a message, likewise" },
    {
      name: "rate",
      value: "N",
      help: "Arrivals per second for the scenario rate (10, 50 and 80 % of the slowest server)",
    },
    {
      name: "arrivals",
      value: "NAME",
      help: "How they follow one another: constant or poisson (constant)",
    },
    {
      name: "slo",
      value: "TIME",
      help: "Limit of the p99 response time for the scenario capacity (10ms)",
    },
    { name: "samples", value: "N", help: "Single latencies to keep of each trial (100)" },
    {
      name: "baseline",
      value: "NAME",
      help: "Server that the others are compared with (the first one)",
    },
    {
      name: "assert",
      value: "TEXT",
      repeatable: true,
      help: "What must hold, as 'latency.p99 < 5ms' or 'ws.throughput.rate > 50k'; repeatable",
    },
    { name: "out", value: "DIR", help: "Folder to write, new or empty (results/<time>-<profile>)" },
    {
      name: "engine",
      value: "NAME",
      help: "What carries the bytes of the wire client: epoll, tcp or auto (auto)",
    },
    { name: "generators", value: "N", help: "Client processes that share the connections (1)" },
    reportsOption,
    { name: "no-pin", help: "Do not pin server and client to separate CPUs" },
    { name: "no-progress", help: "Show no progress" },
  ],
  notes: `Profiles: ${profileHelp}.
Names of servers, clients and scenarios: deno task bench list
Exit codes: 0 done, 1 a trial failed or the run is partial, 2 wrong usage, 3 an assertion does not hold,
130 interrupted (results are kept).`,
  run: runBenchmark,
};

async function runBenchmark(args: Arguments, typed: readonly string[]): Promise<number> {
  const plan = planOf(args, typed);
  const { engine } = plan.settings;
  if (engine.reason !== undefined) {
    printError(`note: the wire client uses Deno's sockets, since ${engine.reason}`);
  }
  const assertions = readAssertions(args.all("assert"), {
    servers: plan.contenders.map(({ server }) => server),
    scenarios: plan.scenarios.map(({ scenario, cases }) => ({ ...scenario, cases })),
  });
  const formats = await chooseFormats(args);
  const store = openStore(args.text("out") ?? defaultFolder(plan.settings.profile));
  const controller = new AbortController();
  using _ = onStopSignal(() => controller.abort(new Error("The run was interrupted")));
  const result = await follow(plan, store, controller.signal, args);
  await writeReports(result, store.folder, formats);
  if (controller.signal.aborted) return EXIT.interrupted;
  // An assertion fails for failed trials, too: it says more than they do.
  if (!reportAssertions(assertions, result)) return EXIT.exceeded;
  return result.trials.some(({ state }) => state === "failed") ? EXIT.failed : EXIT.done;
}

function planOf(args: Arguments, typed: readonly string[]): RunPlan {
  const given = <K extends string, T>(key: K, value: T | undefined): { [name in K]?: T } =>
    value === undefined ? {} : { [key]: value } as { [name in K]: T };
  const seconds = (name: string): number | undefined => {
    const value = args.number(name);
    return value === undefined ? undefined : value * 1000;
  };
  const overrides: CaseParameters = {
    ...given("connections", args.number("connections")),
    ...given("inFlight", args.number("in-flight")),
    ...given("size", args.number("size")),
    ...given("rate", args.number("rate")),
    ...given("arrivals", args.text("arrivals") as CaseParameters["arrivals"]),
    ...given("sloMs", args.milliseconds("slo")),
  };
  return planRun({
    ...given("servers", args.list("servers")),
    ...given("scenarios", args.list("scenarios")),
    ...given("clients", args.list("client")),
    ...given("profile", args.text("profile")),
    ...given("rounds", args.number("rounds")),
    ...given("durationMs", seconds("duration")),
    ...given("warmupMs", seconds("warmup")),
    ...given("seed", args.number("seed")),
    ...given("engine", args.text("engine")),
    ...given("generators", args.number("generators")),
    ...given("baseline", args.text("baseline")),
    ...given("samples", args.number("samples")),
    overrides,
    pin: !args.has("no-pin"),
    command: typed.map(quoteArgument).join(" "),
  });
}

/** An argument as it can be typed again in a shell. */
function quoteArgument(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
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
): Promise<Result> {
  const { run } = await import("../runner/run.ts");
  const progress = await chooseProgress(plan, args);
  let running: PlannedTrial | undefined;
  try {
    for await (const event of stored(run(plan, signal), store)) {
      if (event.kind === "trial started") progress.started(running = event.trial);
      if (event.kind === "trial ended") progress.ended(event.trial, running!);
      if (event.kind === "ended") return event.result;
    }
  } finally {
    progress.stop();
  }
  throw new Error("The run ended without a result");
}

async function chooseProgress({ trials, settings }: RunPlan, args: Arguments): Promise<Progress> {
  if (args.has("no-progress")) return noProgress;
  if (Deno.stderr.isTerminal()) return await barProgress(trials.length, settings.rounds);
  return lineProgress(trials.length, printError);
}
