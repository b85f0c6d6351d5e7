/**
 * How a process stands against others for a CPU. What the user gives the runner must hold for the server and the
 * generator as well. A child inherits niceness, control group, scheduling class, I/O priority and limits. But each is
 * the first of a session of its own, which no Ctrl-C reaches, and where Linux groups sessions (sched(7), autogroup) its
 * niceness counts only within its own session: against others counts that of the group, which begins with 0.
 */

import { type System, thisSystem } from "../machine/system.ts";
import { after } from "./delay.ts";

/** The niceness of a process, from −20 to 19: what the system gives it against others is less the higher it is. */
export interface Priority {
  /** Of the process itself. */
  readonly nice: number;
  /** Of the group of its session; undefined where sessions are not groups, or control groups are instead. */
  readonly groupNice: number | undefined;
}

/** One write is allowed to all users together in so many milliseconds, except to root. */
const BETWEEN_MS = 110;
const MOST_TRIES = 20;

/** The priority of a process; undefined if it has ended, and on other systems than Linux. */
export function priorityOf(
  pid: number | "self",
  system: System = thisSystem,
): Priority | undefined {
  if (system.platform !== "linux") return undefined;
  // The name before it may hold anything; niceness is the 19th field (proc(5)).
  const nice = system.read(`/proc/${pid}/stat`)?.split(") ").at(-1)?.split(" ")[16];
  if (nice === undefined) return undefined;
  return { nice: Number(nice), groupNice: groupNiceOf(pid, system) };
}

function groupNiceOf(pid: number | "self", system: System): number | undefined {
  if (system.read("/proc/sys/kernel/sched_autogroup_enabled")?.trim() !== "1") return undefined;
  const groups = (system.read(`/proc/${pid}/cgroup`) ?? "").trim().split("\n")
    .map((line) => line.split(":"));
  const own = groups.find(([, controllers]) => controllers?.split(",").includes("cpu")) ??
    groups.find(([, controllers]) => controllers === "");
  // In a control group other than the root, sessions are no groups.
  if (own !== undefined && own.slice(2).join(":") !== "/") return undefined;
  const nice = /nice (-?\d+)/.exec(system.read(`/proc/${pid}/autogroup`) ?? "")?.[1];
  return nice === undefined ? undefined : Number(nice);
}

/** The niceness that a child of a process is to have against others. */
export function nicenessFor({ nice, groupNice }: Priority): number {
  return groupNice === undefined ? nice : Math.max(-20, Math.min(19, groupNice + nice));
}

/** The niceness of a process that counts against others. */
export function nicenessOf({ nice, groupNice }: Priority): number {
  return groupNice ?? nice;
}

/**
 * Gives the session of a child the niceness that the runner has in its own one and as a process. Resolves when that is
 * done or cannot be: less than 0 takes a permission (CAP_SYS_NICE).
 *
 * @param runner the priority of this process
 */
export async function passPriority(
  pid: number,
  runner: Priority | undefined = priorityOf("self"),
): Promise<void> {
  if (runner?.groupNice === undefined || nicenessFor(runner) === 0) return;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    try {
      Deno.writeTextFileSync(`/proc/${pid}/autogroup`, String(nicenessFor(runner)));
      return;
    } catch (error) {
      // The system says "try again".
      if (!(error instanceof Deno.errors.WouldBlock)) return;
    }
    using pause = after(BETWEEN_MS);
    await pause.over;
  }
}

/** Niceness of both sides of a trial, and what the runner asked for. */
export interface Niceness {
  readonly serverNice: number;
  readonly clientNice: number;
  readonly asked: number;
}

/**
 * How server and generator differ from one another, or from what they are to have; undefined if they do not, or if it
 * is not known.
 */
export function unequalNiceness(
  server: number,
  client: number,
  system: System = thisSystem,
): Niceness | undefined {
  const [own, ofServer, ofClient] = [
    priorityOf("self", system),
    priorityOf(server, system),
    priorityOf(client, system),
  ];
  if (own === undefined || ofServer === undefined || ofClient === undefined) return undefined;
  const found = {
    serverNice: nicenessOf(ofServer),
    clientNice: nicenessOf(ofClient),
    asked: nicenessFor(own),
  };
  const { serverNice, clientNice, asked } = found;
  return serverNice === clientNice && clientNice === asked ? undefined : found;
}
