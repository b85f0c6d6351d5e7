/**
 * Compares what drives the load: the engines of the wire client and the client libraries, in turn against the same
 * servers. It shows how far the generator is from limiting a benchmark. Then it shows how late the wire client sends by a
 * schedule, beside the machine's own floor.
 *
 * `deno task bench:generator --rounds 5 --duration 1 --servers reference,native,bun`; the second part alone:
 * `deno task bench:generator --pacing`
 */

import type { Arguments, Option } from "../../cli/arguments.ts";
import { EXIT } from "../../cli/command.ts";
import { onStopOrExit } from "../../cli/stop.ts";
import { print } from "../../cli/output/terminal.ts";
import { runAsProgram } from "../command.ts";
import { clients } from "../../clients/mod.ts";
import { describeMachine } from "../../bench/machine/machine.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { rate } from "../../scenarios/rate.ts";
import { throughput } from "../../scenarios/throughput.ts";
import { reference, servers } from "../../servers/mod.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { whyNoUring } from "../../clients/wire/transport/uring.ts";
import { hasEpoll } from "../../bench/plan/client/engine.ts";
import { measureFloor, type Pacing, pacingOf, type Problem, RATES } from "./pacing.ts";
import {
  type Driver,
  outcomeOf,
  type Outcomes,
  pacingRows,
  padded,
  problemLines,
  rotated,
  type Sample,
  tableRows,
} from "./table.ts";
import { choosePinning } from "../../bench/process/pinning.ts";
import { startServer } from "../../bench/process/server_process.ts";
import { runTrial, type TrialSettings } from "../../bench/run/trial.ts";
import { pick } from "../../bench/choice.ts";
import { UsageError, whole } from "../../bench/usage.ts";
import { VERSION } from "../../bench/version.ts";

/** What is compared; the first is what the others are measured by. */
const DRIVERS: readonly Driver[] = [
  { title: "wire (epoll)", client: "wire", engine: "epoll" },
  { title: "wire (uring)", client: "wire", engine: "uring" },
  { title: "wire (tcp)", client: "wire", engine: "tcp" },
  { title: "websocket", client: "websocket", engine: "tcp" },
  { title: "ws", client: "ws", engine: "tcp" },
];

/** Messages this small are numbered bytes, so that each reply is verified. */
const SIZE = 16;
const CASES = [
  { connections: 1, inFlight: 1, size: SIZE },
  { connections: 64, inFlight: 1, size: SIZE },
  { connections: 64, inFlight: 16, size: SIZE },
].map(describeCase);

/** Longer than in a run: the slowest client takes long to reach its full speed. */
const WARMUP_MS = 500;
export interface BenchmarkOptions {
  readonly rounds: number;
  readonly durationMs: number;
  readonly servers: readonly string[];
  /** Whether only the pacing is measured. */
  readonly isPacingOnly: boolean;
}

export const OPTIONS: readonly Option[] = [
  { name: "rounds", value: "N", help: "Rounds (5)" },
  { name: "duration", value: "S", help: "Length of each window in seconds (1)" },
  { name: "servers", value: "A,B|all", help: "Servers (reference,native,bun)" },
  { name: "pacing", help: "Only how late messages are sent by a schedule" },
];

export function readOptions(args: Arguments): BenchmarkOptions {
  const seconds = args.number("duration") ?? 1;
  if (!(seconds >= 0.1 && seconds <= 3600)) {
    throw new UsageError(
      `--duration must be from 0.1 to 3600 s: received "${args.text("duration")}"`,
    );
  }
  return {
    rounds: whole("number of rounds", args.number("rounds") ?? 5, 1, 999),
    durationMs: seconds * 1000,
    servers: args.list("servers") ?? ["reference", "native", "bun"],
    isPacingOnly: args.has("pacing"),
  };
}

/** Shows on a terminal what is under way; `""` clears the line. */
function showProgress(text: string): void {
  const line = new TextEncoder().encode(`\r\x1b[K${text}`);
  if (Deno.stderr.isTerminal()) Deno.stderr.writeSync(line);
}

/** Facts that distinguish machines, and what they are called here. */
const MACHINE: readonly (readonly [group: string, name: string, title: string])[] = [
  ["Processor", "Model", "processor"],
  ["Processor", "Logical CPUs available", "CPUs"],
  ["Processor", "Virtual machine", "virtual machine"],
  ["Operating system", "Name", "system"],
  ["Operating system", "Kernel", "kernel"],
  ["Load", "1 min at the start", "load at the start"],
];

function machineLine(): string {
  const facts = describeMachine();
  return MACHINE.flatMap(([group, name, title]) => {
    const value = facts.find((fact) => fact.group === group && fact.name === name)?.value;
    if (value === undefined) return [];
    return [`${title} ${typeof value === "object" ? `not known (${value.absent})` : value}`];
  }).join("; ");
}

async function describe(
  { rounds, durationMs }: BenchmarkOptions,
  drivers: readonly Driver[],
  pinning: TrialSettings["pinning"],
  chosen: readonly ServerEntry[],
): Promise<string[]> {
  const used = clients.filter(({ id }) => drivers.some(({ client }) => client === id));
  const libraries = await Promise.all(used.map(async ({ load }) => (await load()).library));
  return [
    `The generator's engines compared, ${new Date().toISOString()}`,
    `wsmark ${VERSION}, Deno ${Deno.version.deno}, V8 ${Deno.version.v8}`,
    `Clients: ${libraries.join("; ")}`,
    `Servers: ${(await Promise.all(chosen.map(introduce))).join("; ")}`,
    `Machine: ${machineLine()}`,
    "absent" in pinning
      ? `Not pinned: ${pinning.absent}`
      : `Pinned: server to CPU ${pinning.server}, generator to CPU ${pinning.generator}`,
    `Rounds: ${rounds}, in rotating order; each trial with a fresh server and a fresh generator, ` +
    `${WARMUP_MS / 1000} s of warm-up, ${durationMs / 1000} s measured`,
    `${SIZE}-byte messages, each with its number and connection; every reply is verified`,
    "Medians over the rounds (least–most); percentiles are of all rounds' messages together",
    `×: how many times as much ${drivers[0]!.title} has, round by round; 100 % CPU is one core`,
  ];
}

async function introduce(server: ServerEntry): Promise<string> {
  const { ready, stop } = await startServer(server);
  await stop();
  return `${ready.library} on ${ready.runtime}`;
}

/** The servers that can be run here, and why the others cannot. */
function chooseServers(
  ids: readonly string[],
): { chosen: readonly ServerEntry[]; left: string[] } {
  const known = [reference, ...servers.filter(({ protocol }) => protocol === "websocket")];
  const wanted = pick("server", ids, known);
  const missing = new Map(wanted.map((server) => [server.id, missingOf(server)]));
  return {
    chosen: wanted.filter(({ id }) => missing.get(id) === undefined),
    left: wanted.filter(({ id }) => missing.get(id) !== undefined)
      .map(({ id, title }) => `${title} is left out: ${missing.get(id)}`),
  };
}

function missingOf({ id, launch }: ServerEntry): string | undefined {
  if (id === reference.id && !hasEpoll()) return "epoll cannot be used here";
  const command = launch.by === "contract" ? launch.command() : [];
  return "missing" in command ? command.missing : undefined;
}

async function compare(
  server: ServerEntry,
  chosenCase: (typeof CASES)[number],
  drivers: readonly Driver[],
  { rounds, durationMs }: BenchmarkOptions,
  pinning: TrialSettings["pinning"],
  signal: AbortSignal,
): Promise<Outcomes[]> {
  const all = new Map(drivers.map((driver) => [driver, [] as (Sample | Problem)[]]));
  for (let round = 0; round < rounds; round++) {
    for (const driver of rotated(drivers, round)) {
      showProgress(`${server.title}, ${chosenCase.title}: round ${round + 1}, ${driver.title}`);
      const { client, engine } = driver;
      const plan = { trial: 1, round: round + 1, server, client, scenario: throughput };
      const settings = { warmupMs: WARMUP_MS, durationMs, pinning, generators: 1, samples: 0 };
      const trial = await runTrial(
        { ...plan, case: chosenCase, seed: 0 },
        { ...settings, engine: { id: engine } },
        signal,
      );
      all.get(driver)!.push(outcomeOf(trial));
    }
  }
  showProgress("");
  return drivers.map((driver) => ({ title: driver.title, rounds: all.get(driver)! }));
}

/** Shows how late the wire client sends to the reference server; resolves to whether all trials were right. */
async function showPacing(
  { rounds, durationMs }: BenchmarkOptions,
  pinning: TrialSettings["pinning"],
  signal: AbortSignal,
): Promise<boolean> {
  const cpus = "absent" in pinning ? [] : pinning.generator;
  const all = RATES.map((perSecond) => ({
    rate: perSecond,
    title: `${perSecond} messages/s`,
    rounds: [] as (Pacing | Problem)[],
  }));
  for (let round = 0; round < rounds; round++) {
    for (const one of rotated(all, round)) {
      showProgress(`Pacing: round ${round + 1}, ${one.title}`);
      const floor = await measureFloor(one.rate, durationMs, cpus);
      const parameters = {
        connections: 64,
        size: 64,
        arrivals: "constant",
        rate: one.rate,
      } as const;
      const plan = {
        trial: 1,
        round: round + 1,
        server: reference,
        client: "wire",
        scenario: rate,
      };
      const settings = { warmupMs: WARMUP_MS, durationMs, pinning, generators: 1, samples: 0 };
      const trial = await runTrial(
        { ...plan, case: describeCase(parameters), seed: 0 },
        { ...settings, engine: { id: "epoll" } },
        signal,
      );
      one.rounds.push(pacingOf(trial, floor));
    }
  }
  showProgress("");
  print("\nPacing: 64-byte messages at equal distances on 64 connections to the reference server");
  print(
    "floor: a loop that only looks at the clock, on the same CPU just before; own: without the",
  );
  print("time in which the generator had no CPU");
  const problems = problemLines(all);
  for (const line of [...padded(pacingRows(all)), ...problems]) print(line);
  return problems.length === 0;
}

/** Runs the benchmark and prints it table by table; resolves to whether all trials were right. */
async function run(options: BenchmarkOptions, signal: AbortSignal): Promise<boolean> {
  const { chosen, left } = chooseServers(options.servers);
  const pinning = choosePinning({});
  const drivers = DRIVERS.filter(({ engine }) =>
    engine === "tcp" || (engine === "epoll" ? hasEpoll() : whyNoUring() === undefined)
  );
  for (const line of [...await describe(options, drivers, pinning, chosen), ...left]) print(line);
  let allRight = true;
  for (const server of options.isPacingOnly ? [] : chosen) {
    for (const chosenCase of CASES) {
      const outcomes = await compare(server, chosenCase, drivers, options, pinning, signal);
      const problems = problemLines(outcomes);
      allRight &&= problems.length === 0;
      print(`\n${server.title}: ${chosenCase.title}`);
      for (const line of [...padded(tableRows(outcomes)), ...problems]) print(line);
    }
  }
  if (!hasEpoll()) return allRight;
  return await showPacing(options, pinning, signal) && allRight;
}

async function main(args: Arguments): Promise<number> {
  const controller = new AbortController();
  const interrupted = new Error("interrupted");
  using _ = onStopOrExit(() => controller.abort(interrupted));
  try {
    return await run(readOptions(args), controller.signal) ? EXIT.done : EXIT.failed;
  } catch (error) {
    showProgress("");
    if (error === interrupted) return EXIT.interrupted;
    throw error;
  }
}

if (import.meta.main) await runAsProgram(OPTIONS, main);
