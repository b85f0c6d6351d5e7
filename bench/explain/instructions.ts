/** Instructions and cycles of a server, as the processor counts them: perf(1). Virtual machines often have no counters. */

import type { CounterId } from "../../measure/explain/counters.ts";
import type { Figure } from "../../measure/model/result.ts";
import { type System, thisSystem } from "../machine/system.ts";
import type { Observer } from "./observer.ts";
import { attachPerf, type PerfStat } from "./perf_stat.ts";

type Counted = Extract<CounterId, `${"instructions" | "cycles"}.${string}`>;

/** Those that everybody may count of the own processes, and those of the kernel, which often only root may. */
const EVENTS: readonly { readonly [event: string]: Counted }[] = [
  { "instructions:u": "instructions.user", "cycles:u": "cycles.user" },
  { "instructions:k": "instructions.kernel", "cycles:k": "cycles.kernel" },
];

/** Watches by `perf stat`. */
export function instructionsObserver(
  system: System = thisSystem,
  attach: typeof attachPerf = attachPerf,
): Observer {
  return {
    async attach({ pid, folder }) {
      const absent = { absent: "perf counts them on Linux only" };
      const watches: readonly (PerfStat | { readonly absent: string })[] =
        system.platform === "linux"
          ? await Promise.all(EVENTS.map((events) => attach(pid, Object.keys(events), folder)))
          : EVENTS.map(() => absent);
      const counting = watches.filter((one): one is PerfStat => !("absent" in one));
      return {
        windowStarts: () => counting.forEach((one) => one.start()),
        windowEnds: () => counting.forEach((one) => one.end()),
        async detach() {
          await Promise.all(counting.map((one) => one.detach()));
        },
        read({ windowMs }) {
          const totals = watches.flatMap((watch, index) => {
            const found = "absent" in watch ? watch : watch.read(windowMs);
            return Object.entries(EVENTS[index]!).map(([event, id]): [string, Figure] => [
              id,
              typeof found.absent === "string"
                ? { absent: found.absent }
                : (found as { readonly [event: string]: Figure })[event]!,
            ]);
          });
          return { totals: Object.fromEntries(totals) };
        },
      };
    },
  };
}
