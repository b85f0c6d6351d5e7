import assert from "node:assert/strict";
import { expandRows, serialOf } from "./rows.ts";

const PATTERN = '<worksheet><dimension ref="A1:B3"/><sheetData><row r="1"><c r="A1" s="9"/></row>' +
  '<row r="2" ht="15"><c r="A2" s="1"><v>1</v></c><c r="B2" s="2" t="s"><v>0</v></c></row>' +
  '<row r="3" ht="15"><c r="A3" s="3"><v>1</v></c><c r="B3" s="4" t="s"><v>1</v></c></row>' +
  "</sheetData><x/></worksheet>";

Deno.test("expandRows() writes typed cells with the style of the pattern", () => {
  const rows = [
    { height: 17, values: [1.5, "a<b & _x0041_\n"], look: [0, 1] },
    { height: 32, values: [NaN, null], look: [0, 0] },
  ];
  assert.equal(
    [...expandRows(PATTERN, 1, 2, rows)].join(""),
    '<worksheet><dimension ref="A1:B3"/><sheetData><row r="1"><c r="A1" s="9"/></row>' +
      '<row r="2" ht="17" customHeight="1"><c r="A2" s="1"><v>1.5</v></c>' +
      '<c r="B2" s="4" t="inlineStr"><is><t xml:space="preserve">a&lt;b &amp; _x005F_x0041_\n</t></is></c></row>' +
      '<row r="3" ht="32" customHeight="1"><c r="A3" s="1"/><c r="B3" s="2"/></row>' +
      "</sheetData><x/></worksheet>",
  );
});

Deno.test("expandRows() keeps the cell of the pattern if the row has undefined", () => {
  const rows = [7, 8, 9].map((value) => ({ values: [value, undefined], look: 1 }));
  assert.match(
    [...expandRows(PATTERN, 1, 3, rows)].join(""),
    /ref="A1:B4".*<row r="4"><c r="A4" s="3"><v>9<\/v><\/c><c r="B4" s="4" t="s"><v>1<\/v><\/c><\/row>/,
  );
});

Deno.test("expandRows() refuses a sheet without a pattern", () => {
  assert.throws(() => [...expandRows("<sheetData></sheetData>", 1, 0, [])], {
    name: "SyntaxError",
    message: "Cannot make rows as the sheet has none behind row 1",
  });
});

Deno.test("serialOf() counts days as a spreadsheet does", () => {
  assert.equal(serialOf(Date.UTC(2026, 0, 31, 12)), 46053.5);
});
