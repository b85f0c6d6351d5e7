import assert from "node:assert/strict";
import { Random } from "../../../checks/fuzz/target.ts";
import { findInvalidUtf8, isCutUtf8 } from "./utf8.ts";

const strict = new TextDecoder("utf-8", { fatal: true });

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** What the platform says of the first bytes of a text: whether more can make them right. */
function mayGoOn(bytes: Uint8Array): boolean {
  const stream = new TextDecoder("utf-8", { fatal: true });
  try {
    stream.decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Whether more can make the bytes right that are not. */
function isOnlyCut(bytes: Uint8Array): boolean {
  const invalid = findInvalidUtf8(bytes, 0, bytes.length);
  return invalid >= 0 && isCutUtf8(bytes, invalid, bytes.length);
}

/** Each byte at which a rule begins or ends. */
const EDGES = [
  ...[0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf],
  ...[0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff],
];

Deno.test("findInvalidUtf8() agrees with TextDecoder on all sequences of up to four edge bytes", () => {
  const bytes = new Uint8Array(4);
  for (let length = 1; length <= 4; length++) {
    for (let number = 0; number < EDGES.length ** length; number++) {
      for (let at = 0, rest = number; at < length; at++) {
        bytes[at] = EDGES[rest % EDGES.length]!;
        rest = Math.floor(rest / EDGES.length);
      }
      // Those that begin a shorter one were all seen.
      if (length === 4 && bytes[0]! < 0xf0) continue;
      const sequence = bytes.subarray(0, length);
      const isValid = findInvalidUtf8(sequence, 0, length) < 0;
      const isRight = isValid === isUtf8(sequence) &&
        // The longest are not cut: their other beginnings were all seen.
        (isValid || length === 4 || isOnlyCut(sequence) === mayGoOn(sequence));
      if (!isRight) assert.fail(`disagrees on ${[...sequence].map((byte) => byte.toString(16))}`);
    }
  }
});

/** Writes a number as UTF-8 would, whether it is a character or not; returns the length. */
function writeNumber(target: Uint8Array, number: number): number {
  const length = number < 0x80 ? 1 : number < 0x800 ? 2 : number < 0x10000 ? 3 : 4;
  for (let at = length - 1, rest = number; at >= 0; at--, rest = Math.floor(rest / 64)) {
    target[at] = at > 0
      ? 0x80 | rest % 64
      : length === 1
      ? rest
      : [0, 0, 0xc0, 0xe0, 0xf0][length]! | rest;
  }
  return length;
}

Deno.test("findInvalidUtf8() and isCutUtf8() of all code points, whole and cut at each place", () => {
  const bytes = new Uint8Array(4);
  const expected = new Uint8Array(4);
  const encoder = new TextEncoder();
  for (let point = 0; point < 0x110000 + 0x1000; point++) {
    const length = writeNumber(bytes, point);
    const isSurrogate = point >= 0xd800 && point < 0xe000;
    const isCharacter = point <= 0x10ffff && !isSurrogate;
    if (isCharacter) {
      encoder.encodeInto(String.fromCodePoint(point), expected);
      for (let at = 0; at < length; at++) if (bytes[at] !== expected[at]) assert.fail(`${point}`);
    }
    for (let cut = 1; cut <= length; cut++) {
      const invalid = findInvalidUtf8(bytes, 0, cut);
      // A surrogate shows in its second byte, as does what is above the last character.
      const state = invalid < 0 ? "valid" : isCutUtf8(bytes, invalid, cut) ? "cut" : "wrong";
      const right = isCharacter || cut === 1 ? cut === length ? "valid" : "cut" : "wrong";
      if (state !== right) assert.fail(`U+${point.toString(16)} up to byte ${cut} is ${state}`);
    }
  }
});

Deno.test("findInvalidUtf8() agrees with TextDecoder on damaged texts at any place", () => {
  const random = new Random(4);
  for (let round = 0; round < 3000; round++) {
    const text = new TextEncoder().encode(
      "a".repeat(random.below(40)) + random.pick(["é", "€", "😀", "~"]).repeat(random.below(9)) +
        "z".repeat(random.below(40)),
    );
    const bytes = new Uint8Array(text.length + 7).fill(0xff);
    bytes.set(text, 3);
    if (text.length > 0 && random.chance(0.7)) {
      bytes[3 + random.below(text.length)] = random.pick(EDGES);
    }
    const found = findInvalidUtf8(bytes, 3, 3 + text.length);
    assert.equal(found < 0, isUtf8(bytes.subarray(3, 3 + text.length)));
    if (found >= 0) assert.ok(isUtf8(bytes.subarray(3, found)), "all before it is valid");
  }
});

for (
  const [name, bytes, at] of [
    ["nothing", [], -1],
    ["a lone continuation", [0x61, 0x80], 1],
    ["an overlong slash", [0xc0, 0xaf], 0],
    ["an overlong form of three bytes", [0xe0, 0x9f, 0xbf], 0],
    ["a surrogate", [0xed, 0xa0, 0x80], 0],
    ["U+10FFFF", [0xf4, 0x8f, 0xbf, 0xbf], -1],
    ["U+110000", [0xf4, 0x90, 0x80, 0x80], 0],
    ["a cut sequence", [0x61, 0xe2, 0x82], 1],
    ["a byte order mark", [0xef, 0xbb, 0xbf], -1],
  ] as const
) {
  Deno.test(`findInvalidUtf8() of ${name} is ${at}`, () => {
    assert.equal(findInvalidUtf8(Uint8Array.from(bytes), 0, bytes.length), at);
  });
}
