/** Frames of STOMP 1.2 as text: "Augmented BNF" and "Value Encoding" of its specification. */

import { bytesOf } from "../parts/bytes.ts";

/** The value of a header, escaped; that of CONNECT is not, but has no such characters. */
export function escaped(value: string): string {
  const escapes: Readonly<Record<string, string>> = {
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    ":": "\\c",
  };
  return value.replaceAll(/[\\\n\r:]/g, (found) => escapes[found]!);
}

/** The text of a value of a header. */
export function unescaped(value: string): string {
  const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", c: ":", "\\": "\\" };
  return value.replaceAll(/\\([nrc\\])/g, (_, letter) => escapes[letter]!);
}

/** A frame without a body. */
export function frame(
  command: string,
  headers: Readonly<Record<string, string | undefined>>,
): Uint8Array {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : `${name}:${value}\n`
  );
  return bytesOf(`${command}\n${lines.join("")}\n\0`);
}
