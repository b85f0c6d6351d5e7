import assert from "node:assert/strict";
import exceljs from "exceljs";
import type { Table } from "../tables/table.ts";
import { sections } from "../tables/tables.ts";
import { RESULT } from "../testing/testdata.ts";
import { addScales, scalesLegend } from "./scales.ts";

const tableOf = (id: string): Table =>
  sections(RESULT).find((section) => section.id === id)!.tables[0]!;

/** The rules that colour the columns of a table: their cells and their kind. */
function scales(table: Table): { ref: string; type: string }[] {
  const sheet = new exceljs.Workbook().addWorksheet("x");
  addScales(sheet, table, 3);
  const { conditionalFormattings } = sheet as unknown as {
    conditionalFormattings: { ref: string; rules: { type: string }[] }[];
  };
  return conditionalFormattings.map(({ ref, rules }) => ({ ref, type: rules[0]!.type }));
}

Deno.test("addScales() draws bars in the columns that have wrong replies", () => {
  const table = tableOf("echo");
  const types = scales(table).map(({ type }) => type);
  assert.deepEqual(types, ["dataBar", "dataBar"]);
  assert.match(scalesLegend(table).join(), /^Bars: wrong replies/);
});

Deno.test("addScales() leaves other tables as they are", () => {
  assert.deepEqual(scales(tableOf("hardware")), []);
  assert.deepEqual(scalesLegend(tableOf("hardware")), []);
});
