/**
 * Messages that are compressed before they are sent (RFC 7692 §7.2.1): a head that makes each of them unique, in a
 * block that is only stored, and after it a rest that was compressed once for many of them.
 *
 * Such a message refers to nothing before it, so it is valid with and without context takeover, and writing it costs
 * no more than writing it uncompressed.
 */

import { zlib } from "./zlib.ts";

/** Bytes of the header of a stored block, of which the first has three bits and is padded (RFC 1951 §3.2.4). */
export const STORED_HEADER_SIZE = 5;
/** The longest content of a stored block, in bytes. */
export const MOST_STORED = 0xffff;

/** No bytes at all, compressed: an empty stored block without its last four bytes (RFC 7692 §7.2.3.6). */
const NOTHING = Uint8Array.of(0);
const TAIL_SIZE = 4;

/** Compresses the last part of a message: what follows the blocks before it, up to the end of the payload. */
export function deflateRest(rest: Uint8Array): Uint8Array {
  if (rest.length === 0) return NOTHING;
  const { constants, deflateRawSync } = zlib();
  const whole = deflateRawSync(rest, { finishFlush: constants.Z_SYNC_FLUSH });
  return new Uint8Array(whole.subarray(0, whole.length - TAIL_SIZE));
}

/**
 * Writes the header of a stored block, of {@linkcode STORED_HEADER_SIZE} bytes, in front of a content of `length` bytes.
 *
 * @throws {RangeError} for a content above {@linkcode MOST_STORED} bytes
 */
export function writeStoredHeader(target: Uint8Array, at: number, length: number): void {
  if (length > MOST_STORED) {
    throw new RangeError(
      `Cannot store more than ${MOST_STORED} bytes in a block: received ${length}`,
    );
  }
  target[at] = 0;
  target[at + 1] = length;
  target[at + 2] = length >>> 8;
  target[at + 3] = ~length;
  target[at + 4] = ~length >>> 8;
}
