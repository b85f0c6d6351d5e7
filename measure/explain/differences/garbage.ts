/** Time in garbage collections. */

import {
  digits,
  figuresOf,
  type Idea,
  isFarApart,
  type Pair,
  type Side,
  wallNs,
} from "./difference.ts";

/** A smaller difference is noise, in per cent: a collection more or less in the window. */
const LEAST_SHARE = 2;

/** A way to count it: pauses, in which nothing else runs, or all CPU time of the collector, also beside the program. */
interface Way {
  /** Of what the figure is the share, in per cent. */
  readonly of: string;
  readonly counter: string;
  /** What it is the share of, in nanoseconds a message. */
  whole(server: Side, other: Side): Pair | undefined;
}

const WAYS: readonly Way[] = [
  {
    of: "time",
    counter: "gc.share",
    whole: (server, other) => ({ own: wallNs(server), other: wallNs(other) }),
  },
  {
    of: "CPU time",
    counter: "gc.cpu",
    whole(server, other) {
      const cpu = figuresOf("time.cpu", server, other);
      return cpu && { own: cpu.own * 1000, other: cpu.other * 1000 };
    },
  },
];

/** A collector that stops the program, or takes a CPU of it; by the way in which it shows most. */
export const garbage: Idea = {
  id: "garbage",
  find(server, other) {
    const found = WAYS.flatMap(({ of, counter, whole }) => {
      const share = figuresOf(counter, server, other);
      const all = whole(server, other);
      if (share === undefined || all === undefined || !isFarApart(share)) return [];
      if (Math.abs(share.own - share.other) < LEAST_SHARE) return [];
      return [{ of, share, ns: (share.own * all.own - share.other * all.other) / 100 }];
    });
    const [one] = found.sort((a, b) => Math.abs(b.ns) - Math.abs(a.ns));
    if (one === undefined) return undefined;
    const allocated = figuresOf("alloc.bytes", server, other);
    const bytes = allocated === undefined || !isFarApart(allocated)
      ? ""
      : `, ${digits(allocated.own)} bytes allocated a message (${digits(allocated.other)})`;
    return {
      of: "cpu",
      ns: one.ns,
      said: `${digits(one.share.own)} % of its ${one.of} in garbage collections (${other.name} ${
        digits(one.share.other)
      } %)${bytes}`,
    };
  },
};
