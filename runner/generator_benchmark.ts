/**
 * Compares what drives the load: the engines of the wire client and the client libraries, against the same servers in
 * turn. It shows how far the generator is from being what limits a benchmark.
 *
 * `deno task bench:generator --rounds 5 --duration 1 --servers reference,native,bun`
 *
 * @module
 */

import { parseArgs } from "node:util";
import { clients } from "../clients/mod.ts";
import { decodeHistogram } from "../measure/hdr.ts";
import { Histogram } from "../measure/histogram.ts";
import { type CompletedTrial, type Figure, isMeasured, type Trial } from "../measure/result.ts";
import { median } from "../measure/statistics.ts";
import { describeMachine } from "../probe/machine.ts";
import { describeCase } from "../scenarios/cases.ts";
import { throughput } from "../scenarios/throughput.ts";
import { reference, servers } from "../servers/mod.ts";
import type { ServerEntry } from "../servers/types.ts";
import { hasEpoll } from "./engine.ts";
import { choosePinning } from "./pinning.ts";
import { runTrial, type TrialSettings } from "./trial.ts";
import { pick, UsageError } from "./usage.ts";
import { VERSION } from "./version.ts";

/** One way to drive the load. */
export interface Driver {
  /** Name in the tables. */
  readonly title: string;
  /** Id of the client. */
  readonly client: string;
  /** What carries the bytes, where the client is wire. */
  readonly engine: "epoll" | "tcp";
}

/** What is compared; the first is what the others are measured by. */
const DRIVERS: readonly Driver[] = [
  { title: "wire (epoll)", client: "wire", engine: "epoll" },
  { title: "wire (tcp)", client: "wire", engine: "tcp" },
  { title: "websocket", client: "websocket", engine: "tcp" },
  { title: "ws", client: "ws", engine: "tcp" },
];

/** Messages this small are numbered bytes, of which each reply is verified. */
const SIZE = 16;
const CASES = [
  { connections: 1, inFlight: 1, size: SIZE },
  { connections: 64, inFlight: 1, size: SIZE },
  { connections: 64, inFlight: 16, size: SIZE },
].map(describeCase);

/** Longer than in a benchmark: the slowest client reaches its speed late. */
const WARMUP_MS = 500;

/** What one trial showed. */
export interface Sample {
  /** Tells it from a problem. */
  readonly state: "measured";
  /** Replies per second. */
  readonly rate: number;
  /** Replies per second of CPU time that the generator used. */
  readonly perCpuSecond: Figure;
  /** CPU time of the generator by the length of the window. */
  readonly generatorShare: Figure;
  /** CPU time of the server by the length of the window. */
  readonly serverShare: Figure;
  /** Latencies in nanoseconds. */
  readonly latency: Histogram;
}

/** Why a trial has no figures: it failed, or replies were wrong. */
export interface Problem {
  /** Tells it from a sample. */
  readonly state: "failed" | "wrong";
  /** What happened. */
  readonly reason: string;
}

/** What came of the trials of one driver, round by round. */
export interface Outcomes {
  /** Name of the driver. */
  readonly title: string;
  /** By round. */
  readonly rounds: readonly (Sample | Problem)[];
}

/**
 * Rotates a list, so that each driver is the first, the second, … as often as any other.
 *
 * @param round from 0; as many rounds as there are items give each item each place once
 */
export function rotated<T>(items: readonly T[], round: number): T[] {
  const at = items.length === 0 ? 0 : round % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

/** Reads off a trial what is compared. Figures of a trial with wrong replies would be those of other work: none. */
export function outcomeOf(trial: Trial): Sample | Problem {
  if (trial.state === "failed") return { state: "failed", reason: trial.reason };
  const wrong = wrongReplies(trial);
  if (wrong !== "") return { state: "wrong", reason: wrong };
  const { counts: { replies }, phases: { windowMs }, cpu, histograms } = trial;
  if (histograms.serviceTime === undefined) return { state: "failed", reason: "No reply came" };
  const { timeNs } = cpu.generator;
  return {
    state: "measured",
    rate: replies / windowMs * 1000,
    perCpuSecond: isMeasured(timeNs) ? replies / timeNs * 1e9 : timeNs,
    generatorShare: cpu.generator.share,
    serverShare: cpu.server.share,
    latency: decodeHistogram(histograms.serviceTime),
  };
}

function wrongReplies({ integrity }: CompletedTrial): string {
  const kinds = ["lost", "duplicated", "reordered", "corrupted"] as const;
  return kinds.filter((kind) => integrity[kind] > 0)
    .map((kind) => `${integrity[kind].toLocaleString("en-US")} ${kind}`).join(", ");
}

/**
 * How many times as much the first has as the other, round by round: a drift of the machine hits both alike.
 *
 * @param read reads the figure off a sample
 * @returns the ratios of the rounds in which both have the figure
 */
export function ratios(
  first: Outcomes,
  other: Outcomes,
  read: (sample: Sample) => Figure,
): number[] {
  return first.rounds.flatMap((one, round) => {
    const another = other.rounds[round];
    if (one.state !== "measured" || another?.state !== "measured") return [];
    const [a, b] = [read(one), read(another)];
    return isMeasured(a) && isMeasured(b) ? [a / b] : [];
  });
}

/** The figures of all rounds that have one. */
function figures(samples: readonly Sample[], read: (sample: Sample) => Figure): number[] {
  return samples.map(read).filter(isMeasured);
}

const NOTHING = "–";

const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
const percent = (value: number): string => `${Math.round(value * 100)} %`;
const times = (value: number): string => value.toFixed(2);
const micros = (ns: number): string => (ns / 1000).toFixed(1);

/** The median as text. */
function middle(values: readonly number[], text: (value: number) => string): string {
  return values.length === 0 ? NOTHING : text(median(values));
}

/** The median with the least and the most, as text: `2 (1–4)`. */
function withSpread(values: readonly number[], text: (value: number) => string): string {
  if (values.length < 2) return middle(values, text);
  return `${text(median(values))} (${text(Math.min(...values))}–${text(Math.max(...values))})`;
}

const HEADER = [
  "client",
  "messages/s",
  "p50 µs",
  "p99 µs",
  "per generator CPU s",
  "generator CPU",
  "server CPU",
  "× messages/s",
  "× per CPU s",
  "rounds",
];

/**
 * The table of one server and one load: medians over the rounds with their spread and, under `×`, how many times as
 * much the first driver has as the one of the row. Percentiles are those of all rounds' messages together.
 *
 * @param all the first is what the others are compared with
 * @returns rows of cells, the header first
 */
export function tableRows(all: readonly Outcomes[]): string[][] {
  const [first] = all;
  return [HEADER, ...all.map((outcomes) => row(first!, outcomes))];
}

function row(first: Outcomes, outcomes: Outcomes): string[] {
  const samples = outcomes.rounds.filter((outcome) => outcome.state === "measured");
  const latency = new Histogram();
  for (const sample of samples) latency.merge(sample.latency);
  const byRate = outcomes === first ? [] : ratios(first, outcomes, ({ rate }) => rate);
  const byCpu = outcomes === first
    ? []
    : ratios(first, outcomes, ({ perCpuSecond }) => perCpuSecond);
  const percentile = (rank: number): string =>
    samples.length === 0 ? NOTHING : micros(latency.percentile(rank));
  return [
    outcomes.title,
    withSpread(figures(samples, ({ rate }) => rate), whole),
    percentile(50),
    percentile(99),
    middle(figures(samples, ({ perCpuSecond }) => perCpuSecond), whole),
    middle(figures(samples, ({ generatorShare }) => generatorShare), percent),
    middle(figures(samples, ({ serverShare }) => serverShare), percent),
    withSpread(byRate, times),
    withSpread(byCpu, times),
    samples.length === outcomes.rounds.length
      ? String(samples.length)
      : `${samples.length} of ${outcomes.rounds.length}`,
  ];
}

/** What went wrong, a line each. */
export function problemLines(all: readonly Outcomes[]): string[] {
  return all.flatMap(({ title, rounds }) =>
    rounds.flatMap((outcome, round) => {
      if (outcome.state === "measured") return [];
      const what = outcome.state === "failed" ? "FAILED" : "WRONG REPLIES";
      return [`${what}: ${title}, round ${round + 1}: ${outcome.reason}`];
    })
  );
}

/** Lines of a table: the first column to the left, the others to the right. */
export function padded(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]!.length))
  );
  return rows.map((cells) =>
    cells.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)
    ).join("  ").trimEnd()
  );
}

/** What the benchmark is asked to do. */
export interface BenchmarkOptions {
  /** Rounds. */
  readonly rounds: number;
  /** Length of each window in milliseconds. */
  readonly durationMs: number;
  /** Ids of the servers. */
  readonly servers: readonly string[];
}

/**
 * Reads the arguments.
 *
 * @throws {UsageError} for those that cannot be
 */
export function parseOptions(args: readonly string[]): BenchmarkOptions {
  const { rounds, duration, servers } = parseWords(args);
  if (!/^[1-9]\d{0,2}$/.test(rounds)) {
    throw new UsageError(`--rounds must be a whole number from 1 to 999: received "${rounds}"`);
  }
  const seconds = duration.trim() === "" ? NaN : Number(duration);
  if (!(seconds >= 0.1 && seconds <= 3600)) {
    throw new UsageError(`--duration must be from 0.1 to 3600 s: received "${duration}"`);
  }
  return {
    rounds: Number(rounds),
    durationMs: seconds * 1000,
    servers: servers.split(",").map((id) => id.trim()).filter((id) => id !== ""),
  };
}

function parseWords(args: readonly string[]): Record<"rounds" | "duration" | "servers", string> {
  try {
    return parseArgs({
      args: [...args],
      options: {
        rounds: { type: "string", default: "5" },
        duration: { type: "string", default: "1" },
        servers: { type: "string", default: "reference,native,bun" },
      },
    }).values;
  } catch (error) {
    const [what] = (error as Error).message.split(/[.\n]/);
    throw new UsageError(`${what}; known: --rounds N, --duration S, --servers a,b`);
  }
}

/** An echo on Bun.serve that follows the server contract. Bun as a contender has a file of its own to come. */
const BUN_SERVER = `
const argumentAfter = (name) => process.argv[process.argv.indexOf(name) + 1];
const hostname = argumentAfter("--hostname");
const server = Bun.serve({
  hostname,
  port: Number(argumentAfter("--port")),
  fetch(request, server) {
    const isEcho = new URL(request.url).pathname === "/echo";
    if (isEcho && server.upgrade(request)) return;
    return new Response("Not found\\n", { status: 404 });
  },
  websocket: { perMessageDeflate: false, message: (socket, message) => void socket.send(message) },
});
for (const last of ["SIGINT", "SIGTERM"]) process.on(last, () => process.exit(0));
for (const last of ["end", "close", "error"]) process.stdin.on(last, () => process.exit(0));
process.stdin.resume();
process.stdout.write(JSON.stringify({
  ready: true,
  url: "ws://" + hostname + ":" + server.port + "/",
  pid: process.pid,
  server: "bun",
  runtime: "bun " + Bun.version,
  library: "Bun.serve " + Bun.version,
}) + "\\n");
`;

/** What {@linkcode findBun} found. */
interface Bun {
  readonly program: string;
  readonly version: string;
}

/** Finds Bun: on the PATH, or as a package that deno.json does not name. */
async function findBun(): Promise<Bun | undefined> {
  for (const find of [() => Promise.resolve("bun"), bunOfPackage]) {
    const program = await find();
    const version = program && await output(program, ["--version"]);
    if (version) return { program, version: version.trim() };
  }
  return undefined;
}

/** Where Deno keeps the program of the package, which this fetches where it is not there yet. */
async function bunOfPackage(): Promise<string | undefined> {
  const name = "@oven/bun-linux-x64";
  if (Deno.build.target !== "x86_64-unknown-linux-gnu") return undefined;
  const info = ["info", "--json", "--no-lock"];
  const [graph, places] = await Promise.all([
    output(Deno.execPath(), [...info, `npm:${name}`]),
    output(Deno.execPath(), info),
  ]);
  if (graph === undefined || places === undefined) return undefined;
  const modules: { npmPackage?: string }[] = JSON.parse(graph).modules ?? [];
  const found = modules.find(({ npmPackage }) => npmPackage?.startsWith(`${name}@`))?.npmPackage;
  if (found === undefined) return undefined;
  const version = found.slice(name.length + 1);
  return `${JSON.parse(places).npmCache}/registry.npmjs.org/${name}/${version}/bin/bun`;
}

/** What a program prints; undefined where it cannot be started or fails. */
async function output(program: string, args: string[]): Promise<string | undefined> {
  try {
    const command = new Deno.Command(program, {
      args,
      cwd: new URL("../", import.meta.url),
      stderr: "null",
    });
    const { success, stdout } = await command.output();
    return success ? new TextDecoder().decode(stdout) : undefined;
  } catch {
    return undefined;
  }
}

function print(text: string): void {
  write(Deno.stdout, `${text}\n`);
}

/** Shows on a terminal what is under way; `""` takes it away. */
function showProgress(text: string): void {
  if (Deno.stderr.isTerminal()) write(Deno.stderr, `\r\x1b[K${text}`);
}

function write(stream: typeof Deno.stdout, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) at += stream.writeSync(bytes.subarray(at));
}

/** Facts that tell one machine from another, and what they are called here. */
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
  bun: Bun | undefined,
): Promise<string[]> {
  const used = clients.filter(({ id }) => drivers.some(({ client }) => client === id));
  const libraries = await Promise.all(used.map(async ({ load }) => (await load()).library));
  return [
    `The generator's engines compared, ${new Date().toISOString()}`,
    `wsmark ${VERSION}, Deno ${Deno.version.deno}, V8 ${Deno.version.v8}` +
    (bun ? `, Bun ${bun.version}` : ""),
    `Clients: ${libraries.join("; ")}`,
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

/** The servers that can be run here, and why the others cannot. */
function chooseServers(
  ids: readonly string[],
  bun: Bun | undefined,
  bunFile: string,
): { chosen: readonly ServerEntry[]; left: string[] } {
  const bunEntry: ServerEntry = {
    id: "bun",
    title: "Bun.serve",
    protocol: "websocket",
    command: [bun?.program ?? "bun", bunFile],
  };
  const known = [
    reference,
    ...servers.filter(({ protocol }) => protocol === "websocket"),
    bunEntry,
  ];
  const wanted = pick("server", ids, known);
  const missing = new Map([
    ...(hasEpoll() ? [] : [[reference.id, "epoll cannot be used here"] as const]),
    ...(bun
      ? []
      : [["bun", "no bun on the PATH, nor can npm:@oven/bun-linux-x64 be had"] as const]),
  ]);
  return {
    chosen: wanted.filter(({ id }) => !missing.has(id)),
    left: wanted.filter(({ id }) => missing.has(id))
      .map(({ id, title }) => `${title} is left out: ${missing.get(id)}`),
  };
}

/** Runs all trials of one server and one case. */
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
      const settings = { warmupMs: WARMUP_MS, durationMs, pinning, generators: 1 };
      const trial = await runTrial(
        { ...plan, case: chosenCase },
        { ...settings, engine: { id: engine } },
        signal,
      );
      all.get(driver)!.push(outcomeOf(trial));
    }
  }
  showProgress("");
  return drivers.map((driver) => ({ title: driver.title, rounds: all.get(driver)! }));
}

/** Runs the benchmark and prints it table by table; resolves to whether all trials were right. */
async function run(
  options: BenchmarkOptions,
  folder: string,
  signal: AbortSignal,
): Promise<boolean> {
  const bun = options.servers.includes("bun") || options.servers.includes("all")
    ? await findBun()
    : undefined;
  const bunFile = `${folder}/bun_server.js`;
  await Deno.writeTextFile(bunFile, BUN_SERVER);
  const { chosen, left } = chooseServers(options.servers, bun, bunFile);
  const pinning = choosePinning(true);
  const drivers = DRIVERS.filter(({ engine }) => engine !== "epoll" || hasEpoll());
  for (const line of [...await describe(options, drivers, pinning, bun), ...left]) print(line);
  let allRight = true;
  for (const server of chosen) {
    for (const chosenCase of CASES) {
      const outcomes = await compare(server, chosenCase, drivers, options, pinning, signal);
      const problems = problemLines(outcomes);
      allRight &&= problems.length === 0;
      print(`\n${server.title}: ${chosenCase.title}`);
      for (const line of [...padded(tableRows(outcomes)), ...problems]) print(line);
    }
  }
  return allRight;
}

async function main(): Promise<number> {
  const controller = new AbortController();
  const interrupted = new Error("interrupted");
  const interrupt = (): void => controller.abort(interrupted);
  const folder = await Deno.makeTempDir({ prefix: "wsmark-" });
  Deno.addSignalListener("SIGINT", interrupt);
  try {
    return await run(parseOptions(Deno.args), folder, controller.signal) ? 0 : 1;
  } catch (error) {
    showProgress("");
    if (error === interrupted) return 130;
    if (!(error instanceof UsageError)) throw error;
    write(Deno.stderr, `${error.message}\n`);
    return 2;
  } finally {
    Deno.removeSignalListener("SIGINT", interrupt);
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) Deno.exit(await main());
