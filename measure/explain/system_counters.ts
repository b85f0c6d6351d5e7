/** What the system counts of a server: CPU time, context switches and page faults. */

import type { Counter } from "./counter.ts";

const perMessage = { unit: "per message", per: "message" } as const;
const time = { group: "CPU time", unit: "µs per message", per: "message" } as const;
const switches = { group: "Context switches", ...perMessage } as const;
const faults = { group: "Page faults", ...perMessage } as const;

/** CPU time. */
export const TIME = [
  { id: "time.user", title: "CPU time outside the kernel", ...time },
  { id: "time.kernel", title: "CPU time in the kernel", ...time },
] as const satisfies readonly Counter[];

/** Context switches and page faults. */
export const SCHEDULER = [
  { id: "switches.voluntary", title: "Voluntary context switches", ...switches },
  { id: "switches.involuntary", title: "Involuntary context switches", ...switches },
  { id: "faults.minor", title: "Minor page faults", ...faults },
  { id: "faults.major", title: "Major page faults", ...faults },
] as const satisfies readonly Counter[];
