import assert from "node:assert/strict";
import {
  Bytes,
  bytesOf,
  digitsEnd,
  Pieces,
  readDigits,
  readPadded,
  writeDigits,
  writeVarint,
} from "./bytes.ts";

const LENGTHS = [0, 1, 3, 4, 5, 64, 511, 512, 513, 2000];

Deno.test("Bytes.equal() finds a difference at every place, whatever the length and the offsets", () => {
  for (const length of LENGTHS) {
    const bytes = new Bytes(new Uint8Array(length + 3).fill(7));
    const other = new Uint8Array(length + 1).fill(7);
    assert.ok(bytes.equal(other, 1, 3));
    for (let at = 0; at < length; at++) {
      other[1 + at] = 8;
      assert.ok(!bytes.equal(other, 1, 3), `${at} of ${length}`);
      other[1 + at] = 7;
    }
  }
});

Deno.test("Bytes.equal() compares a part only, and nothing beyond the other's end", () => {
  const bytes = new Bytes(bytesOf("0123456789"));
  assert.ok(bytes.equal(bytesOf("x34567y"), 1, 3, 8));
  assert.ok(!bytes.equal(bytesOf("x34567y"), 1, 3, 9));
  assert.ok(!bytes.equal(bytesOf("x3456"), 1, 3, 8));
  assert.ok(!new Bytes(new Uint8Array(600)).equal(new Uint8Array(600), 1));
});

Deno.test("Bytes.copy() copies all bytes and no others, whatever the length and the offset", () => {
  for (const length of LENGTHS) {
    const source = Uint8Array.from({ length }, (_, index) => index % 251 + 1);
    const target = new Uint8Array(length + 8);
    assert.equal(new Bytes(source).copy(target, 3), length + 3);
    assert.deepEqual(target.subarray(3, 3 + length), source);
    assert.ok(
      [...target.subarray(0, 3), ...target.subarray(3 + length)].every((byte) => byte === 0),
    );
  }
});

Deno.test("Pieces are the same whether they share a buffer, overlap, or come from many", () => {
  const shared = Uint8Array.from({ length: 40 }, (_, index) => index);
  const overlapping = [shared.subarray(3, 20), shared.subarray(10, 31), shared.subarray(5, 5)];
  for (const all of [overlapping, overlapping.map((piece) => piece.slice())]) {
    const pieces = new Pieces(all);
    for (const [index, piece] of all.entries()) {
      const target = new Uint8Array(50);
      assert.equal(pieces.size(index), piece.length);
      assert.equal(pieces.copy(index, target, 7), 7 + piece.length);
      assert.deepEqual(target.subarray(7, 7 + piece.length), piece);
      assert.ok(target.subarray(7 + piece.length).every((byte) => byte === 0));
      assert.ok(pieces.equal(index, target, 7));
      for (let at = 0; at < piece.length; at++) {
        target[7 + at]!++;
        assert.ok(!pieces.equal(index, target, 7), `${at} of piece ${index}`);
        target[7 + at]!--;
      }
    }
  }
});

Deno.test("writeDigits() writes what String() gives, and readDigits() reads it", () => {
  const target = new Uint8Array(20);
  const limits = [2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, Number.MAX_SAFE_INTEGER];
  for (const value of [0, 9, 10, 99, 100, ...limits]) {
    const end = writeDigits(target, 2, value);
    assert.equal(new TextDecoder().decode(target.subarray(2, end)), String(value));
    assert.equal(readDigits(target, 2, end), value);
  }
});

Deno.test("digitsEnd() does not accept leading zeros", () => {
  for (const [text, end] of [["120 ", 3], ["0", 1], ["05", 1], ["x", 0], ["", 0]] as const) {
    assert.equal(digitsEnd(bytesOf(text), 0, text.length), end, text);
  }
});

Deno.test("readPadded() reads to the first space, and refuses what is not a digit", () => {
  for (
    const [text, value] of [["12   ", 12], ["12345", 12345], ["     ", -1], ["1x   ", -1]] as const
  ) {
    assert.equal(readPadded(bytesOf(text), 0, 5), value, text);
  }
});

// The limits of a length in MQTT 5, §1.5.5.
Deno.test("writeVarint() writes lengths as MQTT has them", () => {
  for (
    const [value, bytes] of [
      [0, [0x00]],
      [127, [0x7f]],
      [128, [0x80, 0x01]],
      [16_383, [0xff, 0x7f]],
      [16_384, [0x80, 0x80, 0x01]],
      [2_097_151, [0xff, 0xff, 0x7f]],
      [2_097_152, [0x80, 0x80, 0x80, 0x01]],
      [268_435_455, [0xff, 0xff, 0xff, 0x7f]],
    ] as const
  ) {
    const target = new Uint8Array(8);
    const end = writeVarint(target, 2, value);
    assert.deepEqual([...target.subarray(2, end)], [...bytes]);
  }
});
