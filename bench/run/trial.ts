/** One trial: a fresh server, a fresh generator, one window. */

import { encodeHistogram } from "../../measure/record/hdr.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import {
  type Absent,
  type CompletedTrial,
  type CpuUse,
  type FailedTrial,
  type Figure,
  isMeasured,
  type MemoryUse,
  type Noise,
  type Phases,
  type Settings,
  type Trial,
  type TrialIdentity,
  type WindowCounts,
} from "../../measure/model/result.ts";
import { warningsOfTrial } from "../../measure/warnings/detect_trial.ts";
import { largest } from "../../measure/statistics/statistics.ts";
import { shown } from "../../measure/text/shown.ts";
import { cpuBetween, outsideWaitBetween } from "../machine/usage/process.ts";
import { connectionsOf } from "../../scenarios/parameters.ts";
import { isToMany, type Measurement, pathOf } from "../../scenarios/types.ts";
import { after } from "../process/delay.ts";
import { needsRate } from "./calibration.ts";
import { openingMs, windowMs } from "../plan/estimate.ts";
import { sendsToMany } from "../plan/obstacles.ts";
import { EACH_MS } from "../generator/drive.ts";
import { fileLimit, shortageOf } from "../process/file_limit.ts";
import type {
  GeneratorFailure,
  GeneratorReport,
  GeneratorTask,
  ProcessSamples,
  WindowMoment,
} from "../generator/messages.ts";
import { generate, type Listeners } from "../generator/load.ts";
import type { StreamOptions } from "../generator/exchange/pushes.ts";
import { OWN_PUSHES, type PushRule } from "../../protocols/messages/push.ts";
import { isToldStream, ofOwnStream } from "../plan/streams.ts";
import type { ServerEntry } from "../../servers/types.ts";
import type { Generator } from "../generator/process.ts";
import type { PlannedTrial } from "../plan/plan_types.ts";
import { targetUrl } from "../process/reachability.ts";
import { hushed } from "../plan/own_servers/secrets.ts";
import type { ServerProcess } from "../process/server_process.ts";
import {
  cpusOf,
  partsOf,
  type ProcessSettings,
  startProcesses,
  type TrialProcesses,
} from "./processes.ts";
import { unequalNiceness } from "../process/priority.ts";

/** Somebody who watches the server of a trial from outside. */
export interface Watcher {
  /** The server is ready, and no connection is open; what it resolves to is waited for. */
  attach(server: ServerProcess): Promise<void>;
  /** The window starts or ends now. */
  window(moment: WindowMoment): void;
  /** The traffic is over, and the server still runs. */
  detach(): Promise<void>;
}

/** What a trial needs to know in addition to its plan. */
export interface TrialSettings
  extends
    Listeners,
    ProcessSettings,
    Pick<Settings, "warmupMs" | "durationMs" | "engine" | "sources" | "samples"> {
  /** Watches the server; nobody does when left out. */
  readonly watcher?: Watcher;
  /** Gets what the generators measured, which is more than the trial keeps. */
  readonly reported?: (report: GeneratorReport) => void;
}

/** What the other phases than warm-up and window may take together, in milliseconds, and for each connection. */
const DEADLINE_MS = 45_000;
const DEADLINE_EACH_MS = EACH_MS.connect + EACH_MS.close;
/** The most windows that a search may take. */
const MOST_PROBES = 100;

/** How long a failed generator waits for the news that it was the server that ended, in milliseconds. */
const NEWS_MS = 300;

/**
 * Runs one trial. What goes wrong with the server or the generator makes a failed trial, not an exception.
 *
 * @param signal stops the trial; the promise then rejects with its reason
 * @param processes its processes, if they have been started; they are stopped whatever happens
 */
export async function runTrial(
  plan: PlannedTrial,
  settings: TrialSettings,
  signal: AbortSignal,
  processes?: TrialProcesses,
): Promise<Trial> {
  const identity: TrialIdentity = {
    trial: plan.trial,
    round: plan.round,
    server: plan.server.id,
    client: plan.client,
    scenario: plan.scenario.id,
    case: plan.case.id,
    startedAt: new Date().toISOString(),
  };
  const failed = (reason: string): FailedTrial => ({
    ...identity,
    state: "failed",
    reason: shown(hushed(plan.server, reason)),
  });
  try {
    signal.throwIfAborted();
    if (needsRate(plan.case)) {
      return failed("Its arrival rate is not known, as no server completed the closed loop before");
    }
    processes ??= startProcesses(plan, settings, signal);
    const { generators } = processes;
    const { fleet } = settings;
    let server: ServerProcess;
    let startMs: number;
    try {
      ({ server, startMs } = await processes.server());
    } catch (error) {
      signal.throwIfAborted();
      return failed((error as Error).message);
    }
    const { url, path, connect } = server.ready;
    const pid: Figure = isRestarted(plan)
      ? { absent: "the server is started again in the window" }
      : server.ready.pid;
    if (isToMany(plan.scenario) && !sendsToMany({ ...plan.server, path })) {
      return failed(`It has one path, ${path}: nothing is known of one that sends to others`);
    }
    const files = isMeasured(pid) ? fileLimit(pid) : server.descriptors;
    const windows = plan.scenario.search === undefined ? 1 : MOST_PROBES;
    const durationMs = windowMs(plan.scenario, plan.case.parameters, settings);
    const connections = connectionsOf(plan.case.parameters);
    const limitMs = (settings.warmupMs + durationMs) * windows + DEADLINE_MS +
      connections * DEADLINE_EACH_MS + openingMs(plan.case.parameters);
    using deadline = after(limitMs, signal);
    const cpus = cpusOf(settings);
    const name = crypto.randomUUID().slice(0, 8);
    const tasks = partsOf(plan, settings).map((parameters, index, { length }): GeneratorTask => ({
      url: targetUrl(url, path ?? pathOf(plan.scenario, plan.case.parameters)),
      ...(connect !== undefined && { connect }),
      ...(plan.scenario.isStream && { streams: streamsOf(plan.server) }),
      part: { index, of: length, trial: name },
      behaviour: path === undefined ? plan.scenario.behaviour : "/echo",
      // One of them samples the server, if it is on the same machine.
      serverPid: index === 0 && isMeasured(pid) && fleet === undefined ? pid : null,
      protocol: plan.server.protocol,
      engine: settings.engine.id,
      sources: settings.sources ?? [],
      scenario: plan.scenario.id,
      parameters,
      seed: plan.seed,
      share: { index, of: generators.length },
      samples: settings.samples,
      cpus: fleet === undefined ? [...cpus.server, ...cpus.generator] : [],
      warmupMs: settings.warmupMs,
      durationMs,
      hasPulse: settings.pulse !== undefined,
      // An agent is not asked: what it says would come too late.
      ...(settings.watcher !== undefined && fleet === undefined && { isWatched: true }),
    }));
    await settings.watcher?.attach(server);
    const report = await Promise.race([
      generate(generators, tasks, isMeasured(pid) ? pid : undefined, {
        ...settings,
        restart: processes.restart,
        window: settings.watcher?.window,
        sample: isRestarted(plan) ? undefined : server.sample,
      }),
      lostOf(server),
      deadline.over.then((): GeneratorFailure => ({
        state: "failed",
        reason: `The trial was not over after ${(limitMs / 1000).toFixed(1)} s`,
      })),
    ]);
    if (report.state === "failed") {
      const reason = isRestarted(plan) ? report.reason : await rootCause(report, server);
      return failed(reason + shortageOf(files, connections));
    }
    settings.reported?.(report);
    await settings.watcher?.detach();
    const [{ pid: client }] = generators as [Generator];
    const unequal = isMeasured(pid) && client !== undefined
      ? unequalNiceness(pid, client)
      : undefined;
    const reportedMs = performance.now();
    await processes.stop();
    const stopMs = performance.now() - reportedMs;
    const trial = complete(identity, plan, report, { ...report.phases, startMs, stopMs }, pid);
    if (unequal === undefined) return trial;
    return { ...trial, warnings: [...trial.warnings, { kind: "priority differs", ...unequal }] };
  } finally {
    await processes?.stop();
  }
}

/** Fails if the machine of a server is lost. */
async function lostOf({ lost = new Promise(() => {}) }: ServerProcess): Promise<GeneratorFailure> {
  return { state: "failed", reason: await lost };
}

/** What is known of the streams of a server: those of wsmark's own begin with the number 0. */
function streamsOf(server: ServerEntry): StreamOptions {
  return isToldStream(server)
    ? { rule: OWN_PUSHES, isFromZero: true }
    : { rule: server.push as PushRule | undefined };
}

/** Whether its server is stopped and started again in the window. */
function isRestarted({ case: { parameters: { cut } } }: PlannedTrial): boolean {
  return cut !== undefined && cut !== "client";
}

/** A generator whose connections broke fails before the runner learns that the server ended. */
async function rootCause({ reason }: GeneratorFailure, server: ServerProcess): Promise<string> {
  using quiet = after(NEWS_MS);
  const end = await Promise.race([server.ended, quiet.over]);
  if (end !== undefined) return `The server ended during the trial: ${end}`;
  return await server.whyLost?.() ?? reason;
}

function complete(
  identity: TrialIdentity,
  { scenario, case: { parameters: all }, server: entry }: PlannedTrial,
  report: GeneratorReport,
  phases: Phases,
  pid: Figure,
): CompletedTrial {
  const parameters = scenario.isStream && !isToldStream(entry) ? ofOwnStream(all) : all;
  // Samples are missing only if there was no process to take them of.
  const server = report.server ?? (isMeasured(pid) ? { absent: "it was not sampled" } : pid);
  const cpu = {
    server: credible(cpuUse(server, phases.windowMs), report.counts),
    generator: credible(
      generatorUse([report.generator, ...report.others], phases.windowMs),
      report.counts,
    ),
  };
  const { state: _, startedAtMs: _at, server: _server, ...others } = report;
  const { generator: _generator, others: _others, tcp: _tcp, ...rest } = others;
  const { stolen: _stolen, histograms: entries, window, throttled, ...measured } = rest;
  const histograms = mapped(entries, (pairs) => Histogram.from(pairs));
  const found = {
    ...identity,
    state: "completed" as const,
    ...measured,
    phases,
    cpu,
    memory: memoryUse(server),
    noise: noiseOf(report, server, phases.windowMs),
    histograms: mapped(histograms, encodeHistogram),
  };
  const measurement: Measurement = { ...found, parameters, windowMs: phases.windowMs, histograms };
  return {
    ...found,
    metrics: Object.fromEntries(scenario.metrics.map(({ id, value }) => [id, value(measurement)])),
    warnings: warningsOfTrial({ ...found, window, throttled }),
  };
}

/** The same names, each with what is made of its value. */
function mapped<Name extends string, Value, Made>(
  values: { readonly [name in Name]?: Value },
  make: (value: Value) => Made,
): { readonly [name in Name]?: Made } {
  return Object.fromEntries(
    Object.entries<Value>(values as Record<Name, Value>).map((
      [name, value],
    ) => [name, make(value)]),
  ) as { readonly [name in Name]?: Made };
}

function cpuUse(samples: ProcessSamples | Absent, windowMs: number): CpuUse {
  if ("absent" in samples) return { timeNs: samples, share: samples };
  const timeNs = cpuBetween(samples["window starts"], samples["window ends"]);
  return { timeNs, share: isMeasured(timeNs) ? timeNs / (windowMs * 1e6) : timeNs };
}

/** No server answers without a CPU: no CPU time means that the system does not count it, or for another process. */
export function credible(
  use: CpuUse,
  { replies, handshakes }: Pick<WindowCounts, "replies" | "handshakes">,
): CpuUse {
  if (use.timeNs !== 0 || replies + handshakes === 0) return use;
  const absent = { absent: "the system counted no CPU time, though messages were answered" };
  return { timeNs: absent, share: absent };
}

/** Several generators: their time together, and the share of the busiest. */
function generatorUse(all: readonly ProcessSamples[], windowMs: number): CpuUse {
  const uses = all.map((samples) => cpuUse(samples, windowMs));
  const times = uses.map(({ timeNs }) => timeNs).filter(isMeasured);
  if (times.length < all.length) return uses.find(({ timeNs }) => !isMeasured(timeNs))!;
  return {
    timeNs: times.reduce((total, time) => total + time, 0),
    share: largest(times) / (windowMs * 1e6),
  };
}

function noiseOf(
  { generator, others, stolen }: GeneratorReport,
  server: ProcessSamples | Absent,
  windowMs: number,
): Noise {
  const wait = (samples: ProcessSamples): Figure => {
    const waitNs = outsideWaitBetween(samples["window starts"], samples["window ends"]);
    return isMeasured(waitNs) ? waitNs / (windowMs * 1e6) : waitNs;
  };
  const waits = [generator, ...others].map(wait);
  const measured = waits.filter(isMeasured);
  return {
    serverWait: "absent" in server ? server : wait(server),
    generatorWait: measured.length < waits.length
      ? waits.find((one) => !isMeasured(one))!
      : largest(measured),
    stolen,
  };
}

function memoryUse(samples: ProcessSamples | Absent): MemoryUse {
  if ("absent" in samples) {
    return {
      before: samples,
      windowStart: samples,
      windowEnd: samples,
      peak: samples,
      after: samples,
    };
  }
  return {
    before: samples["before connecting"].residentBytes,
    windowStart: samples["window starts"].residentBytes,
    windowEnd: samples["window ends"].residentBytes,
    peak: samples["closed"].peakBytes,
    after: samples["closed"].residentBytes,
  };
}
