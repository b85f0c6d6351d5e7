/** A run of the program as a user starts it: its lines as they come, its end, and what it leaves behind. */

import { existsSync } from "node:fs";
import { readResult } from "../../bench/folder/read_result.ts";
import type { Result, Trial } from "../../measure/model/result.ts";
import { commandLine, follow, MARK, marked, type Seen } from "./processes.ts";

const PROGRAM = new URL("../../cli/wsmark.ts", import.meta.url).pathname;
/** How long processes may take to end when the run has, in milliseconds. */
const PATIENCE_MS = 5_000;

/** A line, and when it came, in milliseconds since 1970. */
export interface Line {
  readonly atMs: number;
  readonly text: string;
}

export interface Running {
  readonly pid: number;
  generators(): number[];
  /** Stops reading what it prints. */
  closePipes(): Promise<void>;
  readonly ended: Promise<void>;
}

export interface Ran {
  readonly code: number;
  /** When it ended, in milliseconds since 1970. */
  readonly endedMs: number;
  readonly lines: readonly Line[];
  readonly processes: readonly Seen[];
  readonly result: Result | undefined;
  readonly kept: readonly Trial[];
  readonly left: readonly string[];
}

export interface Start {
  readonly args: readonly string[];
  readonly folder: string;
  /** Program and arguments that start it. */
  readonly through?: readonly string[];
  readonly options?: readonly string[];
  readonly act?: (running: Running) => Promise<void>;
}

export async function runProgram(
  { args, folder, through = [], options = [], act }: Start,
): Promise<Ran> {
  const mark = crypto.randomUUID();
  const [program, ...rest] = [
    ...through,
    Deno.execPath(),
    ...["run", "--allow-all", "--quiet", ...options, PROGRAM, ...args, "--out", folder],
  ];
  using following = follow(mark);
  const process = new Deno.Command(program!, {
    args: rest,
    env: { NO_COLOR: "1", [MARK]: mark },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const lines: Line[] = [];
  const closed = new AbortController();
  const reading = Promise.all([
    readLines(process.stderr, closed.signal, (text) => lines.push({ atMs: Date.now(), text })),
    readLines(process.stdout, closed.signal, () => {}),
  ]);
  const ended = process.status.then(() => {});
  const acting = act?.({
    pid: process.pid,
    generators: () =>
      [...following.seen.values()].filter(({ role, pid }) =>
        role === "generator" && existsSync(`/proc/${pid}`)
      )
        .map(({ pid }) => pid),
    async closePipes() {
      closed.abort();
      await reading;
    },
    ended,
  });
  const { code } = await process.status;
  const endedMs = Date.now();
  await acting;
  const left = [...await processesLeft(mark), ...filesLeft(folder)];
  await reading;
  const result = await readResult(folder).catch(() => undefined);
  const kept = await readTrials(`${folder}/trials.jsonl`);
  return { code, endedMs, lines, processes: [...following.seen.values()], result, kept, left };
}

async function readTrials(path: string): Promise<Trial[]> {
  const text = await Deno.readTextFile(path).catch(() => "");
  return text.split("\n").slice(0, -1).map((line) => JSON.parse(line));
}

async function readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal,
  take: (text: string) => void,
): Promise<void> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  signal.addEventListener("abort", () => reader.cancel().catch(() => {}));
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    const lines = (rest + value).split("\n");
    rest = lines.pop()!;
    lines.forEach(take);
  }
  if (rest !== "") take(rest);
}

/** The processes that a run left behind, a phrase each; they are ended. */
export async function processesLeft(mark: string): Promise<string[]> {
  const untilMs = performance.now() + PATIENCE_MS;
  let pids = marked(mark);
  while (pids.length > 0 && performance.now() < untilMs) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    pids = marked(mark);
  }
  const left = pids.map((pid) =>
    `the process ${pid} is left: ${commandLine(pid).join(" ").slice(0, 120)}`
  );
  for (const pid of pids) Deno.kill(pid, "SIGKILL");
  return left;
}

/** The unfinished files in a folder, a phrase each. */
export function filesLeft(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return [...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith(".unfinished"))
    .map(({ name }) => `the file ${name} is left`);
}
