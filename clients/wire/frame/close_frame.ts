/** Reads the payload of a close frame (RFC 6455 §5.5.1, §7.4). */

import { isCloseCode, ProtocolError } from "./protocol.ts";
import { findInvalidUtf8 } from "./utf8.ts";

// A byte order mark is part of the reason.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Reads an unmasked payload; the code is 1005 if it has none.
 *
 * @throws {ProtocolError} for a payload of one byte, a code that must not be sent, or a reason that is not UTF-8
 */
export function readClose(
  bytes: Uint8Array,
  start: number,
  end: number,
): { code: number; reason: string } {
  if (start === end) return { code: 1005, reason: "" };
  if (end - start === 1) {
    throw new ProtocolError(
      "close frame of one byte",
      "Cannot read a close frame as its code has two bytes: received one",
    );
  }
  const code = bytes[start]! << 8 | bytes[start + 1]!;
  if (!isCloseCode(code)) {
    throw new ProtocolError(
      "invalid close code",
      `Cannot read a close frame as its code must not be sent: received ${code}`,
    );
  }
  const invalid = findInvalidUtf8(bytes, start + 2, end);
  if (invalid >= 0) {
    throw new ProtocolError(
      "invalid UTF-8",
      `Cannot read a close frame as its reason is not UTF-8 from byte ${invalid - start - 2} on: ` +
        `received 0x${bytes[invalid]!.toString(16)}`,
    );
  }
  return { code, reason: decoder.decode(bytes.subarray(start + 2, end)) };
}
