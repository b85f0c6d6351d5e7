/**
 * Kills the runner with SIGKILL at random moments, and checks what is left: no process, every trial whose end was
 * announced, a folder that `report` reads and `resume` continues.
 *
 * `deno task kills --kills 200 --at-once 3 --seed 1`; Linux only, because it looks for processes in /proc.
 */

import type { Arguments, Option } from "../cli/arguments.ts";
import { EXIT } from "../cli/command.ts";
import { print } from "../cli/output/terminal.ts";
import { runAsProgram } from "./command.ts";
import { filesLeft, processesLeft } from "./faults/program.ts";
import { MARK } from "./faults/processes.ts";
import { existsSync } from "node:fs";
import { whole } from "../bench/usage.ts";
import { seededRandom } from "../measure/record/random.ts";
import { readResult } from "../bench/folder/read_result.ts";

const PROGRAM = new URL("../cli/wsmark.ts", import.meta.url).pathname;
const ECHO = new URL("../bench/testing/plain_echo.ts", import.meta.url).pathname;
/** A short run of a built-in server, of one of a library, and of one that knows nothing of wsmark. */
const RUN = ["--servers", "native,ws", "--scenarios", "roundtrip,connect", "--rounds", "2"].concat(
  ["--command", `own=deno run -A ${ECHO} {port}`, "--duration", "0.1", "--warmup", "0"],
  ["--reports", "json", "--no-config"],
);
/** One run in so many is resumed to its end. */
const RESUMED = 10;

interface KillOutcome {
  readonly wasKilled: boolean;
  readonly announced: number;
  readonly wasResumed: boolean;
  readonly faults: readonly string[];
}

interface Output {
  readonly code: number;
  readonly stderr: string;
}

function start(args: readonly string[], mark: string): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--quiet", PROGRAM, ...args],
    env: { NO_COLOR: "1", [MARK]: mark },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
}

async function wsmark(args: readonly string[], mark: string): Promise<Output> {
  const { code, stderr } = await start(args, mark).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

/** Runs, kills after a time, and checks. */
async function killOnce(folder: string, afterMs: number, isResumed: boolean): Promise<KillOutcome> {
  const running = start([...RUN, "--out", folder], folder);
  let hasEnded = false;
  running.status.then(() => hasEnded = true);
  const stderr = new Response(running.stderr).text();
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const wasKilled = !hasEnded;
  if (wasKilled) running.kill("SIGKILL");
  const said = await stderr;
  await running.status;
  const faults = await processesLeft(folder);

  const announced = said.split("\n").slice(0, -1).filter((line) => /^\[ *\d+\/\d+\] /.test(line));
  if (!existsSync(folder)) {
    if (announced.length > 0) faults.push("trials were announced, and there is no folder");
    return { wasKilled, announced: announced.length, wasResumed: false, faults };
  }
  const kept = await readResult(folder).then(({ trials }) => trials.length, () => 0);
  if (kept < announced.length) faults.push(`${announced.length} trials announced, ${kept} kept`);
  const report = await wsmark(["report", folder, "--reports", "json"], folder);
  const isClear = report.code === 0 ||
    kept === 0 &&
      /^error: .*(killed before its first trial|no results\.json).*\n$/.test(report.stderr);
  if (!isClear) faults.push(`report: exit code ${report.code}: ${report.stderr}`);
  const all = isResumed ? [...faults, ...await resumeOnce(folder)] : faults;
  return { wasKilled, announced: announced.length, wasResumed: isResumed, faults: all };
}

async function resumeOnce(folder: string): Promise<string[]> {
  const { code, stderr } = await wsmark(["resume", folder], folder);
  // Killed before it had a plan, it has no trial either, and there is nothing to resume.
  if (code === 2 && /There is no (plan\.json|trials\.jsonl)/.test(stderr)) return [];
  if (code !== 0) return [`resume: exit code ${code}: ${stderr}`];
  const { state, trials, planned } = await readResult(folder);
  const numbers = trials.map(({ trial }) => trial);
  const isWhole = state === "finished" && trials.length === planned &&
    numbers.every((number, index) => number === index + 1);
  return [
    ...(isWhole ? [] : [`resume: ${state}, trials ${numbers} of ${planned}`]),
    ...filesLeft(folder),
  ];
}

const OPTIONS: readonly Option[] = [
  { name: "kills", value: "N", help: "Runs to kill (200)" },
  { name: "at-once", value: "N", help: "Runs at once (2)" },
  { name: "seed", value: "N", help: "Seed of the moments (1)" },
];

async function main(args: Arguments): Promise<number> {
  const kills = whole("number of kills", args.number("kills") ?? 200, 0, 1e6);
  const atOnce = whole("number of runs at once", args.number("at-once") ?? 2, 1, 1000);
  const seed = whole("seed", args.number("seed") ?? 1, 0, 2 ** 32 - 1);
  const random = seededRandom(seed);
  const parent = await Deno.makeTempDir({ prefix: "kills-" });
  const outcomes: KillOutcome[] = [];
  try {
    const startedMs = performance.now();
    // As many at once as later: alone, a run would be faster.
    const whole = await Promise.all(Array.from(
      { length: atOnce },
      (_, index) => wsmark([...RUN, "--out", `${parent}/whole-${index}`], "whole"),
    ));
    const lengthMs = performance.now() - startedMs;
    const wrong = whole.find(({ code }) => code !== 0);
    if (wrong !== undefined) {
      print(`a run that is not killed ends with ${wrong.code}: ${wrong.stderr}`);
      return EXIT.failed;
    }
    print(`seed ${seed}; a run takes ${(lengthMs / 1000).toFixed(1)} s`);
    let [index, underWay] = [0, 0];
    const killed = (): number => outcomes.filter(({ wasKilled }) => wasKilled).length;
    await Promise.all(Array.from({ length: atOnce }, async () => {
      // A run that ended before its moment does not count as killed.
      while (killed() + underWay < kills) {
        underWay++;
        const number = index++;
        const afterMs = random() * lengthMs;
        const folder = `${parent}/${number}`;
        const outcome = await killOnce(folder, afterMs, number % RESUMED === 0);
        outcomes.push(outcome);
        underWay--;
        for (const fault of outcome.faults) {
          print(`run ${number}, killed after ${afterMs.toFixed(0)} ms: ${fault}`);
        }
        await Deno.remove(folder, { recursive: true }).catch(() => {});
      }
    }));
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
  const count = (of: (outcome: KillOutcome) => boolean): number => outcomes.filter(of).length;
  const announced = outcomes.reduce((sum, one) => sum + one.announced, 0);
  const faulty = count(({ faults }) => faults.length > 0);
  print(
    `${outcomes.length} runs: ${
      count(({ wasKilled }) => wasKilled)
    } killed, ${announced} trials announced, ` +
      `${count(({ wasResumed }) => wasResumed)} resumed, ${faulty} with a fault`,
  );
  return faulty === 0 ? EXIT.done : EXIT.failed;
}

if (import.meta.main) await runAsProgram(OPTIONS, main);
