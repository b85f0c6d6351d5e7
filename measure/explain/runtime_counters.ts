/** What the runtime of a server counts: garbage, allocation, the event loop. */

import type { Counter } from "./counter.ts";

const garbage = { group: "Garbage collection" } as const;

/** What is known of Deno, Node, Bun, Go, Java and Python, each as far as it tells. */
export const RUNTIME = [
  {
    id: "alloc.bytes",
    title: "Allocated on the heap",
    unit: "bytes per message",
    per: "message",
    ...garbage,
  },
  { id: "gc.count", title: "Collections", unit: "per second", per: "second", ...garbage },
  { id: "gc.pause", title: "Pauses", unit: "µs per message", per: "message", ...garbage },
  { id: "gc.share", title: "Time in pauses", unit: "% of the time", per: "share", ...garbage },
  { id: "gc.longest", title: "Longest pause", unit: "ms", per: "window", ...garbage },
  {
    id: "gc.cpu",
    title: "CPU time for it, in pauses or beside",
    unit: "% of the CPU time",
    per: "share",
    ...garbage,
  },
  {
    id: "loop.delay",
    group: "Event loop",
    title: "Delay, 99th percentile",
    unit: "ms",
    per: "window",
  },
] as const satisfies readonly Counter[];
