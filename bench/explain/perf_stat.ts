/**
 * Counts events of a server with perf(1), in the window only: it is attached before, and counts nothing until it is told
 * to. A counted system call takes some 0.1 µs longer, where strace takes 10 µs and so changes how many there are.
 */

import type { Figure } from "../../measure/model/result.ts";
import { shown } from "../../measure/text/shown.ts";
import { readParents } from "../machine/usage/proc.ts";
import { treeOf } from "../machine/usage/process_tree.ts";
import { type System, thisSystem } from "../machine/system.ts";
import { after } from "../process/delay.ts";
import { readLines } from "../process/lines.ts";

/** How long perf may take to attach, to answer and to end, in milliseconds. */
const PATIENCE_MS = 10_000;
/** The most of the window that may be missing at its start or its end, as a share. */
const MOST_MISSED = 0.05;
/** The least of the time of the server in which an event has to be counted, if it takes turns with others, in per cent. */
const LEAST_COUNTED = 90;

/** Totals of the window by name of event, or why there are none. */
export type PerfTotals = { readonly [event: string]: Figure } | { readonly absent: string };

/** Counts while a window is open. */
export interface PerfStat {
  start(): void;
  end(): void;
  /** Resolves when perf has done what it was told last. */
  settled(): Promise<void>;
  /** Lets go of the server. */
  detach(): Promise<void>;
  /** What it counted, once it has let go. */
  read(windowMs: number): PerfTotals;
}

/** What one event came to. */
export interface PerfCount {
  readonly event: string;
  /** Null if it cannot be counted here, or was not. */
  readonly count: number | null;
  /** Share of the time in which it was counted, in per cent. */
  readonly counted: number;
}

/** Reads what `perf stat -x ';'` writes: a line an event, its fields as in perf-stat(1), CSV format. */
export function readCounts(text: string): PerfCount[] {
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).map((line) => {
    const [value = "", , event = "", , counted = ""] = line.split(";");
    const count = /^\d+(\.\d+)?$/.test(value) ? Number(value) : null;
    return { event, count, counted: Number(counted) };
  });
}

/** Why perf said that it cannot count: its first line that says something, and the remedy if it is about permission. */
export function whyNot(said: string, system: System = thisSystem): string {
  const isForbidden = /permission|not permitted|access to performance|can't access/i.test(said);
  if (isForbidden) {
    const level = system.read("/proc/sys/kernel/perf_event_paranoid")?.trim() ?? "unknown";
    return `perf is not permitted here (perf_event_paranoid is ${level}): it takes root or CAP_PERFMON`;
  }
  const line = said.split("\n").map((one) => one.replace(/^Error:/, "").trim()).find((one) =>
    one !== "" && !/^(event syntax error|Events (en|dis)abled)/.test(one)
  );
  return `perf cannot count here: ${shown(line ?? "it said nothing")}`;
}

/** What is missing, if there is no perf. */
export const NO_PERF = "there is no perf: install it (Debian: apt-get install linux-perf)";

/**
 * Attaches perf to a process and all that it has started.
 *
 * @returns why not, if it cannot count
 */
export async function attachPerf(
  pid: number,
  events: readonly string[],
  folder: string,
  program: string = "perf",
): Promise<PerfStat | { readonly absent: string }> {
  const output = `${folder}/perf-${crypto.randomUUID().slice(0, 8)}.csv`;
  const pids = treeOf(pid, readParents(thisSystem));
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(program, {
      // Orders come on stdin, and each is acknowledged on stdout: no pipe has to be made.
      args: [
        ...["stat", "-D", "-1", "--control", "fd:0,1", "-x", ";", "-o", output],
        ...["-e", events.join(","), "-p", [...pids].join(",")],
      ],
      env: { LC_ALL: "C" },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { absent: NO_PERF };
    return { absent: `perf cannot be started: ${shown((error as Error).message)}` };
  }
  const said = new Response(child.stderr).text();
  const orders = child.stdin.getWriter();
  const answers = readLines(child.stdout);
  /** Resolves to when perf has done it; never, if it has ended. */
  const order = async (word: string): Promise<number | undefined> => {
    const answer = answers.next();
    // It may have ended: then no answer comes.
    await orders.write(new TextEncoder().encode(`${word}\n`)).catch(() => {});
    return (await answer).done ? undefined : performance.now();
  };
  const end = async (): Promise<void> => {
    await orders.close().catch(() => {});
    try {
      child.kill("SIGINT");
    } catch {
      // It has ended.
    }
    using patience = after(PATIENCE_MS);
    const isOver = await Promise.race([child.status.then(() => true), patience.over]);
    if (!isOver) child.kill("SIGKILL");
    await child.status;
    await answers.return(undefined);
  };

  // It answers once it is attached; what it counts is still nothing.
  using patience = after(PATIENCE_MS);
  const attached = await Promise.race([order("disable"), patience.over.then(() => undefined)]);
  if (attached === undefined) {
    await end();
    return { absent: whyNot(await said) };
  }
  let started: Promise<number | undefined> = Promise.resolve(undefined);
  let ended = started;
  let [startMs, endMs] = [0, 0];
  return {
    start() {
      startMs = performance.now();
      started = order("enable");
    },
    end() {
      endMs = performance.now();
      ended = started.then(() => order("disable"));
    },
    async settled() {
      await started;
      await ended;
    },
    async detach() {
      using late = after(PATIENCE_MS);
      const both = Promise.all([started, ended]);
      const times = await Promise.race([both, late.over.then(() => [])]);
      [startMs, endMs] = [times[0] ?? NaN, times[1] ?? NaN].map((ms, index) =>
        ms - [startMs, endMs][index]!
      ) as [number, number];
      await end();
    },
    read(windowMs) {
      const missedMs = Math.max(startMs, endMs);
      if (Number.isNaN(missedMs)) return { absent: "perf ended before the window did" };
      if (missedMs > MOST_MISSED * windowMs) {
        return {
          absent: `perf began or ended ${Math.round(missedMs)} ms late in a window of ${
            Math.round(windowMs)
          } ms: try a longer --duration`,
        };
      }
      return totalsOf(readCounts(Deno.readTextFileSync(output)), events);
    },
  };
}

/** Of an event that perf knows and the machine does not count: counters of the processor above all. */
const UNCOUNTED = "this machine does not count it, as many virtual machines";

/** Totals by the names that the events were asked for by, in their order. */
export function totalsOf(
  counts: readonly PerfCount[],
  events: readonly string[],
): { readonly [event: string]: Figure } {
  return Object.fromEntries(events.map((event, index) => {
    const { count = null, counted = 0 } = counts[index] ?? {};
    if (count === null) return [event, { absent: UNCOUNTED }];
    if (counted < LEAST_COUNTED) {
      return [event, {
        absent: `it was counted for ${
          Math.round(counted)
        } % of the time only: other counters took its place`,
      }];
    }
    return [event, count];
  }));
}
