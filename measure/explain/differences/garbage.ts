/** Time in garbage collections. */

import { digits, figuresOf, type Idea, isFarApart, wallNs } from "./difference.ts";

/** A smaller difference is noise, in per cent of the time: a collection more or less in the window. */
const LEAST_SHARE = 2;

/** A collector that stops the program, or takes a CPU of it. */
export const garbage: Idea = {
  id: "garbage",
  find(server, other) {
    const share = figuresOf("gc.share", server, other);
    if (share === undefined || !isFarApart(share)) return undefined;
    if (Math.abs(share.own - share.other) < LEAST_SHARE) return undefined;
    const allocated = figuresOf("alloc.bytes", server, other);
    const bytes = allocated === undefined || !isFarApart(allocated)
      ? ""
      : `, with ${digits(allocated.own)} bytes allocated a message (${digits(allocated.other)})`;
    return {
      of: "cpu",
      ns: (share.own * wallNs(server) - share.other * wallNs(other)) / 100,
      said: `${digits(share.own)} % of its time in garbage collections (${other.name} ${
        digits(share.other)
      } %)${bytes}`,
    };
  },
};
