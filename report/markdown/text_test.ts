import assert from "node:assert/strict";
import { plain } from "./table.ts";

for (
  const [text, said] of [
    ["Deno.serve", "Deno.serve"],
    ["1,024 connections − 5 % (±3)", "1,024 connections − 5 % (±3)"],
    ["a | b", "a \\| b"],
    ["a\\|b", "a\\\\\\|b"],
    ["`code` *bold* _soft_ ~~gone~~", "\\`code\\` \\*bold\\* \\_soft\\_ \\~\\~gone\\~\\~"],
    ["<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"],
    ["![x](y) [z](w)", "\\!\\[x\\](y) \\[z\\](w)"],
    ["https://a.b www.c.d @e", "https:\\//a.b www\\.c.d \\@e"],
    ["two\nlines\r\n\ttabbed", "two lines tabbed"],
    ["$x$", "\\$x\\$"],
  ] as const
) {
  Deno.test(`plain() keeps ${JSON.stringify(text)} as it is`, () => {
    assert.equal(plain(text), said);
  });
}
