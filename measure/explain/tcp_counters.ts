/** What the kernel counts of TCP. */

import type { Counter } from "./counter.ts";

const tcp = { group: "TCP" } as const;
const perMessage = { ...tcp, unit: "per message", per: "message" } as const;
const bytes = { ...tcp, unit: "bytes per message", per: "message" } as const;

/** Segments and bytes of the client's sockets, where what came in is what the server sent; and delays. */
export const TCP = [
  { id: "tcp.received.segments", title: "Segments with data, from the server", ...perMessage },
  { id: "tcp.received.bytes", title: "Bytes from the server", ...bytes },
  { id: "tcp.received.acks", title: "Segments without data, from the server", ...perMessage },
  { id: "tcp.sent.segments", title: "Segments with data, to the server", ...perMessage },
  { id: "tcp.sent.bytes", title: "Bytes to the server", ...bytes },
  { id: "tcp.sent.acks", title: "Segments without data, to the server", ...perMessage },
  { id: "tcp.retransmitted", title: "Segments sent again, to the server", ...perMessage },
  { id: "tcp.rtt", title: "Time until the server acknowledges", ...tcp, unit: "µs", per: "window" },
  { id: "acks.delayed", title: "Delayed acknowledgements", ...perMessage },
] as const satisfies readonly Counter[];
