/** Payloads of short texts: one that is always the same, and ones with a number. */

import { constantMessage } from "../../protocols/message.ts";
import { bytesOf, Comparer, digitsEnd, readDigits, writeDigits } from "./bytes.ts";
import { altered, headOnly, type Payload, UNREADABLE } from "./payload_parts.ts";

/** The same text every time: a reply can be right or wrong, but not that of another message. */
export function fixedText(text: string): Payload {
  const bytes = bytesOf(text);
  const comparer = new Comparer();
  return {
    ...constantMessage(true, bytes),
    check(source, start, end, _connection, expected) {
      return end - start === bytes.length && comparer.equal(source, start, bytes, 0, bytes.length)
        ? expected
        : UNREADABLE;
    },
  };
}

/** `prefix` and the message's number, answered with ` - N` appended, N in 0…999: what `/tag` does. */
export function tagged(prefix: string): Payload {
  const separator = bytesOf(" - ");
  const comparer = new Comparer();

  /** Whether ` - N` fills a range. */
  function isTag(source: Uint8Array, start: number, end: number): boolean {
    const digitsAt = start + separator.length;
    const digits = end - digitsAt;
    if (digits < 1 || digits > 3) return false;
    return comparer.equal(source, start, separator, 0, separator.length) &&
      digitsEnd(source, digitsAt, end) === end;
  }
  return prefixed(prefix, isTag);
}

/** The same messages, answered as they came. */
export function counted(prefix: string): Payload {
  return prefixed(prefix, (_source, start, end) => start === end);
}

/** `prefix` and the message's number; `isRight` checks what a reply has after these. */
function prefixed(
  prefix: string,
  isRight: (source: Uint8Array, start: number, end: number) => boolean,
): Payload {
  const head = bytesOf(prefix);
  const size = head.length + 16;
  const comparer = new Comparer();

  const write: Payload["write"] = (target, at, _connection, sequence) => {
    target.set(head, at);
    return writeDigits(target, at + head.length, sequence);
  };
  return {
    isText: true,
    size,
    parts: headOnly(size, write),
    write,
    check(source, start, end) {
      const digitsAt = start + head.length;
      if (digitsAt >= end || !comparer.equal(source, start, head, 0, head.length)) {
        return UNREADABLE;
      }
      const restAt = digitsEnd(source, digitsAt, end);
      if (restAt === digitsAt) return UNREADABLE;
      const sequence = readDigits(source, digitsAt, restAt);
      return isRight(source, restAt, end) ? sequence : altered(sequence);
    },
  };
}
