/** What tests with a browser need: to see its processes. */

import { treeOf } from "../machine/usage/process_tree.ts";

/** A process of Linux. */
export interface Process {
  /** Its id. */
  readonly pid: number;
  /** Its command line. */
  readonly command: string;
}

function read(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}

/** The processes that a process has started, and those that these have started. */
export function descendantsOf(pid: number): Process[] {
  const pids = [...Deno.readDirSync("/proc")].map(({ name }) => Number(name)).filter(Boolean);
  const parents = new Map(
    pids.map((one) => [one, Number(/\nPPid:\t(\d+)/.exec(read(`/proc/${one}/status`))?.[1] ?? 0)]),
  );
  return treeOf(pid, parents).slice(1).map((one) => ({ pid: one, command: commandOf(one) }));
}

function commandOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
}

/** Whether a process still runs. */
export function isAlive({ pid, command }: Process): boolean {
  return command !== "" && commandOf(pid) === command;
}
