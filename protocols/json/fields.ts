/**
 * Values in JSON messages, found by their pointers (RFC 6901) through a scan of the bytes, without an object for a
 * message. A message that has an escape in a name is written anew by JSON's own functions, and scanned then.
 */

import { type Bytes, digitsEnd, readDigits } from "../parts/bytes.ts";
import { plainEnd, unescape } from "./text.ts";

const [QUOTE, BACKSLASH, COLON, COMMA, SPACE] = [0x22, 0x5c, 0x3a, 0x2c, 0x20];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const [ZERO, NINE] = [0x30, 0x39];
/** More digits than these may be no number of 32 bits. */
const MOST_DIGITS = 9;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();
const [TRUE, FALSE, NULL] = ["true", "false", "null"].map((word) => encoder.encode(word)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];

/** Where values are that pointers name: the way to them from one value. */
interface Node {
  /** The pointers that end here, as indexes. */
  readonly here: number[];
  /** Names as JSON.stringify() writes them between its quotes, each with what is below it. */
  readonly members: { readonly name: Uint8Array; readonly node: Node }[];
  /** Places in an array, each with what is below it. */
  readonly elements: { readonly index: number; readonly node: Node }[];
}

/**
 * Why a text is not a pointer to a value in JSON, as a phrase that follows its name; undefined if it is one.
 *
 * The empty text is one: it points to the whole.
 */
export function pointerProblem(pointer: unknown): string | undefined {
  if (typeof pointer !== "string") return 'must be a JSON pointer, such as "/id"';
  if (pointer !== "" && !pointer.startsWith("/")) return 'must begin with "/"';
  if (/~(?![01])/.test(pointer)) return 'must have "~0" for "~", and "~1" for "/" in a name';
  return undefined;
}

/** Finds the values of some pointers in one message after the other. */
export class JsonFields {
  readonly #root: Node = { here: [], members: [], elements: [] };
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  #source: Uint8Array = new Uint8Array();
  #scratch = new Uint8Array(1024);
  /** Set if a name has an escape, so that it cannot be compared. */
  #isUnsure = false;
  #at = 0;
  #end = 0;

  /** The content that {@linkcode JsonFields.readContent} found: it holds it from `contentStart` to before `contentEnd`. */
  content: Uint8Array = this.#source;
  contentStart = 0;
  contentEnd = 0;

  /** @param pointers without a {@linkcode pointerProblem} */
  constructor(pointers: readonly string[]) {
    this.#starts = new Int32Array(pointers.length);
    this.#ends = new Int32Array(pointers.length);
    for (const [index, pointer] of pointers.entries()) {
      let node = this.#root;
      for (const part of pointer.split("/").slice(1)) {
        node = below(node, part.replaceAll("~1", "/").replaceAll("~0", "~"));
      }
      node.here.push(index);
    }
  }

  /** Reads a message: whether it is JSON. The other functions then tell of its values, as long as it is not changed. */
  read(source: Uint8Array, start: number, end: number): boolean {
    this.#isUnsure = false;
    if (this.#scan(source, start, end) && !this.#isUnsure) return true;
    let value: unknown;
    try {
      value = JSON.parse(decoder.decode(source.subarray(start, end)));
    } catch {
      return false;
    }
    const plain = encoder.encode(JSON.stringify(value));
    return this.#scan(plain, 0, plain.length);
  }

  /** Whether there is a value of a pointer. */
  has(index: number): boolean {
    return this.#starts[index]! >= 0;
  }

  /** Whether the value of a pointer is a text. */
  isText(index: number): boolean {
    return this.has(index) && this.#source[this.#starts[index]!] === QUOTE;
  }

  /** Whether the value of a pointer is a text, and says no more and no less than some bytes. */
  says(index: number, text: Bytes): boolean {
    const start = this.#starts[index]! + 1;
    return this.isText(index) && this.#ends[index]! - 1 - start === text.length &&
      text.equal(this.#source, start);
  }

  /** Whether there is a value of a pointer, and it is not `null`. */
  isSet(index: number): boolean {
    return this.has(index) && !this.isNull(index);
  }

  /** Whether the value of a pointer is `null`. */
  isNull(index: number): boolean {
    // No other value begins with this letter.
    return this.has(index) && this.#source[this.#starts[index]!] === 0x6e;
  }

  /** The whole number below 10⁹ that a value is, or that ends the text that it is; -1 if there is none. */
  number(index: number): number {
    let start = this.#starts[index]!;
    if (start < 0) return -1;
    const source = this.#source;
    let end = this.#ends[index]!;
    if (source[start] === QUOTE) {
      start++;
      end--;
      let first = end;
      while (first > start && source[first - 1]! >= ZERO && source[first - 1]! <= NINE) first--;
      start = first;
    }
    if (start === end || end - start > MOST_DIGITS || digitsEnd(source, start, end) !== end) {
      return -1;
    }
    // As a number of 32 bits it is no object where it is passed on.
    return readDigits(source, start, end) | 0;
  }

  /** Makes a value the content: what a text says, or any other value as it is written. False if there is none. */
  readContent(index: number): boolean {
    const source = this.#source;
    const start = this.#starts[index]!;
    const end = this.#ends[index]!;
    if (start < 0) return false;
    if (source[start] !== QUOTE) return this.#setContent(source, start, end);
    const plain = plainEnd(source, start + 1, end - 1);
    if (plain === end - 1) return this.#setContent(source, start + 1, end - 1);
    if (this.#scratch.length < end - start) this.#scratch = new Uint8Array(2 * (end - start));
    const length = unescape(this.#scratch, source, start + 1, plain, end - 1);
    return length >= 0 && this.#setContent(this.#scratch, 0, length);
  }

  #setContent(source: Uint8Array, start: number, end: number): true {
    this.content = source;
    this.contentStart = start;
    this.contentEnd = end;
    return true;
  }

  /** The value of a pointer, as JSON.parse() gives it; undefined if there is none. */
  value(index: number): unknown {
    if (!this.has(index)) return undefined;
    const bytes = this.#source.subarray(this.#starts[index]!, this.#ends[index]!);
    try {
      return JSON.parse(decoder.decode(bytes));
    } catch {
      return undefined;
    }
  }

  #scan(source: Uint8Array, start: number, end: number): boolean {
    this.#source = source;
    this.#at = start;
    this.#end = end;
    this.#starts.fill(-1);
    if (!this.#value(this.#root)) return false;
    this.#skipSpace();
    return this.#at === end;
  }

  #skipSpace(): void {
    const source = this.#source;
    let at = this.#at;
    // Space, tab and ends of lines: of the others that are as small none is allowed.
    while (at < this.#end && source[at]! <= SPACE) at++;
    this.#at = at;
  }

  /** Goes past a value, and notes those in it that are wanted; false if there is none. */
  #value(node: Node): boolean {
    this.#skipSpace();
    const start = this.#at;
    const first = this.#source[start];
    let isRight: boolean;
    if (first === OPEN_OBJECT && node.members.length > 0) isRight = this.#object(node);
    else if (first === OPEN_ARRAY && node.elements.length > 0) isRight = this.#array(node);
    else isRight = this.#skipValue();
    for (const index of node.here) {
      this.#starts[index] = start;
      this.#ends[index] = this.#at;
    }
    return isRight;
  }

  /** Goes past a value in another one, of which something or nothing is wanted. */
  #member(node: Node | undefined): boolean {
    if (node !== undefined) return this.#value(node);
    this.#skipSpace();
    return this.#skipValue();
  }

  #object({ members }: Node): boolean {
    this.#at++;
    this.#skipSpace();
    if (this.#isNext(CLOSE_OBJECT)) return true;
    do {
      this.#skipSpace();
      const nameAt = this.#at + 1;
      if (this.#byte !== QUOTE || !this.#skipText()) return false;
      const nameEnd = this.#at - 1;
      this.#skipSpace();
      if (!this.#isNext(COLON)) return false;
      if (!this.#member(this.#memberOf(members, nameAt, nameEnd))) return false;
      this.#skipSpace();
    } while (this.#isNext(COMMA));
    return this.#isNext(CLOSE_OBJECT);
  }

  #memberOf(members: Node["members"], start: number, end: number): Node | undefined {
    const source = this.#source;
    for (let index = 0; index < members.length; index++) {
      const { name, node } = members[index]!;
      if (name.length !== end - start) continue;
      let same = 0;
      while (same < name.length && name[same] === source[start + same]) same++;
      if (same === name.length) return node;
    }
    for (let at = start; at < end; at++) if (source[at] === BACKSLASH) this.#isUnsure = true;
    return undefined;
  }

  #array({ elements }: Node): boolean {
    this.#at++;
    this.#skipSpace();
    if (this.#isNext(CLOSE_ARRAY)) return true;
    let index = 0;
    do {
      if (!this.#member(elementOf(elements, index))) return false;
      index++;
      this.#skipSpace();
    } while (this.#isNext(COMMA));
    return this.#isNext(CLOSE_ARRAY);
  }

  get #byte(): number {
    return this.#at < this.#end ? this.#source[this.#at]! : -1;
  }

  #isNext(byte: number): boolean {
    if (this.#byte !== byte) return false;
    this.#at++;
    return true;
  }

  /** Goes past a text, from its first quote. */
  #skipText(): boolean {
    const source = this.#source;
    const end = this.#end;
    let at = plainEnd(source, this.#at + 1, end);
    while (at < end && source[at] === BACKSLASH) at = plainEnd(source, at + 2, end);
    this.#at = at + 1;
    return at < end && source[at] === QUOTE;
  }

  /** Goes past a value of which nothing is wanted. */
  #skipValue(): boolean {
    const source = this.#source;
    const end = this.#end;
    let depth = 0;
    do {
      if (this.#at >= end) return false;
      const byte = source[this.#at]!;
      if (byte === QUOTE) {
        if (!this.#skipText()) return false;
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        depth++;
        this.#at++;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        if (--depth < 0) return false;
        this.#at++;
      } else if (depth > 0) {
        this.#at++;
      } else return this.#skipPlain();
    } while (depth > 0);
    return true;
  }

  /** Goes past a number, `true`, `false` or `null`. */
  #skipPlain(): boolean {
    const source = this.#source;
    const first = source[this.#at];
    if (first === 0x74) return this.#skipWord(TRUE);
    if (first === 0x66) return this.#skipWord(FALSE);
    if (first === 0x6e) return this.#skipWord(NULL);
    const start = this.#at;
    let at = start;
    while (at < this.#end && isOfNumber(source[at]!)) at++;
    this.#at = at;
    return at > start;
  }

  #skipWord(word: Uint8Array): boolean {
    for (let index = 0; index < word.length; index++) {
      if (!this.#isNext(word[index]!)) return false;
    }
    return true;
  }
}

function elementOf(elements: Node["elements"], index: number): Node | undefined {
  for (let at = 0; at < elements.length; at++) {
    if (elements[at]!.index === index) return elements[at]!.node;
  }
  return undefined;
}

function below(node: Node, name: string): Node {
  const next: Node = { here: [], members: [], elements: [] };
  const bytes = encoder.encode(JSON.stringify(name).slice(1, -1));
  const known = node.members.find((one) =>
    one.name.length === bytes.length && one.name.every((byte, at) => byte === bytes[at])
  );
  if (known !== undefined) return known.node;
  node.members.push({ name: bytes, node: next });
  if (/^(0|[1-9]\d{0,8})$/.test(name)) node.elements.push({ index: Number(name), node: next });
  return next;
}

/** Whether a byte can be in a number. */
function isOfNumber(byte: number): boolean {
  return byte >= ZERO && byte <= NINE || byte === 0x2d || byte === 0x2b || byte === 0x2e ||
    byte === 0x65 || byte === 0x45;
}
