/** The traffic of a trial: its generators from their tasks to their reports. */

import type { GeneratorFailure, GeneratorReport, GeneratorTask, WindowMoment } from "./messages.ts";
import type { Generator, GeneratorNews } from "./process.ts";
import { findScenario } from "./exchange/task.ts";
import { mergePulses, type Pulse } from "./pulse.ts";
import { searches } from "./search/mod.ts";
import { mergeReports } from "./share.ts";
import { sampleServer, type ServerSampler } from "./together/server_samples.ts";
import { tellMoments } from "./together/moments.ts";
import { type Shared, sharingOf } from "./together/sharing.ts";
import { readClocks, runAt, synchronize, type Synchronized, windowOf } from "./together/start.ts";
import type { RestartSignal } from "../../scenarios/traffic/types.ts";
import { type Suspect, unlessStopped, watchStandstill } from "../process/standstill.ts";

/** What is called while the traffic runs. */
export interface Listeners {
  /** Gets the process ids of the generators of this machine when their traffic starts. */
  readonly started?: ((generators: readonly number[]) => void) | undefined;
  /** Stops the server with a signal and starts it again; rejects if that fails. */
  readonly restart?: ((signal: RestartSignal) => Promise<void>) | undefined;
  /** Begins to sample the server, which is on another machine. */
  readonly sample?: (() => Promise<ServerSampler>) | undefined;
  /** Called at both ends of the window, if the tasks ask for it. */
  readonly window?: ((moment: WindowMoment) => void) | undefined;
  /** Called at most once, when the last replies are there: what the generators do then is not measured. */
  readonly drained?: (() => void) | undefined;
  /** Gets the pulse of the traffic, at most five times a second; without it the generators send none. */
  readonly pulse?: ((pulse: Pulse) => void) | undefined;
}

/**
 * Has the generators make the load of a trial: one window, or those of a search, which goes by what all of them measured
 * together.
 *
 * @param tasks one for each generator
 * @returns the report, or why there is none; never rejects
 */
export async function generate(
  generators: readonly Generator[],
  tasks: readonly GeneratorTask[],
  serverPid: number | undefined,
  listeners: Listeners,
): Promise<GeneratorReport | GeneratorFailure> {
  const [first] = tasks as [GeneratorTask];
  const { search } = findScenario(first);
  if (search === undefined) return drive(generators, tasks, serverPid, listeners);
  // After a window comes another one, and before the last one nobody knows that it is.
  const { drained: _, started, ...others } = listeners;
  let windows = 0;
  return await searches[search](first, async ({ parameters, seed, warmupMs, durationMs }) => {
    const { connections: _, ...changed } = parameters;
    const probes = tasks.map((task) => ({
      ...task,
      seed,
      warmupMs,
      durationMs,
      parameters: { ...task.parameters, ...changed },
    }));
    const more = windows++ === 0 ? { ...others, started } : others;
    const report = await drive(generators, probes, serverPid, more);
    if (report.state === "failed") throw new Error(report.reason);
    return report;
  }).catch(failureOf);
}

/**
 * Lets the generators connect, starts them together, and merges their reports. Several start at the same time, each by its
 * own clock, which is compared with that of this process before; that of another machine again afterwards.
 */
async function drive(
  generators: readonly Generator[],
  tasks: readonly GeneratorTask[],
  serverPid: number | undefined,
  { started, restart, window, drained, pulse, sample }: Listeners,
): Promise<GeneratorReport | GeneratorFailure> {
  const pids = generators.flatMap(({ pid }) => pid ?? []);
  const suspects: Suspect[] = pids.map((pid) => ({ who: "The generator", pid }));
  if (serverPid !== undefined) suspects.push({ who: "The server", pid: serverPid });

  // Generators of this machine do it themselves.
  const isFar = generators.some(({ agent }) => agent !== undefined);
  const sampling = sample === undefined
    ? isFar && serverPid !== undefined ? sampleServer(serverPid) : undefined
    : await sample().catch(failureOf);
  if (sampling !== undefined && "state" in sampling) return sampling;
  using sampler = sampling;
  using connecting = watchStandstill(suspects, 0);
  const connected = await unlessStopped(
    Promise.all(generators.map((generator, index) => generator.connect(tasks[index]!))),
    connecting,
  );
  if ("state" in connected) return connected;
  const unconnected = connected.find((answer) => answer.state === "failed");
  if (unconnected !== undefined) return unconnected;
  const together = generators.length > 1 || isFar
    ? await unlessStopped(synchronize(generators).catch(failureOf), connecting)
    : undefined;
  if (together !== undefined && "state" in together) return together;
  connecting[Symbol.dispose]();

  started?.(pids);
  const last: (Pulse | undefined)[] = [];
  let undrained = generators.length;
  const { warmupMs, durationMs } = tasks[0]!;
  if (together !== undefined) sampler?.during(together.startMs + warmupMs, durationMs);
  using _ = isFar && together !== undefined && window !== undefined
    ? tellMoments(together.startMs + warmupMs, durationMs, window)
    : undefined;
  using running = watchStandstill(suspects, warmupMs + durationMs);
  const broken = Promise.withResolvers<GeneratorFailure>();
  const newsOf = (index: number): GeneratorNews => ({
    restart(signal) {
      restart?.(signal).catch((error: Error) =>
        broken.resolve({
          state: "failed",
          reason: `The server could not be started again: ${error.message}`,
        })
      );
    },
    said(messages) {
      for (const [other, generator] of generators.entries()) {
        if (other !== index) generator.learn(messages);
      }
    },
    window(moment) {
      // Their windows start and end together.
      if (index === 0) window?.(moment);
    },
    drained() {
      if (--undrained === 0) drained?.();
    },
    pulse(own) {
      last[index] = own;
      // One of them sets the time for all.
      if (index === 0) pulse?.(mergePulses(last.filter((one) => one !== undefined)));
    },
  });
  const reports = await unlessStopped(
    Promise.race([
      broken.promise,
      completedAll(
        generators.map((generator, index) =>
          together === undefined
            ? generator.run(newsOf(index))
            : runAt(generator, index, together, newsOf(index))
        ),
      ),
    ]),
    running,
  );
  if ("state" in reports) return reports;
  if (together === undefined) return mergeReports(reports);
  const sampled = await sampler?.finish().catch(failureOf);
  if (sampled !== undefined && "state" in sampled) return sampled;
  const merged = await mergeShared(generators, reports, together).catch(failureOf);
  if (merged.state === "failed") return merged;
  if (merged.phases.windowMs <= 0) {
    const reason = "The windows of its generators had no time in common: they began too far apart";
    return { state: "failed", reason };
  }
  if (sampled === undefined) return merged;
  const { server, throttled } = sampled;
  return { ...merged, server, throttled: { ...merged.throttled, server: throttled } };
}

/** The reports of all, or the first failure: the load of the others is not worth waiting for. */
async function completedAll(
  running: readonly Promise<GeneratorReport | GeneratorFailure>[],
): Promise<GeneratorReport[] | GeneratorFailure> {
  const failed = Promise.withResolvers<GeneratorFailure>();
  const reports = Promise.all(running.map(async (one) => {
    const report = await one;
    if (report.state === "failed") failed.resolve(report);
    return report;
  }));
  return await Promise.race([
    failed.promise,
    reports.then((all) => all.filter((one) => one.state === "completed")),
  ]);
}

/** Merges reports by the time that the windows shared, and says what each generator did. */
async function mergeShared(
  generators: readonly Generator[],
  reports: readonly GeneratorReport[],
  { clocks }: Synchronized,
): Promise<GeneratorReport> {
  const isFar = generators.some(({ agent }) => agent !== undefined);
  // Those of this machine have one clock.
  const later = isFar ? await readClocks(generators) : [];
  const all = reports.map((report, index): Shared => {
    const before = clocks[index]!;
    const { agent: id } = generators[index]!;
    if (id === undefined) return { report, before, window: windowOf(report, before) };
    const after = later[index]!;
    return { report, before, agent: { id, after }, window: windowOf(report, before, after) };
  });
  const merged = mergeReports(reports, all.map(({ window }) => window));
  return { ...merged, sharing: sharingOf(all) };
}

function failureOf(error: Error): GeneratorFailure {
  return { state: "failed", reason: error.message };
}
