/** Writes pictures as PNG: https://www.w3.org/TR/png-3/. */

import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
/** Bits of a colour, red with green, blue and alpha, the one compression, the one set of filters, not interlaced. */
const FORMAT = [8, 6, 0, 0, 0] as const;
const CHANNELS = 4;

/**
 * Encodes a picture. Rows are not filtered: drawings of few colours become smaller without.
 *
 * @param pixels red, green, blue and alpha, a byte each, row by row
 * @throws {RangeError} if there are not as many as width and height say
 */
export function encodePng(
  pixels: Uint8Array,
  width: number,
  height: number,
): Uint8Array<ArrayBuffer> {
  const length = width * CHANNELS;
  if (pixels.length !== length * height || pixels.length === 0) {
    throw new RangeError(
      `Cannot encode a picture of ${width} by ${height} pixels: received ${pixels.length} bytes`,
    );
  }
  // Before each row is the number of its filter: 0 for none.
  const rows = new Uint8Array((length + 1) * height);
  for (let row = 0; row < height; row++) {
    rows.set(pixels.subarray(row * length, (row + 1) * length), row * (length + 1) + 1);
  }
  const header = new Uint8Array(8 + FORMAT.length);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set(FORMAT, 8);
  return joined([
    Uint8Array.from(SIGNATURE),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** A chunk: the length of its content, its type, the content, and a checksum of both. */
function chunk(type: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc32(bytes.subarray(4, 8 + content.length)));
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
