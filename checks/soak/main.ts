/**
 * The soak test: all servers in turn under load from one runner, pass after pass; then it is judged whether anything
 * has grown, was lost or has drifted.
 *
 * `deno task soak --minutes 20 --servers all`
 *
 * It begins with one long trial for each server, whose generator is watched from outside: it must not grow. In a pass
 * each server answers a closed loop and a schedule. Ctrl-C ends it early, and it is still judged.
 */

import { planRun } from "../../bench/plan/options.ts";
import { formatJudgements, judge } from "./judge.ts";
import { soak, type Windows } from "./run.ts";
import type { Arguments, Option } from "../../cli/arguments.ts";
import { EXIT } from "../../cli/command.ts";
import { clock } from "../../cli/output/progress.ts";
import { onStopOrExit } from "../../cli/stop.ts";
import { print } from "../../cli/output/terminal.ts";
import { UsageError } from "../../bench/usage.ts";
import { runAsProgram } from "../command.ts";

export const OPTIONS: readonly Option[] = [
  { name: "minutes", value: "N", help: "How long it takes, in minutes (20)" },
  { name: "servers", value: "A,B|all", help: "Servers (those that a run compares by default)" },
];

const WARMUP_MS = 300;
/** What a trial takes in addition to its window, in milliseconds; an estimate. */
const OVERHEAD_MS = 1300;
/** Share of the time that the long trials take. */
const LONG_SHARE = 0.15;
/** How many passes there should be: fewer than ten show nothing. */
const PASSES = 12;
const CASES = [
  { id: "throughput", cases: [{ connections: 16, inFlight: 16, size: 64 }] },
  { id: "rate", cases: [{ connections: 64, size: 64, arrivals: "constant" as const, rate: 1000 }] },
];

export function minutesOf(args: Arguments): number {
  const minutes = args.number("minutes") ?? 20;
  if (minutes > 0 && minutes <= 10_080) return minutes;
  throw new UsageError(
    `--minutes must be above 0, at most 10080: received "${args.text("minutes")}"`,
  );
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

async function main(args: Arguments): Promise<number> {
  const minutes = minutesOf(args);
  const servers = args.list("servers");
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
  const controller = new AbortController();
  using _ = onStopOrExit(() => controller.abort(new Error("The soak was interrupted")));
  const startMs = performance.now();
  const endMs = startMs + minutes * 60_000;
  const judgements = judge(await soak(plan, windows, { endMs, signal: controller.signal, print }));
  print(`\nafter ${clock(performance.now() - startMs)}:`);
  for (const line of formatJudgements(judgements)) print(line);
  return judgements.some(({ outcome }) => outcome === "fails") ? EXIT.failed : EXIT.done;
}

if (import.meta.main) await runAsProgram(OPTIONS, main);
