/**
 * What a process has started, in whatever session: a signal to its group does not reach a child that has left it.
 *
 * @module
 */

import { parseStat } from "../probe/proc.ts";
import { treeOf } from "../probe/process_tree.ts";

/** A process that another one has started. */
export interface Descendant {
  /** Its id. */
  readonly pid: number;
  /** When it began: another process may get its id. */
  readonly startTicks: number;
}

/** Finds the processes below one that runs. Linux only: elsewhere none is found. */
export function descendantsOf(root: number): Descendant[] {
  if (Deno.build.os !== "linux") return [];
  const found = new Map<number, { parent: number; startTicks: number }>();
  for (const { name } of Deno.readDirSync("/proc")) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    if (stat !== undefined) found.set(Number(name), stat);
  }
  const parents = new Map([...found].map(([pid, { parent }]) => [pid, parent]));
  return treeOf(root, parents).slice(1).map((pid) => ({
    pid,
    startTicks: found.get(pid)!.startTicks,
  }));
}

/** Kills those that are still there. */
export function killAll(descendants: readonly Descendant[]): void {
  for (const { pid, startTicks } of descendants) {
    if (statOf(pid)?.startTicks !== startTicks) continue;
    try {
      Deno.kill(pid, "SIGKILL");
    } catch {
      // It has ended just now.
    }
  }
}

function statOf(pid: number): { parent: number; startTicks: number } | undefined {
  try {
    return parseStat(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    return undefined;
  }
}
