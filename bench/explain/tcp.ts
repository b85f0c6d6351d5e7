/** What the kernel of the client counted of its connections: what comes in is what the server sent. */

import type { CounterId } from "../../measure/explain/counters.ts";
import type { Absent, Figure } from "../../measure/model/result.ts";
import type { TcpTotals } from "../generator/tcp_totals.ts";

type TcpCounter = Extract<CounterId, `tcp.${string}`>;

const TOTALS: { readonly [id in TcpCounter]: (tcp: TcpTotals) => Figure } = {
  "tcp.received.segments": ({ dataSegmentsIn }) => dataSegmentsIn,
  "tcp.received.bytes": ({ bytesIn }) => bytesIn,
  "tcp.received.acks": ({ segmentsIn, dataSegmentsIn }) => segmentsIn - dataSegmentsIn,
  "tcp.sent.segments": ({ dataSegmentsOut }) => dataSegmentsOut,
  "tcp.sent.bytes": ({ bytesOut }) => bytesOut,
  "tcp.sent.acks": ({ segmentsOut, dataSegmentsOut }) => segmentsOut - dataSegmentsOut,
  "tcp.retransmitted": ({ retransmitted }) => retransmitted,
  "tcp.rtt": ({ rttUs, connections }) => rttUs / connections,
};

/** The totals of the window by counter, or the same reason for each. */
export function tcpCounters(
  tcp: TcpTotals | Absent,
): { readonly [id in TcpCounter]: Figure } {
  return Object.fromEntries(
    Object.entries(TOTALS).map(([id, total]) => [id, "absent" in tcp ? tcp : total(tcp)]),
  ) as { readonly [id in TcpCounter]: Figure };
}
