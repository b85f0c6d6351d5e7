/** Replies that wait until the client acknowledges what came before. */

import { isMeasured } from "../../model/result.ts";
import { countsOf, digits, type Idea, type Side } from "./difference.ts";

const DELAYED = "acks.delayed";
/** The least time that Linux puts an acknowledgement off, `TCP_DELACK_MIN` of its include/net/tcp.h. */
const DELAYED_NS = 40e6;
/** Fewer a message may be of other programs on the machine, which are counted, too. */
const LEAST = 0.1;
/** Where all replies wait for one there are few in a window, and they come one by one. */
const ERRORS = 2;

/** Without TCP_NODELAY a second small write waits for the acknowledgement of the first (RFC 896). */
export const delayedAcks: Idea = {
  id: "acks.delayed",
  covers: ["waiting"],
  find(server, other) {
    const acks = countsOf(DELAYED, sent(server), sent(other), ERRORS);
    if (acks === undefined || Math.max(acks.own, acks.other) < LEAST) return undefined;
    const segments = countsOf("tcp.received.segments", server, other);
    return {
      of: "wait",
      ns: (acks.own - acks.other) * DELAYED_NS,
      said:
        `${
          digits(acks.own)
        } acknowledgements a message are delayed by 40 ms or more (${other.name} ${
          digits(acks.other)
        })` +
        (segments === undefined
          ? ""
          : `, and ${digits(segments.own)} segments come a reply (${digits(segments.other)})`) +
        ", as when small writes wait without TCP_NODELAY",
    };
  },
};

/** The delayed ones are of all programs on the machine: no more of them are this trial's than its client has sent bare. */
function sent(side: Side): Side {
  const { [DELAYED]: delayed, "tcp.sent.acks": bare } = side.counters;
  if (delayed === undefined || bare === undefined || !isMeasured(delayed) || !isMeasured(bare)) {
    return side;
  }
  return { ...side, counters: { ...side.counters, [DELAYED]: Math.min(delayed, bare) } };
}
