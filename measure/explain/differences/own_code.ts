/** CPU time that is neither the kernel's nor a collector's. */

import { duration, figuresOf, type Idea, isFarApart, ticksOf, wallNs } from "./difference.ts";

/** What the program, its libraries and its runtime compute. */
export const ownCode: Idea = {
  id: "own.code",
  isOfTimes: true,
  find(server, other) {
    const user = ticksOf("time.user", server, other);
    if (user === undefined) return undefined;
    const share = figuresOf("gc.share", server, other) ?? { own: 0, other: 0 };
    const [own, others] = [
      user.own * 1000 - share.own / 100 * wallNs(server),
      user.other * 1000 - share.other / 100 * wallNs(other),
    ].map((ns) => Math.max(0, ns)) as [number, number];
    if (!isFarApart({ own, other: others })) return undefined;
    return {
      of: "cpu",
      ns: own - others,
      said: `${duration(own)} of CPU time a message outside the kernel${
        share.own > 0 || share.other > 0 ? " and collections" : ""
      } (${other.name} ${duration(others)})`,
    };
  },
};
