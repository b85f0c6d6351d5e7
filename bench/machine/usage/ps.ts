/** Processes as `ps` shows them, for macOS and the BSDs. */

import type { Absent } from "../../../measure/model/result.ts";
import { type ProcessReading, treeOf } from "./process_tree.ts";
import type { System } from "../system.ts";

/** One line of `ps -A -o pid=,ppid=,stat=,rss=,time=`. */
export interface PsRow {
  readonly pid: number;
  readonly parent: number;
  /** State, its first letter the one that counts; `Z` has ended. */
  readonly state: string;
  readonly residentBytes: number;
  /** CPU time since it began, in nanoseconds. */
  readonly cpuNs: number;
}

/** Reads a CPU time as `ps` writes it, `[[dd-]hh:]mm:ss[.ff]`, in nanoseconds; throws a `SyntaxError` for others. */
export function parseCpuTime(text: string): number {
  const parts = /^(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+(?:\.\d+)?)$/.exec(text);
  if (parts === null) {
    throw new SyntaxError(`Cannot parse a CPU time of ps: received ${JSON.stringify(text)}`);
  }
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1)
    .map((part) => Number(part ?? 0));
  return Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1e9);
}

/** Reads the lines of `ps -A -o pid=,ppid=,stat=,rss=,time=`; throws a `SyntaxError` for others. */
export function parsePs(text: string): PsRow[] {
  return text.split("\n").filter((line) => line.trim() !== "").map((line) => {
    const parts = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\d+)\s+(\S+)\s*$/.exec(line);
    if (parts === null) {
      throw new SyntaxError(`Cannot parse a line of ps: received ${JSON.stringify(line)}`);
    }
    const [, pid, parent, state = "", kibibytes, time = ""] = parts;
    return {
      pid: Number(pid),
      parent: Number(parent),
      state,
      residentBytes: Number(kibibytes) * 1024,
      cpuNs: parseCpuTime(time),
    };
  });
}

/**
 * Makes a function that reads a process and all below it by starting `ps`, which takes some milliseconds.
 *
 * @returns a function from a process id to its tree, the process itself first; empty when it is gone; or why there is
 * no `ps`
 */
export function createPsReader(system: System): (root: number) => ProcessReading[] | Absent {
  return (root) => {
    // The shell turns into ps, so its first line is the process id of ps, which may itself be in the tree.
    const output = system.run("sh", ["-c", "echo $$; exec ps -A -o pid=,ppid=,stat=,rss=,time="]);
    const [own, ...lines] = (output ?? "").split("\n");
    const rows = new Map(parsePs(lines.join("\n")).map((row) => [row.pid, row]));
    if (rows.size === 0) return { absent: "this machine has no ps command" };
    rows.delete(Number(own));
    if (!rows.has(root)) return [];
    const parents = new Map(rows.values().map((row) => [row.pid, row.parent]));
    return treeOf(root, parents).map((pid) => rows.get(pid)!).map((row) => ({
      id: String(row.pid),
      ended: row.state.startsWith("Z"),
      ownNs: row.cpuNs,
      reapedNs: 0,
      threads: null,
      residentBytes: row.residentBytes,
      peakBytes: null,
    }));
  };
}
