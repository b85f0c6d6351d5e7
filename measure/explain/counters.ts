/** What explaining trials count: names, units, and how a total of the window becomes a figure. */

import type { Counter } from "./counter.ts";
import { CPU } from "./cpu_counters.ts";
import { RUNTIME } from "./runtime_counters.ts";
import { PROCESSOR, SCHEDULER, SYSTEM_CALLS, TIME } from "./system_counters.ts";
import { TCP } from "./tcp_counters.ts";

export type { Counter, Per } from "./counter.ts";

/** All counters, in the order of the tables. */
export const COUNTERS = [
  ...SYSTEM_CALLS,
  ...TIME,
  ...CPU,
  ...PROCESSOR,
  ...SCHEDULER,
  ...RUNTIME,
  ...TCP,
] as const satisfies readonly Counter[];

/** Id of a counter. */
export type CounterId = typeof COUNTERS[number]["id"];
