/** System calls, by the kind that differs most. */

import {
  countsOf,
  digits,
  duration,
  type Idea,
  type Pair,
  type Side,
  ticksOf,
  times,
} from "./difference.ts";

/**
 * What a call costs at least, in nanoseconds: a write of 66 bytes to a socket took 400 on a virtual machine with Linux
 * 6.18. It only decides what is worth naming, and only where the time in the kernel is not known.
 */
const CALL_NS = 400;

/** Kinds of calls as the phrases call them. */
const KINDS: Readonly<Record<string, string>> = {
  "syscalls.write": "writes",
  "syscalls.read": "reads",
  "syscalls.wait": "waits for events",
  "syscalls.interest": "changes of what is waited for",
  "syscalls.uring": "turns of io_uring",
  "syscalls.lock": "calls of locks",
  "syscalls.memory": "calls for memory",
};

/** How often a server asks the kernel, and for what. */
export const systemCalls: Idea = {
  id: "syscalls",
  find(server, other) {
    const all = countsOf("syscalls.all", server, other);
    if (all === undefined) return undefined;
    const kernel = ticksOf("time.kernel", server, other);
    const more = all.own - all.other;
    const ns = kernel !== undefined ? (kernel.own - kernel.other) * 1000 : more * CALL_NS;
    // More calls, but less time in the kernel: they are not what costs it.
    if (Math.sign(ns) !== Math.sign(more)) return undefined;
    const [kind] = Object.entries(KINDS).flatMap(([id, name]) => {
      const pair = countsOf(id, server, other);
      const share = pair === undefined ? 0 : (pair.own - pair.other) / more;
      return pair !== undefined && share > LEAST_SHARE ? [{ id, name, pair, share }] : [];
    }).sort((a, b) => b.share - a.share);
    const said = [
      `${times(all)} the system calls a message: ${both(all, other)}`,
      ...(kind === undefined ? [] : [
        `${digits(kind.pair.own)} ${kind.name} (${digits(kind.pair.other)})${
          gathering(kind.id, kind.pair)
        }`,
      ]),
      ...(kernel !== undefined
        ? [`${duration(kernel.own * 1000)} in the kernel (${duration(kernel.other * 1000)})`]
        : []),
    ];
    return { of: "cpu", ns, said: said.join(", "), ...(kind && { about: kind.id }) };
  },
};

/** A kind that makes up less of the difference is not named. */
const LEAST_SHARE = 0.2;
/** From here on a write is of several replies. */
const SEVERAL = 1.5;

function both({ own, other }: Pair, { name }: Side): string {
  return `${digits(own)} (${name} ${digits(other)})`;
}

/** How many replies a write of each has, if one of them gathers several. */
function gathering(id: string, { own, other }: Pair): string {
  if (id !== "syscalls.write" || !(Math.max(1 / own, 1 / other) >= SEVERAL)) return "";
  const replies = (writes: number): string => 1 / writes >= SEVERAL ? digits(1 / writes) : "one";
  const one = replies(own);
  return `: ${one} ${one === "one" ? "reply" : "replies"} in each, not ${replies(other)}`;
}
