/** What the system counts of a server: system calls, CPU time, instructions, context switches and page faults. */

import type { Counter } from "./counter.ts";

const perMessage = { unit: "per message", per: "message" } as const;
const time = { group: "CPU time", unit: "µs per message", per: "message" } as const;
const calls = { group: "System calls", ...perMessage } as const;
const processor = { group: "Processor", ...perMessage } as const;
const switches = { group: "Context switches", ...perMessage } as const;
const faults = { group: "Page faults", ...perMessage } as const;

/** System calls by kind; the kinds add up to all. */
export const SYSTEM_CALLS = [
  { id: "syscalls.all", title: "All system calls", ...calls },
  { id: "syscalls.read", title: "Reads", ...calls },
  { id: "syscalls.write", title: "Writes", ...calls },
  { id: "syscalls.wait", title: "Waits for events", ...calls },
  { id: "syscalls.interest", title: "Changes of what is waited for", ...calls },
  { id: "syscalls.uring", title: "Turns of io_uring", ...calls },
  { id: "syscalls.lock", title: "Locks (futex)", ...calls },
  { id: "syscalls.memory", title: "Memory", ...calls },
  { id: "syscalls.other", title: "Other system calls", ...calls },
] as const satisfies readonly Counter[];

/** CPU time. */
export const TIME = [
  { id: "time.cpu", title: "CPU time", ...time },
  { id: "time.user", title: "CPU time outside the kernel", ...time },
  { id: "time.kernel", title: "CPU time in the kernel", ...time },
  { id: "time.outside", title: "Wait for a CPU that others used", ...time },
  {
    id: "client.busy",
    group: "CPU time",
    title: "Client at work",
    unit: "% of the time",
    per: "share",
  },
] as const satisfies readonly Counter[];

/** Context switches and page faults. */
export const SCHEDULER = [
  { id: "switches.voluntary", title: "Voluntary context switches", ...switches },
  { id: "switches.involuntary", title: "Involuntary context switches", ...switches },
  { id: "faults.minor", title: "Minor page faults", ...faults },
  { id: "faults.major", title: "Major page faults", ...faults },
] as const satisfies readonly Counter[];

/** What the processor counts. */
export const PROCESSOR = [
  { id: "instructions.user", title: "Instructions outside the kernel", ...processor },
  { id: "instructions.kernel", title: "Instructions in the kernel", ...processor },
  { id: "cycles.user", title: "Cycles outside the kernel", ...processor },
  { id: "cycles.kernel", title: "Cycles in the kernel", ...processor },
] as const satisfies readonly Counter[];
