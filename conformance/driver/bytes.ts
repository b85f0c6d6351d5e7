/** The bytes that a case is made of. */

import type { Bytes, Filling } from "../types.ts";
import { deflatedBytes } from "./deflated.ts";

const encoder = new TextEncoder();
const WORDS = encoder.encode("What comes back is compared byte by byte. ");

/** The filling that was made last: it is sent, and then compared with what comes. */
let last: { readonly filling: Filling; readonly bytes: Uint8Array<ArrayBuffer> } | undefined;

/** The bytes that a text, bytes, a filling or a compressed message stand for. */
export function bytesOf(bytes: Bytes): Uint8Array<ArrayBuffer> {
  if (typeof bytes === "string") return encoder.encode(bytes);
  if (bytes instanceof Uint8Array) return bytes;
  if ("blocks" in bytes) return deflatedBytes(bytes, bytesOf);
  if (last?.filling !== bytes) last = { filling: bytes, bytes: filled(bytes) };
  return last.bytes;
}

function filled({ filling, length, from = 0, again = 0 }: Filling): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length + again);
  if (filling === "zeros") return bytes;
  for (let index = 0; index < length; index++) {
    const place = from + index;
    // Knuth's multiplicative hash: its highest byte differs from one place to the next.
    bytes[index] = filling === "noise"
      ? Math.imul(place, 2_654_435_761) >>> 24
      : WORDS[place % WORDS.length]!;
  }
  bytes.copyWithin(length, 0, again);
  return bytes;
}

/** All of some bytes, one after another. */
export function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
