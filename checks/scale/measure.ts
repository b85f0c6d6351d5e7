/** How a coordinator fares with many agents: fakes that make no load, at one NATS. */

import process from "node:process";
import { openBus } from "../../bench/agents/bus.ts";
import { startNats } from "../../bench/agents/broker/server.ts";
import { type Fleet, takeAgents } from "../../bench/agents/fleet.ts";
import { findAgents } from "../../bench/agents/list.ts";
import { generate } from "../../bench/generator/load.ts";
import type { GeneratorReport, GeneratorTask } from "../../bench/generator/messages.ts";
import { startGenerator } from "../../bench/generator/process.ts";
import { mergeReports } from "../../bench/generator/share.ts";
import { createProcessProbe } from "../../bench/machine/usage/process.ts";
import { type Child, startChild } from "../../bench/process/child.ts";
import { type Figure, isMeasured } from "../../measure/model/result.ts";
import type { AskedFakes } from "./fakes.ts";

/** One thing that was done. */
export interface Step {
  readonly name: string;
  readonly tookMs: number;
  /** CPU time that the coordinator and nats-server took meanwhile, in milliseconds. */
  readonly coordinatorMs: number;
  readonly natsMs: number;
}

/** What was measured. */
export interface Scale {
  readonly agents: number;
  readonly steps: readonly Step[];
  /** Bytes of one report as JSON, and buckets of its largest histogram. */
  readonly reportBytes: number;
  readonly buckets: number;
  /** Memory of the coordinator before the first step, and the most until the end, in bytes. */
  readonly memory: readonly [before: Figure, most: Figure];
  /** Messages in the merged histogram, of how many that all reported. */
  readonly merged: readonly [found: number, expected: number];
}

/** A window of the fakes, in milliseconds. */
const WINDOW_MS = 1000;
/** Fakes in a process. */
const PER_PROCESS = 250;

/**
 * Measures.
 *
 * @param agents how many fakes there are
 * @throws {Error} if a step fails
 */
export async function measureScale(agents: number): Promise<Scale> {
  await using stack = new AsyncDisposableStack();
  const report = await realReport();
  const nats = stack.use(await startNats({ hostname: "127.0.0.1", port: 0, configuration: "" }));
  const url = `nats://127.0.0.1:${nats.port}`;
  for (let from = 0; from < agents; from += PER_PROCESS) {
    const count = Math.min(PER_PROCESS, agents - from);
    const fakes = startFakes({ url, from, count, report });
    stack.defer(() => fakes.stop());
    const first = await fakes.lines.next();
    if (first.value !== "ready") throw new Error(`The fakes ended: ${fakes.lastWords()}`);
  }
  const bus = stack.use(await openBus({ url }));
  const probe = createProcessProbe(nats.pid);
  const natsCpuMs = (): number => {
    const { cpuNs } = probe.sample();
    return isMeasured(cpuNs) ? cpuNs / 1e6 : NaN;
  };
  const steps: Step[] = [];

  async function step<T>(name: string, act: () => Promise<T> | T): Promise<T> {
    const [startMs, cpuMs, brokerMs] = [performance.now(), ownCpuMs(), natsCpuMs()];
    const result = await act();
    steps.push({
      name,
      tookMs: performance.now() - startMs,
      coordinatorMs: ownCpuMs() - cpuMs,
      natsMs: natsCpuMs() - brokerMs,
    });
    return result;
  }

  const own = createProcessProbe(Deno.pid);
  const before = own.sample().residentBytes;
  const found = await step("list", () => findAgents(bus));
  if (found.length !== agents) throw new Error(`Only ${found.length} agents were found`);
  const fleet: Fleet = stack.use(await step("take", () => takeAgents(bus, { least: agents })));
  const generators = fleet.agents.map((_, index) => fleet.start(index, "scale", "wire", {}));
  const tasks = generators.map((_, index) => taskOf("ws://127.0.0.1:1/", index, agents));
  const reached = Promise.withResolvers<void>();
  const generated = generate(generators, tasks, undefined, { started: () => reached.resolve() });
  const ended = generated.then((one) => {
    if (one.state === "failed") throw new Error(one.reason);
    return one;
  });
  await step("barrier", () => Promise.race([reached.promise, ended]));
  const merged = await step("traffic and reports", () => ended);
  await step("merge alone", () => mergeReports(new Array(agents).fill(report)));
  return {
    agents,
    steps,
    reportBytes: JSON.stringify(report).length,
    buckets: report.histograms.serviceTime!.length,
    memory: [before, own.sample().peakBytes],
    merged: [countIn(merged), agents * countIn(report)],
  };
}

function startFakes(asked: AskedFakes): Child {
  const program = new URL("fakes.ts", import.meta.url).pathname;
  const child = startChild([
    ...[Deno.execPath(), "run", "--quiet", "--allow-all", "--no-check", program],
  ]);
  child.tell(JSON.stringify(asked)).catch(() => {});
  return child;
}

/** What a real generator measures in a second, with an echo in this process. */
async function realReport(): Promise<GeneratorReport> {
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onmessage = ({ data }) => socket.send(data);
    return response;
  });
  const generator = startGenerator("wire");
  try {
    const task = taskOf(`ws://127.0.0.1:${server.addr.port}/`, 0, 1);
    const connected = await generator.connect(task);
    const report = connected.state === "failed" ? connected : await generator.run();
    if (report.state === "failed") throw new Error(report.reason);
    return report;
  } finally {
    await generator.stop();
  }
}

function taskOf(url: string, index: number, of: number): GeneratorTask {
  return {
    url,
    behaviour: "/echo",
    serverPid: null,
    protocol: "websocket",
    engine: "tcp",
    sources: [],
    scenario: "throughput",
    parameters: { connections: 4, inFlight: 4, size: 64 },
    cpus: [],
    seed: 1,
    share: { index, of },
    hasPulse: false,
    samples: 0,
    warmupMs: 100,
    durationMs: WINDOW_MS,
  };
}

function countIn({ histograms }: GeneratorReport): number {
  return histograms.serviceTime!.reduce((total, [, count]) => total + count, 0);
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
