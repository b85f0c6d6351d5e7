/**
 * The generator: a process of its own that drives one trial's traffic.
 *
 * It is told its client as its argument, so that it can load it while the server starts, and its task as one JSON
 * line on stdin. It prints a line when its connections are open, starts the traffic when it is told so by a second
 * line, and prints its report as one JSON line; lines with its pulse come before that where it was asked for them. When
 * its stdin closes before its report, it ends: the runner is gone.
 *
 * @module
 */

import { clients } from "../clients/mod.ts";
import type { CaseParameters, IntegrityCounts } from "../measure/result.ts";
import { forEachHistogram } from "../measure/histogram.ts";
import type {
  ArrivalCounts,
  Capacity,
  ConnectionSpread,
  Figure,
  HistogramName,
  Samples as Latencies,
  TimelineSlice,
  WindowCounts,
} from "../measure/result.ts";
import { createProcessProbe, type ProcessSample } from "../probe/process.ts";
import { createStealProbe, stealBetween, type StealSample } from "../probe/steal.ts";
import { scenarios } from "../scenarios/mod.ts";
import type { Scenario } from "../scenarios/types.ts";
import type { Protocol } from "../servers/types.ts";
import { ClientExchange } from "./client_exchange.ts";
import { drive, type DriveOutcome, type Moment } from "./drive.ts";
import type { Exchange, ExchangeOptions } from "./exchange.ts";
import { readLines } from "./lines.ts";
import { type Pulse, type Pulses, pulsesOf } from "./pulse.ts";
import { addressOf } from "./reach.ts";
import { findCapacity } from "./search.ts";
import type { Engine } from "./wire_exchange.ts";

/** What a generator is to do. */
export interface GeneratorTask {
  /** Where the connections go. */
  readonly url: string;
  /** What the server does with a message there. */
  readonly behaviour: Scenario["behaviour"];
  /** Process of the server, or null where it is not on this machine. */
  readonly serverPid: number | null;
  /** What the server speaks. */
  readonly protocol: Protocol;
  /** What carries the bytes of the wire client. */
  readonly engine: Engine;
  /** Id of the scenario. */
  readonly scenario: string;
  /** Parameters of the case. */
  readonly parameters: CaseParameters;
  /** The CPUs that server and generators run on; empty for all. */
  readonly cpus: readonly number[];
  /** Determines what is random in its traffic. */
  readonly seed: number;
  /** Of how many single messages the latencies are kept. */
  readonly samples: number;
  /** Length of the warm-up in milliseconds. */
  readonly warmupMs: number;
  /** Length of the window in milliseconds. */
  readonly durationMs: number;
  /** Whether it tells of its pulse while the traffic runs. */
  readonly hasPulse: boolean;
}

/** Samples of a process at the moments of a trial. */
export type Samples = { readonly [moment in Moment]: ProcessSample };

/** The connections of a generator are open. */
export interface GeneratorConnected {
  /** Tells it from a report and a failure. */
  readonly state: "connected";
}

/** What a generator measured. */
export interface GeneratorReport {
  /** Tells a report from a failure. */
  readonly state: "completed";
  /** How long each phase took that the generator sees. */
  readonly phases: DriveOutcome["phases"];
  /** Counts inside the window. */
  readonly counts: WindowCounts;
  /** What became of the scheduled messages; null where there was no schedule. */
  readonly arrivals: ArrivalCounts | null;
  /** What a search found; null where there was none. */
  readonly capacity: Capacity | null;
  /** Account of all replies. */
  readonly integrity: IntegrityCounts;
  /** Histograms as pairs of nanoseconds and count. */
  readonly histograms: { readonly [name in HistogramName]: readonly [ns: number, count: number][] };
  /** Spread over the connections; null where no connection had a reply. */
  readonly connections: ConnectionSpread | null;
  /** Latencies of single messages; null where none were asked for, or none answered. */
  readonly latencies: Latencies | null;
  /** The window in slices of 100 ms. */
  readonly timeline: readonly TimelineSlice[];
  /** Samples of the server, or null where it is not on this machine. */
  readonly server: Samples | null;
  /** Samples of the generator itself. */
  readonly generator: Samples;
  /** Share of the CPUs' time in the window that the hypervisor took. */
  readonly stolen: Figure;
  /** Samples of the other generators of the trial. */
  readonly others: readonly Samples[];
}

/** Why a generator could not do its task. */
export interface GeneratorFailure {
  /** Tells a failure from a report. */
  readonly state: "failed";
  /** What happened, in one line. */
  readonly reason: string;
}

/** Id of the client whose frames are driven without the clients' interface. */
const WIRE = "wire";

function findScenario({ scenario }: GeneratorTask): Scenario {
  return scenarios.find(({ id }) => id === scenario)!;
}

async function makeExchange(
  clientId: string,
  task: GeneratorTask,
  pulses: Pulses | undefined,
): Promise<Exchange> {
  const scenario = findScenario(task);
  const options: ExchangeOptions = {
    url: task.url,
    traffic: (load) => scenario.traffic(load, task.parameters, task.seed),
    payload: scenario.payload(task.parameters, task.behaviour),
    timeline: scenario.timeline,
    samples: task.samples,
    closed: pulses?.closed,
  };
  if (clientId !== WIRE) {
    const client = await clients.find(({ id }) => id === clientId)!.load();
    return new ClientExchange(client, options);
  }
  const { WireExchange } = await import("./wire_exchange.ts");
  const exchange = new WireExchange(task.engine, task.protocol, options, await addressOf(task.url));
  exchange.watch(STDIN, () => Deno.exit(0));
  return exchange;
}

const STDIN = 0;

/** Drives one window. */
async function run(
  clientId: string,
  task: GeneratorTask,
  connected: () => Promise<void>,
): Promise<GeneratorReport> {
  const pulses = task.hasPulse ? pulsesOf(tell) : undefined;
  using exchange = await makeExchange(clientId, task, pulses);
  const server = task.serverPid === null ? null : createProcessProbe(task.serverPid);
  const self = createProcessProbe(Deno.pid);
  const steal = createStealProbe();
  // The first sample takes longer: it is not to be taken next to the window.
  steal.sample();
  const stolen: { [moment in Moment]?: StealSample } = {};
  const samples = { server: {}, generator: {} } as Record<
    "server" | "generator",
    Record<Moment, ProcessSample>
  >;

  const { phases, recorder, ledger, connections } = await drive(exchange, {
    connected,
    warmupMs: task.warmupMs,
    durationMs: task.durationMs,
    at(moment) {
      if (moment === "window starts" || moment === "window ends") stolen[moment] = steal.sample();
      // The generator's own sample is next to the window: what sampling costs it is not inside.
      if (moment === "window ends") samples.generator[moment] = self.sample();
      if (server !== null) samples.server[moment] = server.sample();
      if (moment === "window starts") pulses?.beginWindow();
      if (moment !== "window ends") samples.generator[moment] = self.sample();
    },
  });

  return {
    state: "completed",
    phases,
    counts: recorder.counts(connections),
    arrivals: recorder.arrivals ?? null,
    capacity: null,
    integrity: ledger.counts(),
    histograms: forEachHistogram((name) => [...recorder[name].entries()]),
    connections: recorder.spread(connections) ?? null,
    latencies: recorder.samples ?? null,
    timeline: recorder.timeline,
    server: server && samples.server,
    generator: samples.generator,
    stolen: stealBetween(stolen["window starts"]!, stolen["window ends"]!, task.cpus),
    others: [],
  };
}

/** Drives windows of different arrival rates until the highest is found that the server sustains. */
async function search(
  clientId: string,
  task: GeneratorTask,
  connected: () => Promise<void>,
): Promise<GeneratorReport> {
  let first: (() => Promise<void>) | undefined = connected;
  return await findCapacity(task, async (part) => {
    const report = await run(clientId, part, async () => await first?.());
    first = undefined;
    return report;
  });
}

function tell(message: GeneratorConnected | Pulse | GeneratorReport | GeneratorFailure): void {
  const bytes = new TextEncoder().encode(JSON.stringify(message) + "\n");
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

if (import.meta.main) {
  const [clientId = ""] = Deno.args;
  const lines = readLines(Deno.stdin.readable);
  // Loaded while the server still starts; a failure shows when it is used.
  if (clientId === WIRE) import("./wire_exchange.ts").catch(() => {});
  else clients.find(({ id }) => id === clientId)?.load().catch(() => {});
  const first = await lines.next();
  if (first.done) Deno.exit(0);
  try {
    const task: GeneratorTask = JSON.parse(first.value);
    const work = findScenario(task).isSearch ? search : run;
    tell(
      await work(clientId, task, async () => {
        tell({ state: "connected" });
        if ((await lines.next()).done) Deno.exit(0);
        lines.next().then(() => Deno.exit(0));
      }),
    );
  } catch (error) {
    tell({ state: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
  Deno.exit(0);
}
