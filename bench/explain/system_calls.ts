/** System calls of a server by kind, as perf(1) counts them by the tracepoints of Linux. */

import type { CounterId } from "../../measure/explain/counters.ts";
import { type Figure, isMeasured } from "../../measure/model/result.ts";
import { type System, thisSystem } from "../machine/system.ts";
import type { Observer } from "./observer.ts";
import { attachPerf, type PerfTotals } from "./perf_stat.ts";

type Kind = Extract<CounterId, `syscalls.${string}`>;

const ALL = "raw_syscalls:sys_enter";

/** The calls of each kind, by the names of any architecture. */
const KINDS: { readonly [kind in Exclude<Kind, "syscalls.all" | "syscalls.other">]: string[] } = {
  "syscalls.read": ["read", "readv", "recvfrom", "recvmsg", "recvmmsg", "pread64", "preadv"],
  "syscalls.write": ["write", "writev", "sendto", "sendmsg", "sendmmsg", "sendfile64", "pwrite64"],
  "syscalls.wait": [
    "epoll_wait",
    "epoll_pwait",
    "epoll_pwait2",
    "poll",
    "ppoll",
    "select",
    "pselect6",
  ],
  "syscalls.interest": ["epoll_ctl"],
  "syscalls.uring": ["io_uring_enter"],
  "syscalls.lock": ["futex", "futex_wait", "futex_wake", "futex_waitv", "futex_requeue"],
  "syscalls.memory": ["mmap", "munmap", "mprotect", "madvise", "brk"],
};
const IDS = ["syscalls.all", ...Object.keys(KINDS), "syscalls.other"] as readonly Kind[];

/** Where Linux lists them. */
const FOLDERS = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"];

const event = (call: string): string => `syscalls:sys_enter_${call}`;

/** The events of a machine: perf refuses to count any if one is not known. */
export function systemCallEvents(system: System = thisSystem): string[] {
  const calls = Object.values(KINDS).flat();
  const found = FOLDERS.map((folder) => known(system, `${folder}/events/syscalls`));
  const there = found.find((names) => names !== null);
  return [
    ALL,
    ...calls.filter((call) => there?.includes(`sys_enter_${call}`)).map(event),
  ];
}

/** Names of a folder; null if it cannot be read: perf then says why. */
function known(system: System, folder: string): string[] | null {
  try {
    return system.list(folder);
  } catch {
    return null;
  }
}

/** What perf counted, by kind. */
export function byKind(totals: PerfTotals): { readonly [kind in Kind]?: Figure } {
  if (typeof totals.absent === "string") return everyKind({ absent: totals.absent });
  const counts = totals as { readonly [name: string]: Figure };
  const all = counts[ALL] ?? { absent: "perf did not count it" };
  if (!isMeasured(all)) return everyKind(all);
  const kinds = Object.entries(KINDS).map(([kind, calls]): [string, Figure] => {
    const there = calls.map((call) => counts[event(call)]).filter((one) => one !== undefined);
    const missing = there.find((one) => !isMeasured(one));
    if (missing !== undefined) return [kind, missing];
    if (there.length === 0) return [kind, { absent: "the kernel does not tell the kinds apart" }];
    return [kind, (there as number[]).reduce((sum, count) => sum + count, 0)];
  });
  const absent = kinds.map(([, count]) => count).find((count) => !isMeasured(count));
  // An event is counted a little before or after another one: the rest may be just below nothing.
  const rest = kinds.reduce((sum, [, count]) => sum - (isMeasured(count) ? count : 0), all);
  return {
    "syscalls.all": all,
    ...Object.fromEntries(kinds),
    "syscalls.other": absent ?? Math.max(0, rest),
  };
}

function everyKind(count: Figure): { readonly [kind in Kind]?: Figure } {
  return Object.fromEntries(IDS.map((id) => [id, count]));
}

/** Watches by `perf stat`. */
export function systemCallsObserver(
  system: System = thisSystem,
  attach: typeof attachPerf = attachPerf,
): Observer {
  return {
    async attach({ pid, folder }) {
      const absent = (reason: string) => ({
        read: () => ({ totals: everyKind({ absent: reason }) }),
      });
      if (system.platform !== "linux") return absent("only Linux counts them for processes");
      const perf = await attach(pid, systemCallEvents(system), folder);
      if ("absent" in perf) return absent(perf.absent);
      return {
        windowStarts: perf.start,
        windowEnds: perf.end,
        detach: perf.detach,
        read: ({ windowMs }) => ({ totals: byKind(perf.read(windowMs)) }),
      };
    },
  };
}
