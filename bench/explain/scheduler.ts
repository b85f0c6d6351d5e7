/** Context switches, page faults and CPU time of a server and all that it started, as Linux counts them: proc(5). */

import type { CounterId } from "../../measure/explain/counters.ts";
import { type System, thisSystem } from "../machine/system.ts";
import { readParents, TICK_NS } from "../machine/usage/proc.ts";
import { treeOf } from "../machine/usage/process_tree.ts";
import type { Observer } from "./observer.ts";

type SchedulerCounter = Extract<
  CounterId,
  `switches.${string}` | `faults.${string}` | "time.user" | "time.kernel"
>;

/** By counter. */
type Counts = Record<SchedulerCounter, number>;

const NONE: Counts = {
  "switches.voluntary": 0,
  "switches.involuntary": 0,
  "faults.minor": 0,
  "faults.major": 0,
  "time.user": 0,
  "time.kernel": 0,
};
const IDS = Object.keys(NONE) as SchedulerCounter[];
const US_PER_TICK = TICK_NS / 1000;
/** Each tick counts for where the program just was: of fewer, the halves are right to within a third at best. */
const FEWEST_TICKS = 10;
const TOO_SHORT = {
  absent:
    "its CPU time was below 100 ms, which Linux counts in ticks of 10 ms: too coarse to be divided",
};
const ELSEWHERE = { absent: "only Linux counts it for processes" };
const ENDED = { absent: "one of its threads or processes ended, and took its counts along" };

/** Counts of each process and of each thread since it began, by its id. */
export function readCounts(pid: number, system: System): Map<string, Counts> {
  const counts = new Map<string, Counts>();
  for (const one of treeOf(pid, readParents(system))) {
    const stat = system.read(`/proc/${one}/stat`);
    if (stat === null) continue;
    // After the command, which may hold spaces; the first field here is number 3 of proc(5).
    const fields = stat.slice(stat.lastIndexOf(")") + 1).trim().split(" ");
    counts.set(`${one}`, {
      ...NONE,
      "faults.minor": Number(fields[10 - 3]),
      "faults.major": Number(fields[12 - 3]),
      "time.user": Number(fields[14 - 3]) * US_PER_TICK,
      "time.kernel": Number(fields[15 - 3]) * US_PER_TICK,
    });
    for (const thread of system.list(`/proc/${one}/task`) ?? []) {
      const status = system.read(`/proc/${one}/task/${thread}/status`);
      if (status === null) continue;
      const field = (name: string): number =>
        Number(new RegExp(`^${name}:\\s*(\\d+)$`, "m").exec(status)?.[1]);
      counts.set(`${one}/${thread}`, {
        ...NONE,
        "switches.voluntary": field("voluntary_ctxt_switches"),
        "switches.involuntary": field("nonvoluntary_ctxt_switches"),
      });
    }
  }
  return counts;
}

/** Watches by `/proc`. */
export function schedulerObserver(system: System = thisSystem): Observer {
  return {
    attach({ pid }) {
      const absent = Object.fromEntries(IDS.map((id) => [id, ELSEWHERE]));
      if (system.platform !== "linux") return { read: () => ({ totals: absent }) };
      let before = new Map<string, Counts>();
      let after = before;
      return {
        windowStarts: () => void (before = readCounts(pid, system)),
        windowEnds: () => void (after = readCounts(pid, system)),
        read() {
          // What began in the window began with nothing.
          const hasEnded = [...before.keys()].some((id) => !after.has(id));
          const total = (id: SchedulerCounter): number =>
            [...after].reduce((sum, [key, now]) => sum + now[id] - (before.get(key)?.[id] ?? 0), 0);
          const isShort = total("time.user") + total("time.kernel") < FEWEST_TICKS * US_PER_TICK;
          const totals = IDS.map((id) => [
            id,
            hasEnded ? ENDED : isShort && id.startsWith("time.") ? TOO_SHORT : total(id),
          ]);
          return { totals: Object.fromEntries(totals) };
        },
      };
    },
  };
}
