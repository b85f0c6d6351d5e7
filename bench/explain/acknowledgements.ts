/**
 * Acknowledgements that Linux put off until its timer ran out, 40 ms or more: the field `DelayedACKs` of
 * `/proc/PID/net/netstat` (Documentation/networking/snmp_counter.rst). Whoever waits for one, as Nagle's algorithm does
 * without TCP_NODELAY, waits that long. It counts the network of the server's machine or container as a whole: those
 * sent by the client, too, which are what such a server waits for.
 */

import type { Figure } from "../../measure/model/result.ts";
import { reasonOf, type System, thisSystem } from "../machine/system.ts";
import type { Observer } from "./observer.ts";

/** How many have been sent since the machine booted; null if the text has no such field. */
export function parseDelayedAcks(text: string): number | null {
  const [names = [], values = []] = text.split("\n").filter((line) => line.startsWith("TcpExt:"))
    .map((line) => line.split(" "));
  const value = values[names.indexOf("DelayedACKs")];
  return value === undefined ? null : Number(value);
}

/** Watches by `/proc`. */
export function acknowledgementsObserver(system: System = thisSystem): Observer {
  return {
    attach({ pid }) {
      if (system.platform !== "linux") {
        return { read: () => found({ absent: "only Linux counts them" }) };
      }
      const read = (): Figure => {
        try {
          const count = parseDelayedAcks(system.read(`/proc/${pid}/net/netstat`) ?? "");
          return count ?? { absent: "the kernel does not say" };
        } catch (error) {
          return { absent: reasonOf(error) };
        }
      };
      let [before, after]: Figure[] = [];
      return {
        windowStarts: () => void (before = read()),
        windowEnds: () => void (after = read()),
        read() {
          if (before === undefined || after === undefined) return { totals: {} };
          if (typeof before === "object") return found(before);
          return found(typeof after === "object" ? after : after - before);
        },
      };
    },
  };
}

function found(count: Figure): { readonly totals: { readonly "acks.delayed": Figure } } {
  return { totals: { "acks.delayed": count } };
}
