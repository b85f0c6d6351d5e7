/** What carries bytes for the wire client: connections in numbered slots. */

/** What a transport tells its owner. */
export interface TransportHandlers {
  /** A connection is established. */
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
  /** Begins to connect a slot that is free. */
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
   * Reads no more of a slot until {@linkcode Transport.resume}; what is being read already still comes. That its
   * connection has ended may be told only once it is read on.
   */
  pause(slot: number): void;
  /** Reads a paused slot on. */
  resume(slot: number): void;
  /** Ends a connection at once. */
  close(slot: number): void;
  /** Lets go of everything. */
  dispose(): void;
}
