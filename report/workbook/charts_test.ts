import assert from "node:assert/strict";
import exceljs, { type Worksheet } from "exceljs";
import { sections } from "../tables/tables.ts";
import { RESULT } from "../testing/testdata.ts";
import { fillCharts } from "./charts.ts";
import type { NativeChart } from "./native_charts/chart.ts";
import { chartsOf } from "./native_charts/mod.ts";
import type { Picture } from "./pictures.ts";

const picture = (section: string, title: string): Picture => ({
  section,
  title,
  alt: "",
  caption: "Example CPU",
  image: 0,
  width: 640,
  height: 360,
});

function fill(charts: readonly NativeChart[], pictures: readonly Picture[]) {
  const sheet = new exceljs.Workbook().addWorksheet("Charts");
  const shown = { charts, pictures, captions: ["Example CPU"] };
  return { sheet, placed: fillCharts(sheet, shown, sections(RESULT)) };
}

const charts = (...pictures: Picture[]): Worksheet => fill([], pictures).sheet;

/** The texts of a sheet in reading order; all cells of a merged range have the same text. */
function texts(sheet: Worksheet): string[] {
  const found: string[] = [];
  sheet.eachRow((row) =>
    row.eachCell((cell) => {
      if (cell.value !== null && cell.master === cell) found.push(String(cell.value));
    })
  );
  return found;
}

Deno.test("fillCharts() groups the plots by section, in the order of the sheets", () => {
  const sheet = charts(picture("echo", "a"), picture("summary", "b"), picture("gone", "c"));
  assert.deepEqual(texts(sheet), [
    "Charts",
    "Example CPU",
    "Summary",
    "b",
    "Echo rate",
    "a",
    "Others",
    "c",
  ]);
  assert.equal(sheet.getImages().length, 3);
});

Deno.test("fillCharts() puts two plots side by side and ends a page between lines of them", () => {
  const sheet = charts(...["a", "b", "c", "d", "e", "f"].map((title) => picture("echo", title)));
  const rows = sheet.getImages().map(({ range }) => range.tl.nativeRow);
  assert.deepEqual([rows[0] === rows[1], rows[1] === rows[2], rows[2] === rows[3]], [
    true,
    false,
    true,
  ]);
  assert.equal((sheet as unknown as { rowBreaks: unknown[] }).rowBreaks.length, 1);
});

Deno.test("fillCharts() says that there is nothing to plot", () => {
  assert.deepEqual(texts(charts()), ["Charts", "The run has nothing to plot."]);
});

Deno.test("fillCharts() places charts before pictures, and prints neither the cells nor beyond", () => {
  const { sheet, placed } = fill(chartsOf(RESULT), [picture("echo", "a")]);
  assert.deepEqual(placed.map(({ title, column }) => [title, column]), [
    ["Message rate, by case", 0],
    ["Handshake time p50", 0],
  ]);
  const last = Number(/^A\$1:AA\$(\d+)$/.exec(sheet.pageSetup.printArea!)![1]);
  assert.ok(placed.every(({ row }) => row < last));
  assert.ok(sheet.getImages().every(({ range }) => range.tl.nativeRow < last));
  assert.equal(sheet.getCell("AC1").value, "Figures of the charts");
});
