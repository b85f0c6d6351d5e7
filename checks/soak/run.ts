/** The trials of a soak test. Only figures are kept of them, so that the test itself does not grow. */

import { type IntegrityCounts, isMeasured, type Trial } from "../../measure/model/result.ts";
import { largest } from "../../measure/statistics/statistics.ts";
import { clock } from "../../cli/output/progress.ts";
import { createProcessProbe } from "../../bench/machine/usage/process.ts";
import type { GeneratorReport } from "../../bench/generator/messages.ts";
import type { RunPlan } from "../../bench/plan/options.ts";
import { RATE } from "../../bench/plan/plan.ts";
import type { Contender, PlannedTrial } from "../../bench/plan/plan_types.ts";
import { sum } from "../../bench/generator/share.ts";
import type { Rate, Sample, SoakRecord } from "./judge.ts";
import { runTrial, type TrialSettings } from "../../bench/run/trial.ts";

export interface Windows {
  readonly longMs: number;
  readonly shortMs: number;
}

/** How a soak ends, and where it says what it found. */
export interface SoakControl {
  /** The time after which no pass begins, by `performance.now()`. */
  readonly endMs: number;
  readonly signal: AbortSignal;
  /** Prints what a pass has found, in one line. */
  readonly print: (line: string) => void;
}

const MIB = 2 ** 20;
/** How often a generator is looked at from outside, in milliseconds. */
const WATCH_MS = 500;

/** The only things that grow while the soak runs. */
interface Findings extends SoakRecord {
  trials: number;
  integrity: IntegrityCounts;
  readonly failures: string[];
  readonly heap: Sample[];
  readonly resident: Sample[];
  readonly files: Sample[];
  readonly generators: Map<string, Sample[]>;
  readonly rates: Map<string, Rate[]>;
}

/**
 * Runs the long trials, then pass after pass, until the time is over or it is stopped.
 *
 * @param plan which servers and cases; its trials are not used
 */
export async function soak(
  plan: RunPlan,
  { longMs, shortMs }: Windows,
  { endMs, signal, print }: SoakControl,
): Promise<SoakRecord> {
  const startMs = performance.now();
  const found: Findings = {
    trials: 0,
    failures: [],
    integrity: { sent: 0, answered: 0, lost: 0, duplicated: 0, reordered: 0, corrupted: 0 },
    ...{ heap: [], resident: [], files: [] },
    generators: new Map(),
    rates: new Map(),
  };

  async function runOne(
    contender: Contender,
    { scenario, cases: [first] }: RunPlan["scenarios"][number],
    pass: number,
    more: Pick<TrialSettings, "durationMs" | "started" | "reported">,
  ): Promise<Trial> {
    const planned: PlannedTrial = {
      ...contender,
      ...{ trial: found.trials + 1, round: pass, seed: pass, scenario, case: first! },
    };
    const trial = await runTrial(planned, { ...plan.settings, ...more }, signal);
    note(found, trial);
    return trial;
  }

  /** Runs a long trial, and watches its generator. */
  async function runLong(contender: Contender): Promise<void> {
    const samples: Sample[] = [];
    let watching: Disposable | undefined;
    let ends = "no report";
    try {
      await runOne(contender, plan.scenarios[0]!, 0, {
        durationMs: longMs,
        started: ([pid]) => void (watching = watch(pid!, plan.settings.warmupMs, samples)),
        reported: (report) => void (ends = windowEnds(report)),
      });
    } finally {
      watching?.[Symbol.dispose]();
    }
    const title = `${contender.server.id} for ${longMs / 1000} s`;
    // The last ones may be from its end.
    found.generators.set(title, samples.filter(({ atMs }) => atMs < longMs));
    print(`generator, ${title}: ${ends}`);
  }

  async function runPass(pass: number): Promise<void> {
    const [rates, ends]: [string[], string[]] = [[], []];
    for (const contender of plan.contenders) {
      for (const scenario of plan.scenarios) {
        const trial = await runOne(contender, scenario, pass, {
          durationMs: shortMs,
          reported: (report) => void ends.push(windowEnds(report)),
        });
        const rate = noteRate(found, trial);
        if (rate !== undefined) rates.push(`${trial.server} ${Math.round(rate)}/s`);
      }
    }
    const atMs = performance.now() - startMs;
    noteRunner(found, atMs);
    print(
      `pass ${pass}, ${clock(atMs)}: runner ${inMiB(found.resident.at(-1)!.value)} MiB, heap ` +
        `${inMiB(found.heap.at(-1)!.value)} MiB, ${found.files.at(-1)?.value ?? "?"} files; ` +
        `${rates.join(", ")}; generators ${ends.join(", ")}; ${found.failures.length} failed`,
    );
  }

  try {
    for (const contender of plan.contenders) await runLong(contender);
    for (let pass = 1; performance.now() < endMs; pass++) await runPass(pass);
  } catch (error) {
    // What was found before it was stopped is still judged.
    if (!signal.aborted) throw error;
  }
  return found;
}

/** Adds what a trial found, without keeping the trial itself. */
function note(found: Findings, trial: Trial): void {
  found.trials++;
  if (trial.state === "completed") found.integrity = sum([found.integrity, trial.integrity]);
  else found.failures.push(`${trial.server}, ${trial.scenario}: ${trial.reason}`);
}

function noteRate(found: Findings, trial: Trial): number | undefined {
  const rate = trial.state === "completed" ? trial.metrics[RATE] : undefined;
  if (trial.state === "failed" || !isMeasured(rate)) return undefined;
  const { serverWait, generatorWait, stolen } = trial.noise;
  const known = [serverWait, generatorWait, stolen].filter(isMeasured);
  const rates = found.rates.get(trial.server) ?? [];
  rates.push({ rate, taken: known.length > 0 ? largest(known) : NaN });
  found.rates.set(trial.server, rates);
  return rate;
}

/** Adds what the runner uses after a garbage collection. */
function noteRunner(found: Findings, atMs: number): void {
  const { gc } = globalThis as { gc?: () => void };
  gc?.();
  gc?.();
  const { heapUsed, rss } = Deno.memoryUsage();
  found.heap.push({ atMs, value: heapUsed });
  found.resident.push({ atMs, value: rss });
  try {
    found.files.push({ atMs, value: [...Deno.readDirSync("/proc/self/fd")].length });
  } catch {
    // Only Linux has this folder.
  }
}

/** Samples the memory of a process regularly, once its warm-up is over. */
function watch(pid: number, warmupMs: number, samples: Sample[]): Disposable {
  const probe = createProcessProbe(pid);
  const startMs = performance.now() + warmupMs;
  const timer = setInterval(() => {
    const { residentBytes } = probe.sample();
    const atMs = performance.now() - startMs;
    if (atMs > 0 && isMeasured(residentBytes)) samples.push({ atMs, value: residentBytes });
  }, WATCH_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** `81.2→81.4 MiB`: what a generator has when its window begins and when it ends. */
function windowEnds({ generator }: GeneratorReport): string {
  const [begin, end] = (["window starts", "window ends"] as const)
    .map((moment) => generator[moment].residentBytes)
    .map((bytes) => isMeasured(bytes) ? inMiB(bytes) : "?");
  return `${begin}→${end} MiB`;
}

function inMiB(bytes: number): string {
  return (bytes / MIB).toFixed(1);
}
