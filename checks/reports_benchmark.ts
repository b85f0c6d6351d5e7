/**
 * Measures what the reports of a finished run take, and the workbook of the same run with many samples: time, CPU time
 * and the most memory of the process.
 *
 * `deno task bench:reports --run results/2026-11-30T10-14-13-standard --samples 1500000`; Linux only, because it looks
 * into /proc.
 */

import type { Arguments, Option } from "../cli/arguments.ts";
import { EXIT } from "../cli/command.ts";
import { print } from "../cli/output/terminal.ts";
import { readRun } from "../cli/read_run.ts";
import { runAsProgram } from "./command.ts";
import { UsageError, whole } from "../bench/usage.ts";
import type { Result, Trial } from "../measure/model/result.ts";
import { seededRandom } from "../measure/record/random.ts";
import { renderJson } from "../report/json.ts";

const PROGRAM = new URL("../mod.ts", import.meta.url).pathname;
const POLL_MS = 20;
/** Clock ticks a second in /proc: 100 on every Linux that Deno runs on. */
const TICKS = 100;
const MIB = 2 ** 20;

const OPTIONS: readonly Option[] = [
  { name: "run", value: "DIR", help: "Folder of a finished run" },
  { name: "samples", value: "N", help: "Samples of the workbook (1500000)" },
  { name: "rounds", value: "N", help: "How often each is measured (3)" },
];

interface Cost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMib: number;
}

/** Runs `report` and looks at its process until it ends. */
async function costOf(args: readonly string[]): Promise<Cost> {
  const startedMs = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--quiet", PROGRAM, "report", ...args],
    stdin: "null",
    stdout: "null",
  }).spawn();
  let hasEnded = false;
  const ended = child.status.finally(() => hasEnded = true);
  let [peakMib, cpuSeconds] = [0, 0];
  while (!hasEnded) {
    const memory = await Deno.readTextFile(`/proc/${child.pid}/status`).catch(() => "");
    const stat = await Deno.readTextFile(`/proc/${child.pid}/stat`).catch(() => "");
    peakMib = Math.max(peakMib, Number(/VmHWM:\s+(\d+)/.exec(memory)?.[1] ?? 0) * 1024 / MIB);
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    cpuSeconds = Math.max(cpuSeconds, (Number(fields[11]) + Number(fields[12])) / TICKS || 0);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const { code } = await ended;
  if (code !== EXIT.done) throw new UsageError(`The reports could not be made: exit code ${code}`);
  return { seconds: (performance.now() - startedMs) / 1000, cpuSeconds, peakMib };
}

/** The run with so many samples in all, as even as can be over its completed trials. */
function withSamples(result: Result, count: number): Result {
  const random = seededRandom(1);
  const completed = result.trials.filter(({ state }) => state === "completed").length;
  let [left, trialsLeft] = [count, completed];
  const trials = result.trials.map((trial): Trial => {
    if (trial.state !== "completed") return trial;
    const length = Math.round(left / trialsLeft--);
    left -= length;
    const windowMs = trial.phases.windowMs;
    const micros = (ms: number): number => Math.round(ms * 1000) / 1000;
    const samples = {
      every: 1,
      atMs: Array.from({ length }, (_, index) => micros(windowMs * (index + random()) / length)),
      latencyMs: Array.from({ length }, () => Math.round(1e6 / (random() + 0.01)) / 1e6),
    };
    return { ...trial, samples };
  });
  return { ...result, trials };
}

async function main(args: Arguments): Promise<number> {
  const folder = args.text("run");
  if (folder === undefined) throw new UsageError("--run is missing: name the folder of a run");
  const samples = whole("number of samples", args.number("samples") ?? 1_500_000, 1, 1e8);
  const rounds = whole("number of rounds", args.number("rounds") ?? 3, 1, 1000);
  const result = await readRun(folder);
  const copies = await Deno.makeTempDir({ prefix: "reports-" });
  try {
    for (
      const [name, run, formats] of [
        ["all reports", result, "all"],
        [`workbook of ${samples} samples`, withSamples(result, samples), "xlsx"],
      ] as const
    ) {
      await Deno.writeTextFile(`${copies}/results.json`, renderJson(run));
      for (let round = 0; round < rounds; round++) {
        const { seconds, cpuSeconds, peakMib } = await costOf([copies, "--reports", formats]);
        print(
          `${name}: ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of CPU time, ` +
            `${Math.round(peakMib)} MiB at most`,
        );
      }
    }
  } finally {
    await Deno.remove(copies, { recursive: true });
  }
  return EXIT.done;
}

if (import.meta.main) await runAsProgram(OPTIONS, main);
