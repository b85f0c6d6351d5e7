import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { deflateRawSync } from "node:zlib";
import exceljs from "exceljs";
import { readLatencies } from "./read_latencies.ts";
import { writeZip } from "./zip.ts";

/** A workbook of sheets, each as rows. */
async function workbookOf(
  sheets: Readonly<Record<string, readonly (readonly unknown[])[]>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const workbook = new exceljs.Workbook();
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = workbook.addWorksheet(name);
    for (const row of rows) sheet.addRow([...row]);
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer() as ArrayBuffer);
}

Deno.test("readLatencies() finds the column of a workbook that somebody else made", async () => {
  const bytes = await workbookOf({
    Notes: [["Written by hand"], ["Latency is below"]],
    Data: [["My measurements"], [], ["Message", "Latency (ms)"], ["a", 1.5], ["b", 2], [
      "c",
      { formula: "1+2", result: 3 },
    ]],
  });
  assert.deepEqual(await readLatencies(bytes, "latency"), {
    heading: "Latency (ms)",
    sheet: "Data",
    series: [{ name: "Data", values: [1.5, 2, 3] }],
  });
});

Deno.test("readLatencies() tells servers apart, and takes the exact heading before a like one", async () => {
  const bytes = await workbookOf({
    Samples: [
      ["Server", "Latency p99", "Latency"],
      ["ws", 9, 1],
      ["native", 9, 2],
      ["ws", 9, 3],
    ],
  });
  assert.deepEqual((await readLatencies(bytes, "Latency")).series, [
    { name: "ws", values: [1, 3] },
    { name: "native", values: [2] },
  ]);
});

Deno.test("readLatencies() takes the longest of several columns", async () => {
  const bytes = await workbookOf({
    Summary: [["Latency p50"], [1], [2]],
    Raw: [["latency ms"], [1], [2], [3]],
  });
  assert.equal((await readLatencies(bytes, "latency")).sheet, "Raw");
});

Deno.test("readLatencies() says what a workbook has instead", async () => {
  const bytes = await workbookOf({ Data: [["Rate", "Time"], [1, 2], [3, 4]] });
  await assert.rejects(readLatencies(bytes, "latency"), {
    name: "SyntaxError",
    message: 'it has no column "latency" of numbers. Headings: "Rate", "Time"',
  });
  await assert.rejects(readLatencies(new TextEncoder().encode("no zip"), "latency"), {
    name: "SyntaxError",
    message: "it is not an .xlsx workbook",
  });
});

/** A workbook whose only sheet is this many zeros, compressed, and says so or not. */
function bomb(bytes: number, size: number): Uint8Array<ArrayBuffer> {
  const data = deflateRawSync(Buffer.alloc(bytes));
  const entry = { name: "xl/worksheets/sheet1.xml", method: 8, crc: 0, size, data: [data] };
  return new Uint8Array(writeZip([entry], new Date(0)));
}

Deno.test("readLatencies() unpacks no workbook to more than it says, nor to gigabytes", async () => {
  await assert.rejects(readLatencies(bomb(2 ** 26, 1000), "latency"), {
    name: "SyntaxError",
    message: '"xl/worksheets/sheet1.xml" in it does not unpack',
  });
  await assert.rejects(readLatencies(bomb(1000, 3e9), "latency"), {
    name: "SyntaxError",
    message: "it unpacks to 3000000000 bytes, and at most 500000000 are read",
  });
});
