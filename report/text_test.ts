import assert from "node:assert/strict";
import { counted, listed, oneLine, wrap } from "./text.ts";

Deno.test("oneLine() turns line breaks and control characters into spaces", () => {
  assert.equal(oneLine(" a\r\n\tb\u0000c\u2028d "), "a b c d");
});

Deno.test("oneLine() removes terminal escapes", () => {
  assert.equal(oneLine("\u001b[31mred\u001b[0m \u001b]8;;x\u0007link"), "red link");
});

Deno.test("oneLine() leaves no half of a surrogate pair and no code point that XML forbids", () => {
  assert.equal(oneLine("a\ud800b\uffffc😀"), "a\ufffdb c😀");
});

Deno.test("counted() puts the noun into the plural for all but one", () => {
  assert.deepEqual([0, 1, 2].map((count) => counted(count, "trial")), [
    "0 trials",
    "1 trial",
    "2 trials",
  ]);
});

Deno.test("listed() joins names as a sentence does", () => {
  assert.equal(listed([]), "");
  assert.equal(listed(["a"]), "a");
  assert.equal(listed(["a", "b", "c"]), "a, b and c");
});

Deno.test("wrap() breaks between words", () => {
  assert.deepEqual(wrap("one two three", 7), ["one two", "three"]);
});

Deno.test("wrap() breaks a word that is longer than a line", () => {
  assert.deepEqual(wrap("a abcdefgh", 3), ["a", "abc", "def", "gh"]);
});

Deno.test("wrap() gives one empty line for an empty text", () => {
  assert.deepEqual(wrap("", 10), [""]);
});
