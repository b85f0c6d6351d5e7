/** Tells when the window starts and ends of generators on other machines: by this machine's clock, as their word would come late. */

import type { WindowMoment } from "../messages.ts";
import { clockMs } from "./clock.ts";

/**
 * Calls `tell` at both ends of a window; leaving its scope ends that.
 *
 * @param startMs its begin, a time of {@linkcode clockMs}
 */
export function tellMoments(
  startMs: number,
  lengthMs: number,
  tell: (moment: WindowMoment) => void,
): Disposable {
  const at = (atMs: number, moment: WindowMoment): ReturnType<typeof setTimeout> =>
    setTimeout(() => tell(moment), Math.max(0, atMs - clockMs()));
  const timers = [at(startMs, "window starts"), at(startMs + lengthMs, "window ends")];
  return {
    [Symbol.dispose]() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
