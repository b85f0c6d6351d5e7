/**
 * The text of a JSON string (RFC 8259, section 7) as UTF-8 bytes: escaped as JSON.stringify does, and back, from buffer
 * to buffer and without allocation.
 *
 * Bytes beyond ASCII are copied as they are: the WebSocket layer checks whether they are UTF-8.
 */

/** The most bytes that one byte becomes: `\u0000`. */
export const LONGEST_ESCAPE = 6;

const BACKSLASH = 0x5c;
const LOWER_U = 0x75;
/** Runs of up to this many bytes are copied in a loop: for them it takes less time than a view and a bulk copy. */
const SHORT_RUN = 32;
/** Runs are scanned by words from here on: a view of the buffer has to pay off. */
const LONG_RUN = 256;

/** What follows the backslash for a byte that has to be escaped, `u` for the long form; 0 for a plain byte. */
const ESCAPE = new Uint8Array(256);
/** The byte that a letter after a backslash stands for; 0 if there is none. */
const UNESCAPE = new Uint8Array(256);
/** The value of a hexadecimal digit; −1 for other bytes. */
const HEX_VALUE = new Int8Array(256).fill(-1);
const HEX_DIGIT = new Uint8Array(16);

ESCAPE.fill(LOWER_U, 0, 0x20);
for (
  const [letter, byte] of Object.entries({ b: 8, t: 9, n: 10, f: 12, r: 13, '"': 34, "\\": 92 })
) {
  ESCAPE[byte] = letter.charCodeAt(0);
  UNESCAPE[letter.charCodeAt(0)] = byte;
}
UNESCAPE["/".charCodeAt(0)] = "/".charCodeAt(0);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  HEX_DIGIT[value] = digit.charCodeAt(0);
  HEX_VALUE[digit.charCodeAt(0)] = value;
  HEX_VALUE[digit.toUpperCase().charCodeAt(0)] = value;
}

/** The last two views that long runs were scanned through: of what is sent, and of what is received. */
let words: Int32Array = new Int32Array(0);
let otherWords: Int32Array = words;

/** The offset of the first byte of a range that must be escaped in a JSON string; `end` if there is none. */
export function plainEnd(source: Uint8Array, start: number, end: number): number {
  if (end - start >= LONG_RUN) {
    const probe = Math.min(start + SHORT_RUN, end);
    while (start < probe && ESCAPE[source[start]!] === 0) start++;
    if (start === probe) start = plainWordsEnd(source, start, end);
  }
  while (start < end && ESCAPE[source[start]!] === 0) start++;
  return start;
}

/** An offset up to which all bytes are plain: the start of the first word with a byte that is not, or close to it. */
function plainWordsEnd(source: Uint8Array, start: number, end: number): number {
  if (source.buffer !== words.buffer) {
    const last = words;
    words = source.buffer === otherWords.buffer
      ? otherWords
      : new Int32Array(source.buffer, 0, source.buffer.byteLength >> 2);
    otherWords = last;
  }
  const { byteOffset } = source;
  let word = (byteOffset + start + 3) >> 2;
  for (const first = (word << 2) - byteOffset; start < first; start++) {
    if (ESCAPE[source[start]!] !== 0) return start;
  }
  const last = (byteOffset + end) >> 2;
  const view = words;
  while (word < last && allPlain(view[word]!)) word++;
  return (word << 2) - byteOffset;
}

/**
 * Whether none of the four bytes is below 0x20, a quote or a backslash: a subtraction borrows into the highest bit of a
 * byte that is too small. Flipping bit 1 brings the quote, 0x22, below 0x21 and space and `!` above it.
 */
function allPlain(word: number): boolean {
  const control = (word ^ 0x02020202) - 0x21212121;
  const backslash = (word ^ 0x5c5c5c5c) - 0x01010101;
  return ((control | backslash) & ~word & 0x80808080) === 0;
}

function copy(
  target: Uint8Array,
  at: number,
  source: Uint8Array,
  start: number,
  end: number,
): number {
  if (end - start > SHORT_RUN) {
    target.set(source.subarray(start, end), at);
    return at + end - start;
  }
  while (start < end) target[at++] = source[start++]!;
  return at;
}

/** How many bytes a range takes when it is escaped. */
export function escapedSize(source: Uint8Array, start: number, end: number): number {
  let size = end - start;
  for (start = plainEnd(source, start, end); start < end; start++) {
    const letter = ESCAPE[source[start]!]!;
    if (letter !== 0) size += letter === LOWER_U ? 5 : 1;
  }
  return size;
}

/**
 * Writes a range escaped as JSON.stringify does. Bytes that do not fit are dropped: the caller compares the returned
 * offset with the target's length.
 *
 * @returns the offset in `target` after the last byte
 */
export function escape(
  target: Uint8Array,
  at: number,
  source: Uint8Array,
  start: number,
  end: number,
): number {
  while (start < end) {
    // Text with many escapes is done in one pass; a run that turns out to be long is scanned and copied in bulk.
    const probe = Math.min(start + SHORT_RUN, end);
    let letter = 0;
    while (start < probe) {
      const byte = source[start]!;
      letter = ESCAPE[byte]!;
      if (letter !== 0) break;
      target[at++] = byte;
      start++;
    }
    if (letter === 0) {
      const stop = plainEnd(source, start, end);
      at = copy(target, at, source, start, stop);
      start = stop;
      continue;
    }
    target[at++] = BACKSLASH;
    target[at++] = letter;
    if (letter === LOWER_U) {
      const byte = source[start]!;
      target[at++] = HEX_DIGIT[0]!;
      target[at++] = HEX_DIGIT[0]!;
      target[at++] = HEX_DIGIT[byte >> 4]!;
      target[at++] = HEX_DIGIT[byte & 15]!;
    }
    start++;
  }
  return at;
}

/**
 * Writes the text that an escaped range stands for; it is never longer than the range. Half of a surrogate pair becomes
 * U+FFFD, as TextEncoder does it.
 *
 * @param target takes `end - start` bytes from offset 0
 * @param plain what {@linkcode plainEnd} gave for the range
 * @returns the offset in `target` after the last byte; −1 if the range is not the inside of a JSON string
 */
export function unescape(
  target: Uint8Array,
  source: Uint8Array,
  start: number,
  plain: number,
  end: number,
): number {
  let at = copy(target, 0, source, start, plain);
  start = plain;
  while (start < end) {
    if (source[start] !== BACKSLASH || start + 1 === end) return -1;
    const letter = source[start + 1]!;
    if (letter === LOWER_U) {
      const point = codePoint(source, start, end);
      if (point < 0) return -1;
      at = writeCodePoint(target, at, point);
      start += point > 0xffff ? 12 : 6;
    } else {
      const byte = UNESCAPE[letter]!;
      if (byte === 0) return -1;
      target[at++] = byte;
      start += 2;
    }
    const probe = Math.min(start + SHORT_RUN, end);
    while (start < probe) {
      const byte = source[start]!;
      if (ESCAPE[byte] !== 0) break;
      target[at++] = byte;
      start++;
    }
    if (start === probe && start < end) {
      const stop = plainEnd(source, start, end);
      at = copy(target, at, source, start, stop);
      start = stop;
    }
  }
  return at;
}

/** The code point of the one `\uXXXX`, or the pair of them, at an offset; −1 for what is not. */
function codePoint(source: Uint8Array, at: number, end: number): number {
  const unit = codeUnit(source, at, end);
  if (unit < 0xd800 || unit > 0xdfff) return unit;
  if (unit > 0xdbff || source[at + 6] !== BACKSLASH || source[at + 7] !== LOWER_U) return 0xfffd;
  const low = codeUnit(source, at + 6, end);
  if (low < 0xdc00 || low > 0xdfff) return 0xfffd;
  return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
}

function codeUnit(source: Uint8Array, at: number, end: number): number {
  if (at + 6 > end) return -1;
  // A digit of −1 makes all of it negative.
  return (HEX_VALUE[source[at + 2]!]! << 12) | (HEX_VALUE[source[at + 3]!]! << 8) |
    (HEX_VALUE[source[at + 4]!]! << 4) | HEX_VALUE[source[at + 5]!]!;
}

/** UTF-8 (RFC 3629, section 3). */
function writeCodePoint(target: Uint8Array, at: number, point: number): number {
  if (point < 0x80) {
    target[at++] = point;
    return at;
  }
  if (point < 0x800) {
    target[at++] = 0xc0 | (point >> 6);
  } else if (point < 0x10000) {
    target[at++] = 0xe0 | (point >> 12);
    target[at++] = 0x80 | ((point >> 6) & 0x3f);
  } else {
    target[at++] = 0xf0 | (point >> 18);
    target[at++] = 0x80 | ((point >> 12) & 0x3f);
    target[at++] = 0x80 | ((point >> 6) & 0x3f);
  }
  target[at++] = 0x80 | (point & 0x3f);
  return at;
}
