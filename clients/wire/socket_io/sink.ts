/**
 * What a Socket.IO server's messages are handed over to.
 *
 * @module
 */

/**
 * What is wrong with a message from a server.
 *
 * - `malformed`: not a packet, or without the JSON that its type has
 * - `unexpected`: a packet that cannot come now, or at all from a server that was not asked for it
 * - `namespace`, `event`: of another one than the codec's
 * - `arguments`: an event with anything but one text or one run of bytes
 */
export type SocketIoErrorKind = "malformed" | "unexpected" | "namespace" | "event" | "arguments";

/** A message that does not fit the protocol or the one kind of event; the connection is of no more use. */
export class SocketIoError extends Error {
  /** What is wrong. */
  readonly kind: SocketIoErrorKind;

  /**
   * Makes an error.
   *
   * @param kind what is wrong
   * @param message one line with the beginning of what was received
   */
  constructor(kind: SocketIoErrorKind, message: string) {
    super(message);
    this.name = "SocketIoError";
    this.kind = kind;
  }
}

/** Told what a server's messages say. */
export interface SocketIoSink {
  /** The connection is open; the client is to send `connectPacket` of the codec. */
  sendConnect(): void;
  /** The namespace is joined: events may be sent, and come. */
  opened(): void;
  /**
   * An event came.
   *
   * @param isText whether its argument is a text, then given as UTF-8, or bytes
   * @param buffer holds it until this returns, or until a decoder of the same codec is called
   * @param start offset of its first byte
   * @param end offset after its last byte
   */
  message(isText: boolean, buffer: Uint8Array, start: number, end: number): void;
  /** The client is to send `pong` of the codec, or the server closes the connection after its timeout. */
  ping(): void;
  /** The server ended it, the namespace or all of the connection; the reason is in socket.io-client's words. */
  disconnected(reason: "io server disconnect" | "transport close"): void;
  /** The server refused the namespace. */
  connectError(message: string): void;
}
