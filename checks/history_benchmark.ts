/**
 * How well `history` finds changes: in a real history of 30 commits, one of which makes a server's work per message 8 %
 * longer, and in series that are made up with the noise of those runs and steps of 0, 3, 5 and 10 %.
 *
 * `deno task bench:history`, some five minutes; `--runs DIR` takes the runs of an earlier call.
 */

import { join } from "node:path";
import type { Arguments, Option } from "../cli/arguments.ts";
import { EXIT } from "../cli/command.ts";
import { print, printStatus, terminalWidth } from "../cli/output/terminal.ts";
import { runsInFolders } from "../bench/history/folders.ts";
import { UsageError, whole } from "../bench/usage.ts";
import { changePoints } from "../measure/history/change_points.ts";
import { FEWEST_RUNS } from "../measure/history/fewest.ts";
import { type HistoryRun, type Series, seriesOf } from "../measure/history/series.ts";
import { seededRandom } from "../measure/record/random.ts";
import { median } from "../measure/statistics/statistics.ts";
import { runAsProgram } from "./command.ts";

const PROGRAM = new URL("../mod.ts", import.meta.url).pathname;

const OPTIONS: readonly Option[] = [
  { name: "runs", value: "DIR", help: "Folder of the runs that an earlier call made" },
  { name: "commits", value: "N", help: "How many commits the history has (30)" },
  { name: "series", value: "N", help: "How many series are made up for each step (200)" },
];

/** The commit that is slower, counted from 1. */
const slowerOf = (commits: number): number => Math.round(commits * 0.6);
/** Steps of its server's work for each message: some 0.7 ms. */
const WORK = 100_000;
const GREATER = 1.08;
const STEPS = [0, 3, 5, 10];

/** An echo server that works for each message. */
function serverOf(commit: number, work: number): string {
  return `// Commit ${commit}.
let sum = 0;
Deno.serve({ hostname: "127.0.0.1", port: Number(Deno.args[0]), onListen() {} }, (request) => {
  const { socket, response } = Deno.upgradeWebSocket(request);
  socket.onmessage = ({ data }) => {
    for (let step = 0; step < ${work}; step++) sum = (Math.imul(sum, 31) + step) | 0;
    socket.send(data);
  };
  return response;
});
`;
}

async function done(program: string, args: readonly string[], cwd: string): Promise<void> {
  const child = new Deno.Command(program, { args: [...args], cwd, stdin: "null" });
  const { success, stdout, stderr } = await child.output();
  if (success) return;
  const said = new TextDecoder().decode(new Uint8Array([...stdout, ...stderr]));
  throw new UsageError(`${program} ${args.join(" ")} failed: ${said.trim().slice(-500)}`);
}

/** Makes the repository and a run of each commit; returns the folder of the runs. */
async function makeRuns(commits: number): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-history-" });
  const author = ["-c", "user.name=wsmark", "-c", "user.email=wsmark@example.com"];
  await done("git", ["init", "--quiet"], folder);
  await Deno.writeTextFile(join(folder, ".gitignore"), "results/\n");
  for (let commit = 1; commit <= commits; commit++) {
    printStatus(`commit ${commit} of ${commits}`);
    const work = Math.round(WORK * (commit >= slowerOf(commits) ? GREATER : 1));
    await Deno.writeTextFile(join(folder, "server.ts"), serverOf(commit, work));
    await done("git", ["add", "-A"], folder);
    await done("git", [...author, "commit", "--quiet", "-m", `commit ${commit}`], folder);
    const name = join("results", String(commit).padStart(3, "0"));
    await done(Deno.execPath(), [
      ...["run", "--allow-all", "--quiet", PROGRAM, "run"],
      ...["--command", `own=${Deno.execPath()} run --allow-all --quiet server.ts {port}`],
      ...["--scenarios", "roundtrip", "--rounds", "5", "--duration", "0.3", "--warmup", "0.2"],
      ...["--no-ceiling", "--no-config", "--no-progress", "--reports", "json", "--out", name],
    ], folder);
  }
  printStatus("");
  return join(folder, "results");
}

/** By how much the figures of a series are off their level, as shares. */
function noiseOf({ points, changes }: Series): number[] {
  const starts = [0, ...changes.map(({ index }) => index), points.length];
  return starts.slice(0, -1).flatMap((start, at) => {
    const values = points.slice(start, starts[at + 1]).map(({ value }) => value);
    const level = median(values);
    return values.map((value) => value / level - 1);
  });
}

/** How many of some made-up series show a step: at its place, one beside it, elsewhere; and false alarms of all. */
function found(noise: readonly number[], percent: number, length: number, count: number) {
  const random = seededRandom(percent + 1);
  const at = slowerOf(length) - 1;
  const totals = { exact: 0, near: 0, missed: 0, wrong: 0 };
  for (let one = 0; one < count; one++) {
    const values = Array.from({ length }, (_, index) => {
      const level = index >= at ? 1 - percent / 100 : 1;
      return level * (1 + noise[Math.floor(random() * noise.length)]!);
    });
    const places = changePoints(values, { seed: one + 1 }).map(({ index }) => index);
    const isThere = (distance: number): boolean =>
      percent > 0 && places.some((place) => Math.abs(place - at) <= distance);
    if (isThere(0)) totals.exact++;
    else if (isThere(2)) totals.near++;
    else totals.missed++;
    if (places.some((place) => percent === 0 || Math.abs(place - at) > 2)) totals.wrong++;
  }
  return totals;
}

async function main(args: Arguments): Promise<number> {
  const number = (name: string, usual: number, least: number): number => {
    const text = args.text(name);
    return whole(name, text === undefined ? usual : Number(text), least, 10_000);
  };
  const commits = number("commits", 30, FEWEST_RUNS);
  const count = number("series", 200, 1);
  const folder = args.text("runs") ?? await makeRuns(commits);
  print(`Runs: ${folder}; commit ${slowerOf(commits)} has ${GREATER} × the work of those before`);
  const { runs } = await runsInFolders([folder]);
  const series = seriesOf(runs);
  const { renderHistory } = await import("../report/history/words.ts");
  print(renderHistory(overview(runs, series), terminalWidth()));
  const noise = series.find(({ metric }) => metric.id === "rate")?.points.length === runs.length
    ? noiseOf(series.find(({ metric }) => metric.id === "rate")!)
    : [];
  if (noise.length === 0) throw new UsageError(`There are no runs of one machine in ${folder}`);
  const spread = Math.sqrt(noise.reduce((sum, one) => sum + one ** 2, 0) / noise.length);
  print(`\nNoise of the rate from run to run: ${(spread * 100).toFixed(2)} % (standard deviation)`);
  print(`Made-up series of ${commits} runs with this noise, ${count} for each step:`);
  print("step   at its run   up to 2 beside   missed   a change where none is");
  for (const percent of STEPS) {
    const { exact, near, missed, wrong } = found(noise, percent, commits, count);
    const cells = percent === 0 ? ["–", "–", "–", wrong] : [exact, near, missed, wrong];
    const [first, second, third, fourth] = cells.map((cell) =>
      typeof cell === "number" ? `${(cell / count * 100).toFixed(1)} %` : cell
    );
    print(
      `${`${percent} %`.padStart(4)}${first!.padStart(13)}${second!.padStart(17)}${
        third!.padStart(9)
      }${fourth!.padStart(25)}`,
    );
  }
  return EXIT.done;
}

function overview(runs: readonly HistoryRun[], series: readonly Series[]) {
  const machines = Map.groupBy(runs, ({ machine }) => machine);
  return {
    runs: runs.length,
    from: runs[0]!.startedAt,
    to: runs.at(-1)!.startedAt,
    machines: [...machines].map(([machine, of]) => ({ machine, runs: of.length })),
    series,
    leftOut: [],
  };
}

await runAsProgram(OPTIONS, main);
