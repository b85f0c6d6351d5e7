/**
 * The soak test: all servers in turn under load from one runner, pass after pass; then it is judged whether anything has
 * grown, was lost or has drifted.
 *
 * `deno task soak --minutes 20 --servers all`
 *
 * It begins with one long trial for each server, whose generator is watched from outside: it must not grow while it
 * lives. In a pass each server answers a closed loop and a schedule. Ctrl-C ends it early, and it is judged all the same.
 */

import process from "node:process";
import { parseArgs } from "node:util";
import { planRun } from "../../bench/plan/options.ts";
import { formatJudgements, judge } from "./judge.ts";
import { clock, soak, type Windows } from "./run.ts";
import { UsageError } from "../../bench/usage.ts";

/** What a soak is asked to do. */
export interface SoakOptions {
  /** How long it takes, in minutes. */
  readonly minutes: number;
  /** Ids of the servers; undefined for the usual ones. */
  readonly servers: readonly string[] | undefined;
}

const WARMUP_MS = 300;
/** What a trial takes beside its window, about, in milliseconds. */
const OVERHEAD_MS = 1300;
/** Share of the time that the long trials take. */
const LONG_SHARE = 0.15;
/** So many passes there should be: fewer than ten show nothing. */
const PASSES = 12;
const CASES = [
  { id: "throughput", cases: [{ connections: 16, inFlight: 16, size: 64 }] },
  { id: "rate", cases: [{ connections: 64, size: 64, arrivals: "constant" as const, rate: 1000 }] },
];

/**
 * Reads the arguments.
 *
 * @throws {UsageError} for those that cannot be
 */
export function parseOptions(args: readonly string[]): SoakOptions {
  let values: { minutes: string; servers?: string | undefined };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: "string", default: "20" },
        servers: { type: "string" },
      },
    }));
  } catch (error) {
    const [what] = (error as Error).message.split(/[.\n]/);
    throw new UsageError(`${what}; known: --minutes N, --servers a,b`);
  }
  const minutes = values.minutes.trim() === "" ? NaN : Number(values.minutes);
  if (!(minutes > 0 && minutes <= 10_080)) {
    throw new UsageError(`--minutes must be above 0, at most 10080: received "${values.minutes}"`);
  }
  return {
    minutes,
    servers: values.servers?.split(",").map((id) => id.trim()).filter((id) => id !== ""),
  };
}

/** How long the windows are so that there are enough passes: at most a minute and ten seconds. */
export function windowsOf(minutes: number, servers: number): Windows {
  const wholeMs = minutes * 60_000;
  const perTrialMs = wholeMs * (1 - LONG_SHARE) / PASSES / (servers * CASES.length);
  const within = (ms: number, most: number): number =>
    Math.round(Math.max(1000, Math.min(most, ms)));
  return {
    longMs: within(wholeMs * LONG_SHARE / servers - OVERHEAD_MS, 60_000),
    shortMs: within(perTrialMs - OVERHEAD_MS, 10_000),
  };
}

async function main(): Promise<number> {
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) Deno.exit(130);
    controller.abort(new Error("The soak was interrupted"));
  };
  try {
    const { minutes, servers } = parseOptions(Deno.args);
    const plan = planRun({
      ...(servers && { servers }),
      scenarios: CASES,
      ...{ leaveOut: true, rounds: 1, warmupMs: WARMUP_MS, samples: 0, seed: 1 },
    });
    const windows = windowsOf(minutes, plan.contenders.length);
    print(
      `${minutes} min; ${plan.contenders.map(({ server }) => server.id).join(", ")}; windows of ` +
        `${windows.longMs / 1000} s once, then of ${windows.shortMs / 1000} s, pass after pass`,
    );
    for (const { title, reason } of plan.leftOut) print(`${title} is left out: ${reason}`);
    Deno.addSignalListener("SIGINT", interrupt);
    const startMs = performance.now();
    const endMs = startMs + minutes * 60_000;
    const record = await soak(plan, windows, { endMs, signal: controller.signal, print });
    const judgements = judge(record);
    print(`\nafter ${clock(performance.now() - startMs)}:`);
    for (const line of formatJudgements(judgements)) print(line);
    return judgements.some(({ outcome }) => outcome === "fails") ? 1 : 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  } finally {
    Deno.removeSignalListener("SIGINT", interrupt);
  }
}

if (import.meta.main) Deno.exit(await main());
