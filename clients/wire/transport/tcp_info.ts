/** What Linux counts of a TCP connection: `struct tcp_info` of linux/tcp.h, which getsockopt() gives for `TCP_INFO`. */

import { type Libc, LINUX } from "./libc.ts";

/** Counts of a connection since it was opened. */
export interface TcpCounts {
  /** All segments that came, those without data, too. */
  readonly segmentsIn: number;
  /** Those of them with data. */
  readonly dataSegmentsIn: number;
  /** Bytes that came in order. */
  readonly bytesIn: number;
  /** All segments that were sent. */
  readonly segmentsOut: number;
  /** Those of them with data, those sent again, too. */
  readonly dataSegmentsOut: number;
  /** Bytes that were sent and acknowledged. */
  readonly bytesOut: number;
  /** Segments that were sent again. */
  readonly retransmitted: number;
}

/** What is known of a connection now. */
export interface TcpInfo extends TcpCounts {
  /** Grows when a slot is used anew: counts of two connections have nothing to do with one another. */
  readonly generation: number;
  /** Time until an acknowledgement comes, as the kernel smooths it (RFC 6298), in microseconds. */
  readonly rttUs: number;
}

/** Offsets in the structure, in bytes: fields were only ever added at its end. */
const AT = {
  rtt: 68,
  retransmitted: 100,
  bytesAcked: 120,
  bytesReceived: 128,
  segmentsOut: 136,
  segmentsIn: 140,
  dataSegmentsIn: 152,
  dataSegmentsOut: 156,
} as const;
/** How much of it is needed: Linux 4.6 is the first to have that. */
const LEAST_SIZE = 160;

const bytes = new Uint8Array(256);
const view = new DataView(bytes.buffer);
const size = new Uint32Array(1);

/** Reads what is known of a socket; undefined if the kernel does not tell. */
export function readTcpInfo(
  { call }: Pick<Libc, "call">,
  fd: number,
  generation: number,
): TcpInfo | undefined {
  size[0] = bytes.length;
  const length = new Uint8Array(size.buffer);
  if (call.getsockopt(fd, LINUX.IPPROTO_TCP, LINUX.TCP_INFO, bytes, length) < 0) return undefined;
  return parseTcpInfo(view, size[0], generation);
}

/** Reads the structure, of which the kernel filled so many bytes; undefined if those are too few. */
export function parseTcpInfo(
  info: DataView,
  filled: number,
  generation: number,
): TcpInfo | undefined {
  if (filled < LEAST_SIZE) return undefined;
  const u32 = (at: number): number => info.getUint32(at, true);
  const u64 = (at: number): number => Number(info.getBigUint64(at, true));
  return {
    generation,
    rttUs: u32(AT.rtt),
    segmentsIn: u32(AT.segmentsIn),
    dataSegmentsIn: u32(AT.dataSegmentsIn),
    bytesIn: u64(AT.bytesReceived),
    segmentsOut: u32(AT.segmentsOut),
    dataSegmentsOut: u32(AT.dataSegmentsOut),
    bytesOut: u64(AT.bytesAcked),
    retransmitted: u32(AT.retransmitted),
  };
}
