/** Text as bytes. */

const encoder = new TextEncoder();

/** The bytes of a text, as UTF-8. */
export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}
