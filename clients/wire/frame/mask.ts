/** The masking of RFC 6455 §5.3. */

/** Below this many bytes, going byte by byte is faster than finding the view. */
const WORDS_FROM = 16;

// A connection masks in few buffers many times: one remembered view saves an object a message.
let viewed: Uint8Array | undefined;
let view: DataView = new DataView(new ArrayBuffer(0));

/**
 * Masks, or unmasks, bytes in place.
 *
 * @param key the masking key as an unsigned 32-bit integer whose highest byte is the first one on the wire
 * @param phase how many bytes of the payload came before `start`
 */
export function applyMask(
  bytes: Uint8Array,
  start: number,
  end: number,
  key: number,
  phase = 0,
): void {
  const turn = (phase & 3) * 8;
  const turned = turn === 0 ? key | 0 : (key << turn) | (key >>> (32 - turn));
  let at = start;
  if (end - at >= WORDS_FROM) {
    if (bytes !== viewed) {
      view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      viewed = bytes;
    }
    // In the order of most processors, which then need not swap every word.
    const swapped = swapBytes(turned);
    for (const last = end - 4; at <= last; at += 4) {
      view.setInt32(at, view.getInt32(at, true) ^ swapped, true);
    }
  }
  for (let shift = 24; at < end; at++, shift = (shift - 8) & 31) bytes[at]! ^= turned >>> shift;
}

function swapBytes(word: number): number {
  return word << 24 | (word & 0xff00) << 8 | (word >>> 8 & 0xff00) | word >>> 24;
}
