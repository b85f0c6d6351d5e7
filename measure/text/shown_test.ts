import assert from "node:assert/strict";
import { cut, shown } from "./shown.ts";

for (
  const [what, text, expected] of [
    ["leaves a text as it is", 'größe 😀 "a", b', 'größe 😀 "a", b'],
    ["puts it on one line", "a\n  b\r\nc\u2028d\te", "a b c d e"],
    ["shows what a terminal would obey", "\x1b[31ma\x07\x9b", "\\u001b[31ma\\u0007\\u009b"],
    ["shows what turns the direction", "\u202Egnp\u2066\u200F", "\\u202egnp\\u2066\\u200f"],
    ["masks secrets", "ws://u:p@h/?token=abc", "ws://u:***@h/?token=***"],
    ["replaces half a pair", "a\ud800", "a\ufffd"],
  ] as const
) {
  Deno.test(`shown() ${what}`, () => assert.equal(shown(text), expected));
}

Deno.test("shown() cuts long words, and a long text, but keeps the end", () => {
  const word = shown(`Unknown server "${"x".repeat(100_000)}". Known: native`);
  assert.match(word, /^Unknown server "x{100,}… \([\d,]+ characters\) …x+"\. Known: native$/);
  assert.ok(word.length < 300, word);
  const many = shown(`received "${"a b ".repeat(25_000)}": name another`);
  assert.match(many, /^received "a b .* characters\) ….*": name another$/);
  assert.ok(many.length < 1100);
});

Deno.test("cut() does not cut a surrogate pair in half", () => {
  assert.ok(cut("😀".repeat(50), 11).isWellFormed());
  assert.equal(cut("abc", 3), "abc");
  assert.equal(cut("abcdef", 3), "ab… (3 characters) …f");
});
