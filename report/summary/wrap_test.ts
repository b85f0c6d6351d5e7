import assert from "node:assert/strict";
import { wrap } from "./wrap.ts";

Deno.test("wrap() breaks between words", () => {
  assert.deepEqual(wrap("one two three", 7), ["one two", "three"]);
});

Deno.test("wrap() keeps a number and its per cent sign together", () => {
  assert.deepEqual(wrap("about 12 % more", 8), ["about", "12 %", "more"]);
});

Deno.test("wrap() breaks a word that is longer than a line", () => {
  assert.deepEqual(wrap("a abcdefgh", 3), ["a", "abc", "def", "gh"]);
});

Deno.test("wrap() gives one empty line for an empty text", () => {
  assert.deepEqual(wrap("", 10), [""]);
});
