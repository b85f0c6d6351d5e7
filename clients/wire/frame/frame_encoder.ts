/** Writes WebSocket frames (RFC 6455 §5.2) into the caller's buffer. */

import { copyRange } from "./buffer_pool.ts";
import { applyMask } from "./mask.ts";
import { isCloseCode, MAX_CONTROL_BYTES, OPCODE } from "./protocol.ts";

const encoder = new TextEncoder();

/** The bytes before a payload of `length` bytes, 2 to 14: with the masking key, if the frame is masked. */
export function headerSize(length: number, masked: boolean): number {
  return (length < 126 ? 2 : length < 65536 ? 4 : 10) + (masked ? 4 : 0);
}

/**
 * Writes the header of a frame with a payload of `length` bytes, which must follow it, masked with the same key.
 *
 * @param mask the masking key as an unsigned 32-bit integer, its highest byte first on the wire; `undefined` for a
 * frame of a server, which is not masked
 * @param fin whether the frame ends its message
 * @returns the offset after the header, where the payload begins
 * @throws {RangeError} if the header does not fit, or if the header is one of a control frame that is not the end of
 * its message or longer than 125 bytes
 */
export function writeHeader(
  target: Uint8Array,
  at: number,
  opcode: number,
  length: number,
  mask: number | undefined,
  fin = true,
): number {
  if (at + headerSize(length, mask !== undefined) > target.length) {
    throw new RangeError(
      `Cannot write a frame header at ${at} as the buffer is too short: received ${target.length} bytes`,
    );
  }
  if (opcode >= OPCODE.close && (length > MAX_CONTROL_BYTES || !fin)) {
    throw new RangeError(
      `Cannot write a control frame in parts or above ${MAX_CONTROL_BYTES} bytes: received ${length} bytes, fin ${fin}`,
    );
  }
  const maskBit = mask === undefined ? 0 : 0x80;
  target[at++] = fin ? 0x80 | opcode : opcode;
  if (length < 126) {
    target[at++] = maskBit | length;
  } else if (length < 65536) {
    target[at++] = maskBit | 126;
    target[at++] = length >>> 8;
    target[at++] = length;
  } else {
    target[at++] = maskBit | 127;
    at = writeUint32(target, at, length / 2 ** 32);
    at = writeUint32(target, at, length);
  }
  return mask === undefined ? at : writeUint32(target, at, mask);
}

function writeUint32(target: Uint8Array, at: number, value: number): number {
  target[at] = value >>> 24;
  target[at + 1] = value >>> 16;
  target[at + 2] = value >>> 8;
  target[at + 3] = value >>> 0;
  return at + 4;
}

/**
 * Writes a whole frame: header and payload, masked if a key is given. The source is left as it is.
 *
 * @param source holds the payload from `start` to `end`
 * @returns the offset after the frame
 * @throws {RangeError} if the frame does not fit, and as {@linkcode writeHeader}, which has the other parameters
 */
export function writeFrame(
  target: Uint8Array,
  at: number,
  opcode: number,
  source: Uint8Array,
  start: number,
  end: number,
  mask: number | undefined,
  fin = true,
): number {
  const length = end - start;
  const size = headerSize(length, mask !== undefined) + length;
  if (at + size > target.length) {
    throw new RangeError(
      `Cannot write a frame of ${size} bytes at ${at} as the buffer is too short: received ${target.length} bytes`,
    );
  }
  const body = writeHeader(target, at, opcode, length, mask, fin);
  copyRange(source, start, end, target, body);
  if (mask !== undefined) applyMask(target, body, body + length, mask);
  return body + length;
}

/**
 * Writes a close frame (RFC 6455 §5.5.1).
 *
 * @param code 1005 for a frame without a code
 * @param reason up to 123 bytes of UTF-8
 * @returns the offset after the frame
 * @throws {RangeError} for a code that must not be sent (RFC 6455 §7.4), a reason that is too long or has no code, or
 * if the frame does not fit
 */
export function writeClose(
  target: Uint8Array,
  at: number,
  code: number,
  reason: string,
  mask: number | undefined,
): number {
  if (code === 1005 ? reason !== "" : !isCloseCode(code)) {
    throw new RangeError(
      `Cannot write a close frame with this code and reason: received ${code} and ${
        JSON.stringify(reason)
      }`,
    );
  }
  const text = encoder.encode(reason);
  const most = MAX_CONTROL_BYTES - 2;
  if (text.length > most) {
    throw new RangeError(
      `Cannot write a close frame as 'reason' is longer than ${most} bytes: received ${text.length}`,
    );
  }
  const payload = new Uint8Array(code === 1005 ? 0 : 2 + text.length);
  if (code !== 1005) {
    payload[0] = code >>> 8;
    payload[1] = code;
    payload.set(text, 2);
  }
  return writeFrame(target, at, OPCODE.close, payload, 0, payload.length, mask);
}
