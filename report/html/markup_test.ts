import assert from "node:assert/strict";
import { anchor, markup, prose, trusted } from "./markup.ts";

Deno.test("markup() escapes text, keeps markup, and leaves out what is absent", () => {
  const inner = markup`<b>${"<i>"}</b>`;
  assert.equal(
    markup`<p>${inner}${[1, " & ", trusted("<br>")]}${undefined}${false}</p>`.markup,
    "<p><b>&lt;i&gt;</b>1 &amp; <br></p>",
  );
});

Deno.test("anchor() makes an id from any name", () => {
  assert.equal(anchor("section", `a"><b c`), "section-a-b-c");
});

Deno.test("prose() keeps a per cent sign with its number", () => {
  assert.equal(prose("12 % slower (9–15 %), 5 ms"), "12\u00A0% slower (9–15\u00A0%), 5 ms");
});
