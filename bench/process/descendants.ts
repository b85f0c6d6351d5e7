/**
 * What a process has started, in whatever session: a signal to its group does not reach a child that has left it, and
 * its tree does not hold one whose own parent has ended.
 */

import { thisSystem } from "../machine/system.ts";
import { parseStat, type Stat } from "../machine/usage/proc.ts";
import { treeOf } from "../machine/usage/process_tree.ts";

/** A process that another one has started. */
export interface Descendant {
  readonly pid: number;
  /** When it began: another process may get its id. */
  readonly startTicks: number;
}

/** Variable of the environment that says who has started a process: whatever that starts also has it. */
export const MARK = "WSMARK_CHILD";

/** How often to look again for what is marked: it may start something while it is being killed. */
const MOST_LOOKS = 3;

/** Finds the processes below one that runs. Linux only: elsewhere it finds none. */
export function descendantsOf(root: number): Descendant[] {
  const listed = listedBelow(root);
  if (listed !== undefined) return listed;
  const all = allProcesses();
  const parents = new Map([...all].map(([pid, { parent }]) => [pid, parent]));
  return treeOf(root, parents).slice(1).map((pid) => ({
    pid,
    startTicks: all.get(pid)!.startTicks,
  }));
}

/** The processes below one as the kernel lists them; undefined if it was built without that (CONFIG_PROC_CHILDREN). */
function listedBelow(root: number): Descendant[] | undefined {
  if (thisSystem.read("/proc/thread-self/children") === null) return undefined;
  // A child that moves from one thread to another while they are read is listed twice.
  const pids = new Set([root]);
  for (const pid of pids) for (const child of childrenOf(pid)) pids.add(child);
  return [...pids].slice(1).flatMap((pid) => {
    const stat = statOf(pid);
    return stat === undefined ? [] : [{ pid, startTicks: stat.startTicks }];
  });
}

/** The children of all threads of a process. */
function childrenOf(pid: number): number[] {
  return (thisSystem.list(`/proc/${pid}/task`) ?? []).flatMap((thread) =>
    (thisSystem.read(`/proc/${pid}/task/${thread}/children`) ?? "").split(" ")
  ).filter((id) => id !== "").map(Number);
}

/** When a process began, in ticks since the machine booted; 0 if it is gone, and on other systems than Linux. */
export function beginningOf(pid: number): number {
  return statOf(pid)?.startTicks ?? 0;
}

/**
 * Finds the processes that began with a mark in their environment, whoever is their parent now. Linux only.
 *
 * @param since those that began before are not looked at, in ticks
 */
export function markedBy(mark: string, since = 0): Descendant[] {
  return [...allProcesses()].filter(([pid, { startTicks }]) =>
    startTicks >= since && hasMark(pid, mark)
  ).map(([pid, { startTicks }]) => ({ pid, startTicks }));
}

/** Whether a process, or one below it, is stopped by a signal; one that a debugger holds is not. Linux only. */
export function stoppedBelow(root: number): boolean {
  return [root, ...descendantsOf(root).map(({ pid }) => pid)].some((pid) =>
    statOf(pid)?.state === "T"
  );
}

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

/** Kills what has a mark and is not older than that, and what that starts meanwhile. */
export function killMarked(mark: string, since: number): void {
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const found = markedBy(mark, since);
    if (found.length === 0) return;
    killAll(found);
  }
}

function allProcesses(): Map<number, Stat> {
  const all = new Map<number, Stat>();
  if (Deno.build.os !== "linux") return all;
  for (const { name } of Deno.readDirSync("/proc")) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    if (stat !== undefined) all.set(Number(name), stat);
  }
  return all;
}

function hasMark(pid: number, mark: string): boolean {
  try {
    return `\0${Deno.readTextFileSync(`/proc/${pid}/environ`)}`.includes(`\0${MARK}=${mark}\0`);
  } catch {
    // It is somebody else's, or has ended.
    return false;
  }
}

function statOf(pid: number): Stat | undefined {
  try {
    return parseStat(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    return undefined;
  }
}
