import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { sha1 } from "./sha1.ts";

Deno.test("sha1() of the examples of FIPS 180 is what they say", () => {
  assert.equal(sha1("abc").toHex(), "a9993e364706816aba3e25717850c26c9cd0d89d");
  const twoBlocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
  assert.equal(sha1(twoBlocks).toHex(), "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
});

Deno.test("sha1() is that of node:crypto, whatever the length", () => {
  for (let length = 0; length < 200; length++) {
    const text = Array.from({ length }, (_, at) => String.fromCodePoint(33 + (at * length) % 300));
    assert.equal(sha1(text.join("")).toHex(), hash("sha1", text.join("")), `${length} characters`);
  }
});
