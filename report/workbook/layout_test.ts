import assert from "node:assert/strict";
import type { Table } from "../tables/table.ts";
import {
  columnWidths,
  headingHeight,
  LINE_HEIGHT,
  notePlace,
  printBlocks,
  rowHeight,
  textHeight,
} from "./layout.ts";

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
  assert.deepEqual(notePlace("short", [50, 50, 50, 50]), { last: 3, height: LINE_HEIGHT });
  assert.deepEqual(notePlace("x".repeat(60), [10, 12]), { last: 2, height: 3 * LINE_HEIGHT });
});

Deno.test("textHeight() counts lines, and more of them where letters are large or bold", () => {
  const text = `${"word ".repeat(9)}word`;
  assert.equal(textHeight(text, 50), LINE_HEIGHT);
  assert.equal(textHeight(`${text}\n${text}`, 50), 2 * LINE_HEIGHT);
  assert.equal(textHeight(text, 46, { bold: true }), 2 * LINE_HEIGHT);
  assert.equal(textHeight(text, 50, { size: 20 }), 2 * 2 * LINE_HEIGHT);
});

Deno.test("printBlocks() prints what hardly exceeds a page on one, and else repeats the keys on each", () => {
  assert.deepEqual(printBlocks([100, 100, 80], 1), [{ from: 1, to: 3 }]);
  assert.deepEqual(printBlocks([100, 100, 100, 100], 1), [
    { from: 1, to: 2 },
    { from: 3, to: 3 },
    { from: 4, to: 4 },
  ]);
  assert.deepEqual(printBlocks([20, 50, 50, 50, 50, 50, 50], 1), [
    { from: 1, to: 4 },
    { from: 5, to: 7 },
  ]);
  assert.deepEqual(printBlocks([], 0), [{ from: 1, to: 1 }]);
});
