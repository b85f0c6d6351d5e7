/** What Linux counted of the connections of a generator in the window. */

import type { Absent } from "../../measure/model/result.ts";
import type { TcpCounts, TcpInfo } from "../../clients/wire/transport/tcp_info.ts";

/** Totals of all connections, and how long acknowledgements took at the end. */
export interface TcpTotals extends TcpCounts {
  readonly connections: number;
  /** Sum over the connections of {@linkcode TcpInfo.rttUs}. */
  readonly rttUs: number;
}

/** Gives what is known of the connection of a slot; undefined if there is none, or the kernel does not tell. */
export type ReadTcpInfo = (slot: number) => TcpInfo | undefined;

const NAMES = [
  "segmentsIn",
  "dataSegmentsIn",
  "bytesIn",
  "segmentsOut",
  "dataSegmentsOut",
  "bytesOut",
  "retransmitted",
] as const satisfies readonly (keyof TcpCounts)[];

/** What was counted between two looks at the same slots; absent if a connection came or went in between. */
export function tcpBetween(
  before: readonly (TcpInfo | undefined)[],
  after: readonly (TcpInfo | undefined)[],
): TcpTotals | Absent {
  const pairs = after.map((now, slot) => ({ was: before[slot], now }));
  const lasting = pairs.flatMap(({ was, now }) =>
    was !== undefined && now !== undefined && was.generation === now.generation
      ? [{ was, now }]
      : []
  );
  if (lasting.length === 0) return { absent: "no connection was open for the whole window" };
  const isSame = pairs.every(({ was, now }) => was?.generation === now?.generation);
  if (!isSame) return { absent: "connections came and went in the window" };
  const total = (of: (pair: typeof lasting[number]) => number): number =>
    lasting.reduce((sum, pair) => sum + of(pair), 0);
  return {
    connections: lasting.length,
    rttUs: total(({ now }) => now.rttUs),
    ...Object.fromEntries(
      NAMES.map((name) => [name, total(({ was, now }) => now[name] - was[name])]),
    ) as unknown as TcpCounts,
  };
}

/** Adds up the totals of several generators; absent if those of one are. */
export function sumTcp(all: readonly (TcpTotals | Absent | undefined)[]): TcpTotals | Absent {
  const totals = all.filter((one): one is TcpTotals => one !== undefined && !("absent" in one));
  if (all.length === 0 || totals.length < all.length) {
    const reason = all.find((one): one is Absent => one !== undefined && "absent" in one);
    return reason ?? { absent: "a generator did not say" };
  }
  const names = ["connections", "rttUs", ...NAMES] as const;
  return Object.fromEntries(
    names.map((name) => [name, totals.reduce((sum, one) => sum + one[name], 0)]),
  ) as unknown as TcpTotals;
}
