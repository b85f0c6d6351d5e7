/**
 * What a decoder of frames tells its user.
 *
 * @module
 */

/**
 * Takes what a decoder finds. Arguments are valid only during the call. A sink may call
 * `FrameDecoder.release()`, and must not throw: a decoder whose sink threw takes no more input.
 */
export interface FrameSink {
  /** A whole message: its payload lies in `buffer` from `start` to `end`, unmasked. */
  message(isText: boolean, buffer: Uint8Array, start: number, end: number): void;
  /** A ping and its payload, which a pong must repeat. */
  ping(buffer: Uint8Array, start: number, end: number): void;
  /** A pong and its payload. */
  pong(buffer: Uint8Array, start: number, end: number): void;
  /** A close frame: the last call. The code is 1005 if the frame has none. */
  close(code: number, reason: string): void;
}
