import assert from "node:assert/strict";
import exceljs from "exceljs";
import { only } from "../../plots/testdata.ts";
import { numberFormat, writeCells } from "./cells.ts";
import { chartsOf } from "./mod.ts";

Deno.test("writeCells() writes a table for each chart and says where its columns are", () => {
  const sheet = new exceljs.Workbook().addWorksheet("Charts");
  const charts = chartsOf(only("scalability"));
  const cells = writeCells(sheet, 3, charts);
  assert.equal(cells.length, 3);
  assert.equal(cells[0]!.heading, "'Charts'!$E$5");
  assert.equal(cells[0]!.refer("value", 3, 6), "'Charts'!$E$9:$E$11");
  const row = (number: number): unknown[] =>
    [3, 4, 5, 6, 7].map((column) => sheet.getCell(number, column).value);
  assert.deepEqual(row(4)[0], "scalability: Rate, by connections");
  assert.deepEqual(row(5), ["Server", "Connections", "Rate (messages/s)", "To low", "To high"]);
  const { group, place, value, error } = charts[0]!.rows[3]!;
  assert.deepEqual(row(9), [group, place, value, error!.minus, error!.plus]);
  assert.equal(sheet.getCell(9, 3).numFmt, "@");
});

Deno.test("writeCells() leaves a sheet without charts as it is", () => {
  const sheet = new exceljs.Workbook().addWorksheet("Charts");
  assert.deepEqual(writeCells(sheet, 3, []), []);
  assert.equal(sheet.rowCount, 0);
});

Deno.test("numberFormat() has separators of thousands and decimals", () => {
  assert.deepEqual([numberFormat(0), numberFormat(3)], ["#,##0", "#,##0.000"]);
});
