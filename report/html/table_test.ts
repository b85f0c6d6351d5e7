import assert from "node:assert/strict";
import type { Table } from "../tables/table.ts";
import { tableMarkup } from "./table.ts";

const TABLE: Table = {
  id: "one",
  title: "One <table>",
  note: "A note.",
  bestNote: "one round",
  columns: [
    { title: "Case", kind: "text" },
    { title: "Server", kind: "text" },
    { title: "Rate", unit: "1/s", kind: "number" },
  ],
  keyColumns: 2,
  rows: [
    [{ value: "a" }, { value: "<img src=x onerror=alert(1)>" }, { value: 1234.5, mark: "best" }],
    [{ value: "a" }, { value: "ws" }, { value: null, note: "it <failed>" }],
    [{ value: "b" }, { value: "ws" }, { value: 7 }],
  ],
  empty: "Nothing.",
};

Deno.test("tableMarkup() escapes titles, cells and notes", () => {
  const { markup } = tableMarkup(TABLE, { isTitled: true });
  assert.doesNotMatch(markup, /<img|<failed>|<table>.*<caption>One <table>/);
  assert.match(
    markup,
    /<th scope="row" class="key phrase">&lt;img src=x onerror=alert\(1\)&gt;<\/th>/,
  );
  assert.match(markup, /<caption>One &lt;table&gt;<\/caption>/);
});

Deno.test("tableMarkup() shows units, marks with their meaning, and notes by number", () => {
  const { markup } = tableMarkup(TABLE);
  assert.match(markup, /<th scope="col" class="number">Rate \(1\/s\)<\/th>/);
  assert.match(markup, /<span class="unseen">best: <\/span>1,235<\/td>/);
  assert.match(markup, /★ best; one round\./);
  assert.match(markup, /<td class="number">–<sup class="note">\[1\]<\/sup><\/td>/);
  assert.match(markup, /<ol class="notes"><li>it &lt;failed&gt;<\/li><\/ol>/);
});

Deno.test("tableMarkup() gives rows with the same name a common cell, and marks where the name changes", () => {
  const { markup } = tableMarkup(TABLE);
  assert.match(markup, /<tr><th scope="rowgroup" rowspan="2">a<\/th>/);
  assert.match(markup, /<tr><th scope="row" class="key">ws<\/th>/);
  assert.match(markup, /<tr class="first"><th scope="rowgroup" rowspan="1">b<\/th>/);
});

Deno.test("tableMarkup() says how many rows it leaves out and where they are", () => {
  const { markup } = tableMarkup(TABLE, { most: 2, rest: "the workbook" });
  assert.doesNotMatch(markup, />b</);
  assert.match(markup, /The first 2 of 3 rows; the rest is in the workbook\./);
});

Deno.test("tableMarkup() says why there are no rows", () => {
  assert.equal(tableMarkup({ ...TABLE, rows: [] }).markup, '<p class="muted">Nothing.</p>');
});
