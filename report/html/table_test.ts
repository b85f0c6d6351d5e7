import assert from "node:assert/strict";
import type { Table } from "../tables/table.ts";
import { serverPlaces, tableMarkup } from "./table.ts";

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
    /<th scope="row" class="text key phrase">&lt;img src=x onerror=alert\(1\)&gt;<\/th>/,
  );
  assert.match(markup, /<caption>One &lt;table&gt;<\/caption>/);
});

Deno.test("tableMarkup() shows units, marks, and notes by number", () => {
  const { markup } = tableMarkup(TABLE);
  assert.match(markup, /<th scope="col">Rate \(1\/s\)<\/th>/);
  assert.match(markup, /<span class="unseen">best: <\/span>1,235<\/td>/);
  assert.match(markup, /<td>–<sup class="note">\[1\]<\/sup><\/td>/);
  assert.match(markup, /<ol class="notes"><li>it &lt;failed&gt;<\/li><\/ol>/);
});

Deno.test("tableMarkup() puts rows with the same name under a common heading", () => {
  const { markup } = tableMarkup(TABLE);
  assert.match(
    markup,
    /<tbody>\s*<tr class="group"><th scope="rowgroup" colspan="2"><div>a<\/div><\/th><\/tr>/,
  );
  assert.match(markup, /<tr><th scope="row" class="text key">ws<\/th>/);
  assert.equal(markup.split("<tbody>").length - 1, 2);
});

Deno.test("tableMarkup() makes no groups if most rows would be alone in theirs", () => {
  const { markup } = tableMarkup({ ...TABLE, rows: TABLE.rows.slice(1) });
  assert.doesNotMatch(markup, /rowgroup/);
  assert.match(markup, /<td class="text">b<\/td><th scope="row" class="text key">ws<\/th>/);
});

Deno.test("tableMarkup() tags the rows of a server and of a scenario", () => {
  const columns = [{ title: "Scenario", kind: "text" } as const, ...TABLE.columns];
  const rows = TABLE.rows.map((row) => [{ value: "Echo" }, ...row]);
  const { markup } = tableMarkup(
    { ...TABLE, columns, rows, keyColumns: 3 },
    { servers: new Map([["ws", 4]]) },
  );
  assert.match(markup, /<table class="figures" data-sort="whole">/);
  assert.match(markup, /<tr data-server="4" data-scenario="Echo">/);
  assert.match(markup, /<tr class="group" data-scenario="Echo">.*<div>Echo, a<\/div>/);
});

Deno.test("serverPlaces() leaves out titles that do not tell servers apart", () => {
  const servers = ["ws", "hono", "ws"].map((title) => (
    { id: title, title, protocol: "websocket" }
  )) as Parameters<typeof serverPlaces>[0]["servers"];
  assert.deepEqual([...serverPlaces({ servers })], [["hono", 1]]);
});

Deno.test("tableMarkup() says how many rows it leaves out and where they are", () => {
  const { markup } = tableMarkup(TABLE, { most: 2, rest: "the workbook" });
  assert.doesNotMatch(markup, />b</);
  assert.match(markup, /The first 2 of 3 rows; the rest is in the workbook\./);
});

Deno.test("tableMarkup() says why there are no rows", () => {
  assert.equal(tableMarkup({ ...TABLE, rows: [] }).markup, '<p class="muted">Nothing.</p>');
});
