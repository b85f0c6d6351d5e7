import assert from "node:assert/strict";
import type { SampledTrial, SampleRange } from "../tables/samples_table.ts";
import { RESULT } from "../testing/testdata.ts";
import { expand, sampleSheets, samplesIn } from "./samples.ts";

const TRIAL = {
  ...RESULT.trials[0],
  samples: { every: 2, atMs: [1.5, 2.5, 3.5], latencyMs: [0.25, Number.NaN, 0.75] },
} as SampledTrial;

const RESULT_OF_ONE = { ...RESULT, trials: [TRIAL] };

/** A row as the library writes it. */
const ROW = '<row r="5" ht="17" customHeight="1" spans="1:8" x14ac:dyDescent="0.25">' +
  '<c r="A5" s="7"><v>1</v></c><c r="B5" s="8" t="s"><v>17</v></c><c r="C5" s="8"/>' +
  '<c r="D5" s="8" t="s"><v>19</v></c><c r="E5" s="7"><v>1</v></c><c r="F5" s="7"><v>3</v></c>' +
  '<c r="G5" s="9"><v>3.5</v></c><c r="H5" s="9"><v>0.75</v></c></row>';

const sheet = (rows: string): string =>
  `<worksheet><dimension ref="A1:H5"/><sheetData><row r="4"></row>${rows}</sheetData><end/></worksheet>`;

const expanded = (rows: string, ranges: readonly SampleRange[]): string =>
  [...expand(sheet(rows), 4, ranges)].join("");

Deno.test("expand() writes a row again for each of its samples", () => {
  const rows = expanded(ROW, [{ trial: TRIAL, from: 1, to: 3 }]);
  const row = (number: number, ...[index, at, latency]: string[]): string =>
    `<row r="${number}" ht="17" customHeight="1"><c r="A${number}" s="7"><v>1</v></c>` +
    `<c r="B${number}" s="8" t="s"><v>17</v></c><c r="C${number}" s="8"/>` +
    `<c r="D${number}" s="8" t="s"><v>19</v></c><c r="E${number}" s="7"><v>1</v></c>` +
    `<c r="F${number}" s="7"${index}<c r="G${number}" s="9"${at}<c r="H${number}" s="9"${latency}</row>`;
  const value = (text: string): string => `><v>${text}</v></c>`;
  assert.equal(
    rows,
    sheet(
      row(5, value("2"), value("2.5"), "/>") + row(6, value("3"), value("3.5"), value("0.75")),
    ).replace("A1:H5", "A1:H6"),
  );
});

Deno.test("expand() refuses a sheet without a row for each range", () => {
  assert.throws(() => expanded("", [{ trial: TRIAL, from: 0, to: 3 }]), {
    name: "SyntaxError",
    message: "Cannot make the rows of samples as the sheet must have 1: received 0",
  });
});

Deno.test("sampleSheets() give a run at least one sheet and number the others", () => {
  const titles = (size: number): string[] =>
    sampleSheets(RESULT_OF_ONE, size).map(({ table }) => table.title);
  assert.deepEqual(titles(3), ["Samples"]);
  assert.deepEqual(titles(1), ["Samples", "Samples 2", "Samples 3"]);
  assert.deepEqual(sampleSheets(RESULT).map(({ ranges }) => ranges), [[]]);
});

Deno.test("samplesIn() counts those of all ranges", () => {
  assert.equal(samplesIn([{ trial: TRIAL, from: 1, to: 3 }, { trial: TRIAL, from: 0, to: 1 }]), 3);
});
