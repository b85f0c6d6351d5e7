/** What carries bytes for the wire client: connections in numbered slots. */

import type { Clocks } from "./clocks.ts";
import type { TcpInfo } from "./tcp_info.ts";

/** What a transport reports to its owner. */
export interface TransportHandlers {
  connected(slot: number): void;
  /** Bytes arrived: from `start` to before `end`, valid only during the call. */
  received(slot: number, buffer: Uint8Array, start: number, end: number): void;
  /** A connection has ended, or could not be established; the last call for it. */
  ended(slot: number, reason: string): void;
}

/** Connections in numbered slots. */
export interface Transport {
  /** Milliseconds of the transport's monotonic clock. */
  now(): number;
  connect(slot: number): void;
  /**
   * Sends bytes. What the system does not take at once is kept and sent as soon as it does.
   *
   * @returns whether more may be sent now: false until {@linkcode Transport.onRoom} is called for the slot
   */
  write(slot: number, buffer: Uint8Array, start: number, end: number): boolean;
  /** Called when a slot that could take no more can again. */
  onRoom: (slot: number) => void;
  /**
   * Reads no more of a slot until {@linkcode Transport.resume}; what is being read already still comes. The end of its
   * connection may be reported only after that.
   */
  pause(slot: number): void;
  resume(slot: number): void;
  /** Closes a slot at once; nothing of its connection is reported any more. */
  close(slot: number): void;
  /** Closes a slot as {@linkcode Transport.close} does, but sends what was written to it, as far as the server takes it. */
  finish(slot: number): void;
  dispose(): void;
}

/** A transport that works only while its owner takes turns. */
export interface LoopTransport extends Transport {
  /** The clocks that the loop looks at. */
  readonly clocks: Clocks;
  /** Waits until something happens, at most for `timeoutMs`, and handles it. */
  poll(timeoutMs: number): void;
  /** What the kernel counts of the connection of a slot; undefined if there is none, or it does not tell. */
  tcpInfo(slot: number): TcpInfo | undefined;
  /** Calls `ended` when the other end of a pipe is closed, while turns are taken. */
  watch(fd: number, ended: () => void): void;
}
