/** Text as bytes; apart from `bytes.ts`, which is heavier than what help may load. */

const encoder = new TextEncoder();

/** The bytes of a text, as UTF-8. */
export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}
