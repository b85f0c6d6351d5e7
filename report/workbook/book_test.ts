import assert from "node:assert/strict";
import exceljs from "exceljs";
import { textColumns, words } from "../tables/table.ts";
import { addSection, createBook, draftOf, finish } from "./book.ts";

const DATE = new Date("2026-01-31T14:05:09Z");
const FACTS = { title: "A title", subject: "", keywords: ["one", "two\nlines"], date: DATE };

async function bookWith(...titles: readonly string[]) {
  const book = await createBook(FACTS, []);
  for (const title of titles) {
    const columns = textColumns("Name");
    const table = { id: title, title, columns, keyColumns: 1, rows: [[words("x")]], empty: "" };
    addSection(book, { id: title, title, tables: [table] });
  }
  const bytes = await finish(await draftOf(book), DATE);
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(bytes as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  return workbook;
}

Deno.test("createBook() describes the workbook only by the given facts", async () => {
  const { title, keywords, created, creator } = await bookWith("A");
  assert.deepEqual([title, keywords, creator], ["A title", "one, two lines", "wsmark"]);
  assert.deepEqual(created, DATE);
});

Deno.test("createBook() gives each sheet a valid and unique name", async () => {
  const { worksheets } = await bookWith("History", "a/b", "A b", "Bob's", "x".repeat(40));
  assert.deepEqual(worksheets.map(({ name }) => name), [
    "History (2)",
    "a b",
    "A b (2)",
    "Bob’s",
    "x".repeat(31),
  ]);
});
