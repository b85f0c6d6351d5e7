import assert from "node:assert/strict";
import { EMPTY } from "../tables/table.ts";
import { code, folded, plain, renderTable } from "./table.ts";

Deno.test("renderTable() aligns numbers to the right, marks the best, and numbers the notes", () => {
  const markdown = renderTable({
    columns: [
      { title: "Server", kind: "text" },
      { title: "Rate", unit: "1/s", kind: "number" },
    ],
    rows: [
      [{ value: "a" }, { value: 12_345.6, mark: "best" }],
      [{ value: "b|c" }, { value: 12, mark: "wrong", note: "7 lost" }],
      [{ value: "d" }, { value: null, mark: "failed", note: "it | ended" }],
      [{ value: "e" }, EMPTY],
    ],
    empty: "",
    note: "Medians.",
    bestNote: "one round",
  });
  assert.equal(
    markdown,
    `| Server | Rate (1/s) |
| --- | --: |
| a | **12,346** |
| b\\|c | ✗ 12.0 [1] |
| d | ✗ – [2] |
| e |  |

Bold: best; one round. ✗ wrong or failed, not compared. Medians.

[1] 7 lost

[2] it \\| ended
`,
  );
});

Deno.test("renderTable() shows the text of a table without rows", () => {
  const columns = [{ title: "A", kind: "text" }] as const;
  assert.equal(
    renderTable({ columns, rows: [], empty: "There are no warnings." }),
    "There are no warnings.\n",
  );
});

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

Deno.test("code() is a code span that its text cannot end", () => {
  assert.equal(code("--seed 1"), "`--seed 1`");
  assert.equal(code("--assert 'a `b` c'"), "``--assert 'a `b` c'``");
  assert.equal(code("`x``"), "``` `x`` ```");
  assert.equal(code("two\nlines"), "`two lines`");
});

Deno.test("folded() is open markup with its text escaped", () => {
  assert.equal(
    folded("3 <rows>", "| a |\n"),
    "<details>\n<summary>3 &lt;rows&gt;</summary>\n\n| a |\n\n</details>",
  );
});
