/** Java: the log of its garbage collector (JEP 158 and 271), which any collector of OpenJDK writes. */

import { join } from "node:path";
import { largest } from "../../../measure/statistics/statistics.ts";
import type { Report } from "./report.ts";
import type { ClockWindow, Runtime } from "./runtime.ts";

/** A pause, as a line of the log tells it. */
interface Pause {
  /** When it ended, in milliseconds since 1970. */
  readonly atMs: number;
  /** The collection that it belongs to. */
  readonly number: string;
  readonly pauseMs: number;
  /** What was in use before it and after it, in MiB, if it says so. */
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/**
 * As `[1796093257131ms] GC(6) Pause Young (Normal) (G1 Evacuation Pause) 156M->4M(256M) 2.011ms`; ZGC of Java 21 puts
 * `y:` or `O:` in front. That a pause begins is a line without its length.
 */
const PAUSE =
  /^\[(\d+)ms\] GC\((\d+)\) (?:[yYO]: )?Pause .*?(?: (\d+)M->(\d+)M\(\d+M\))? (\d+(?:\.\d+)?)ms$/;
const FILE = /^java-(\d+)\.log$/;
const BYTES = 2 ** 20;
/** A rate that is known of less than this part of the window may be another one than that of the window. */
const LEAST_PART = 0.5;

/** See above. */
export const java: Runtime = {
  ids: ["java"],
  prepare(folder) {
    // %p is the id of the process; java takes the quotes away.
    const file = JSON.stringify(join(folder, "java-%p.log"));
    return { JDK_JAVA_OPTIONS: `-Xlog:gc,gc+phases:file=${file}:timemillis:filecount=0` };
  },
  read(folder, pids, window) {
    const reports: Report[] = [];
    for (const { name } of Deno.readDirSync(folder)) {
      const pid = Number(FILE.exec(name)?.[1]);
      if (Number.isNaN(pid) || pids?.has(pid) === false) continue;
      reports.push(readLog(Deno.readTextFileSync(join(folder, name)), window));
    }
    return reports;
  },
};

/** What a log says of a window. */
export function readLog(log: string, { fromMs, toMs }: ClockWindow): Report {
  const pauses = log.split("\n").flatMap((line): Pause[] => {
    const [, at, number, before, after, pause] = PAUSE.exec(line) ?? [];
    if (pause === undefined) return [];
    const size = (text?: string): number | undefined => text === undefined ? undefined : +text;
    return [{
      atMs: Number(at),
      number: number!,
      pauseMs: Number(pause),
      before: size(before),
      after: size(after),
    }];
  }).filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  return {
    windowMs: toMs - fromMs,
    collections: new Set(pauses.map(({ number }) => number)).size,
    pausedMs: pauses.reduce((sum, { pauseMs }) => sum + pauseMs, 0),
    longestMs: pauses.length === 0 ? 0 : largest(pauses.map(({ pauseMs }) => pauseMs)),
    cpuShare: { absent: "the log of Java tells only pauses" },
    allocatedBytes: allocated(pauses, toMs - fromMs),
    delayMs: { absent: "Java has no event loop of its own" },
  };
}

/**
 * What was allocated in a window: at the rate from its first collection to its last one, where between two of them what
 * is in use only grows.
 */
function allocated(pauses: readonly Pause[], windowMs: number): Report["allocatedBytes"] {
  const sizes = pauses.filter(({ before }) => before !== undefined);
  if (pauses.length > 0 && sizes.length === 0) {
    return {
      absent: "this collector frees memory while more is allocated, and does not log how much",
    };
  }
  const [first, last] = [sizes[0], sizes.at(-1)];
  const spanMs = first === undefined ? 0 : last!.atMs - first.atMs;
  if (spanMs < windowMs * LEAST_PART) {
    return {
      absent: `Java logs it at collections, and those of the window (${sizes.length}) are too few`,
    };
  }
  const grown = sizes.slice(1).reduce(
    (sum, { before }, index) => sum + Math.max(0, before! - sizes[index]!.after!),
    0,
  );
  return grown * BYTES / spanMs * windowMs;
}
