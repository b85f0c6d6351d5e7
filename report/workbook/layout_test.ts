import assert from "node:assert/strict";
import type { Table } from "../tables/table.ts";
import { columnWidths, headingHeight, LINE_HEIGHT, notePlace, rowHeight } from "./layout.ts";

const table = (title: string, value: string | number): Table => ({
  id: "t",
  title: "T",
  columns: [{ title, kind: typeof value === "number" ? "number" : "text" }],
  keyColumns: 1,
  rows: [[{ value }]],
  empty: "",
});

Deno.test("columnWidths() makes room for the longest cell", () => {
  const [short] = columnWidths([table("x", 1)]);
  const [long] = columnWidths([table("x", 1_234_567_890_123)]);
  assert.equal(short, 7);
  assert.ok(long! >= "1,234,567,890,123".length + 2);
});

Deno.test("columnWidths() stops growing if text is wrapped instead", () => {
  const long = table("x", "word ".repeat(150).trim());
  const widths = columnWidths([long]);
  assert.equal(widths[0], 56);
  assert.ok(rowHeight(long.rows[0]!, long.columns, widths) > 10 * LINE_HEIGHT);
});

Deno.test("columnWidths() breaks a heading into at most three lines, never inside a word", () => {
  const { columns } = table("Server processor time per message", 1);
  const widths = columnWidths([table(columns[0]!.title, 1)]);
  assert.ok(widths[0]! >= "processor".length + 2 && widths[0]! < columns[0]!.title.length);
  assert.ok(headingHeight(columns, widths) <= 3.5 * LINE_HEIGHT);
});

Deno.test("notePlace() goes across as many columns as a readable line needs", () => {
  assert.deepEqual(notePlace("short", [50, 50, 50, 50], 1, 1), { last: 3, height: LINE_HEIGHT });
  assert.deepEqual(notePlace("x".repeat(60), [10, 22], 2, 1), { last: 2, height: 3 * LINE_HEIGHT });
});

Deno.test("notePlace() stays on the first of several pages", () => {
  const { last } = notePlace("short", [50, 20, 20, 50, 20, 20, 50], 2, 2);
  assert.equal(last, 4);
});
