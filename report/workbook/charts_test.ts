import assert from "node:assert/strict";
import exceljs, { type Worksheet } from "exceljs";
import { sections } from "../tables/tables.ts";
import { RESULT } from "../testing/testdata.ts";
import { fillCharts } from "./charts.ts";
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

function charts(...pictures: Picture[]): Worksheet {
  const sheet = new exceljs.Workbook().addWorksheet("Charts");
  fillCharts(sheet, pictures, sections(RESULT));
  return sheet;
}

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
