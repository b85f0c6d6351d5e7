/** Context switches: how often a thread gives up its CPU. */

import { countsOf, digits, type Idea } from "./difference.ts";

/**
 * What a switch costs at least, in nanoseconds: half a round trip of `perf bench sched pipe`, 2.7 µs on a virtual machine
 * with Linux 6.18. It only decides what is worth naming.
 */
const SWITCH_NS = 1300;

/** Threads that sleep and are woken by others. */
export const switches: Idea = {
  id: "switches",
  find(server, other) {
    const pair = countsOf("switches.voluntary", server, other);
    if (pair === undefined) return undefined;
    return {
      of: "cpu",
      ns: (pair.own - pair.other) * SWITCH_NS,
      said: `${digits(pair.own)} voluntary context switches a message (${other.name} ${
        digits(pair.other)
      })`,
    };
  },
};
