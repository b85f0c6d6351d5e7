/** Looks at bytes in place: prefixes and numbers of protocols that are lines of text. */

const ZERO = 48;
/** No number of a protocol has more digits. */
const MOST_DIGITS = 9;

/** Whether some bytes are at a place of a source, all before `end`. */
export function beginsWith(
  bytes: Uint8Array,
  source: Uint8Array,
  at: number,
  end: number,
): boolean {
  if (at + bytes.length > end) return false;
  for (let index = 0; index < bytes.length; index++) {
    if (source[at + index] !== bytes[index]) return false;
  }
  return true;
}

/** The number whose digits fill a range; -1 if they do not. */
export function digitsIn(source: Uint8Array, start: number, end: number): number {
  if (start >= end || end - start > MOST_DIGITS) return -1;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = source[at]! - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
