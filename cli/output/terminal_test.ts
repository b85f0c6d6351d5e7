import assert from "node:assert/strict";
import { harmless } from "./terminal.ts";

Deno.test("harmless() leaves text, its lines and its styles as they are", () => {
  const text = "größe 😀\n\ta\x1b[1;32m★ 21,725\x1b[0m";
  assert.equal(harmless(text), text);
});

for (
  const [what, text, left] of [
    ["the title of the window", "\x1b]0;owned\x07", " ]0;owned "],
    ["a link", "\x1b]8;;http://a\x1b\\b\x1b]8;;\x1b\\", " ]8;;http://a \\b ]8;; \\"],
    ["clearing the screen", "\x1b[2J\x1b[H", " [2J [H"],
    ["a control of one byte", "\x9b2J\x85", " 2J "],
    ["going back in the line", "FAILED\rfine\b", "FAILED fine "],
    ["turning the text round", "\u202Egnp.exe\u2066", " gnp.exe "],
  ] as const
) {
  Deno.test(`harmless() takes away ${what}`, () => {
    assert.equal(harmless(text), left);
  });
}
