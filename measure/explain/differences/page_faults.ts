/** Page faults: memory that is used for the first time. */

import { countsOf, digits, type Idea } from "./difference.ts";

/**
 * What a fault costs at least, in nanoseconds: the first write to a page took 2000 on a virtual machine with Linux 6.18,
 * and takes a quarter of it on bare machines. It only decides what is worth naming.
 */
const FAULT_NS = 500;

/** Pages that the kernel fills with zeros or maps. */
export const pageFaults: Idea = {
  id: "faults",
  find(server, other) {
    const pair = countsOf("faults.minor", server, other);
    if (pair === undefined) return undefined;
    return {
      of: "cpu",
      ns: (pair.own - pair.other) * FAULT_NS,
      said: `${digits(pair.own)} page faults a message (${other.name} ${digits(pair.other)})`,
    };
  },
};
