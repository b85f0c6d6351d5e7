/** Payloads of short texts: one that is always the same, and ones with a number. */

import { writerOf } from "../../protocols/parts/composer.ts";
import { composed, constantMessage, NOTHING } from "../../protocols/parts/message.ts";
import { Bytes, bytesOf, digitsEnd, readDigits } from "../../protocols/parts/bytes.ts";
import { altered, type Payload, UNREADABLE } from "./types.ts";

/** The same text every time: a reply can be right or wrong, but not that of another message. */
export function fixedText(text: string): Payload {
  const bytes = bytesOf(text);
  const right = new Bytes(bytes);
  const message = constantMessage(true, bytes);
  return {
    ...message,
    write: writerOf(message),
    reply: message,
    check(source, start, end, _connection, expected) {
      return end - start === right.length && right.equal(source, start) ? expected : UNREADABLE;
    },
  };
}

/** `prefix` and the message's number, answered with ` - N` appended, N in 0…999: what `/tag` does. */
export function tagged(prefix: string): Payload {
  const separator = new Bytes(bytesOf(" - "));

  /** Whether ` - N` fills a range. */
  function isTag(source: Uint8Array, start: number, end: number): boolean {
    const digitsAt = start + separator.length;
    const digits = end - digitsAt;
    if (digits < 1 || digits > 3) return false;
    return separator.equal(source, start) && digitsEnd(source, digitsAt, end) === end;
  }
  return prefixed(prefix, isTag);
}

/** The same messages, answered as they came. */
export function counted(prefix: string): Payload {
  const message = prefixed(prefix, (_source, start, end) => start === end);
  return { ...message, reply: message };
}

/** `prefix` and the message's number; `isRight` checks what a reply has after these. */
function prefixed(
  prefix: string,
  isRight: (source: Uint8Array, start: number, end: number) => boolean,
): Payload {
  const bytes = bytesOf(prefix);
  const head = new Bytes(bytes);
  const message = composed(true, [{
    head: bytes,
    holes: [{ at: bytes.length, holds: "sequence", as: "decimal", width: 0 }],
    fillings: [NOTHING],
    tail: NOTHING,
  }]);
  return {
    ...message,
    write: writerOf(message),
    check(source, start, end) {
      const digitsAt = start + head.length;
      if (digitsAt >= end || !head.equal(source, start)) {
        return UNREADABLE;
      }
      const restAt = digitsEnd(source, digitsAt, end);
      if (restAt === digitsAt) return UNREADABLE;
      const sequence = readDigits(source, digitsAt, restAt);
      return isRight(source, restAt, end) ? sequence : altered(sequence);
    },
  };
}
