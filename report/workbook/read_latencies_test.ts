import assert from "node:assert/strict";
import exceljs from "exceljs";
import JSZip from "jszip";
import { readLatencies } from "./read_latencies.ts";

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

Deno.test("readLatencies() separates the servers, and prefers an exact heading to a similar one", async () => {
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

Deno.test("readLatencies() lists the headings that a workbook has instead", async () => {
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

/** A workbook whose only sheet consists of this many zeros, compressed, but states a smaller size. */
async function bomb(bytes: number, says: number): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new JSZip();
  zip.file("xl/worksheets/sheet1.xml", new Uint8Array(bytes), { createFolders: false });
  const made = await zip.generateAsync({ type: "uint8array", compression: "DEFLATE" });
  const view = new DataView(made.buffer);
  // The length when unpacked, in the directory: PKWARE's APPNOTE.TXT 6.3.10, section 4.3.12.
  view.setUint32(view.getUint32(made.length - 22 + 16, true) + 24, says, true);
  return new Uint8Array(made);
}

Deno.test("readLatencies() refuses a workbook with wrong lengths", async () => {
  await assert.rejects(readLatencies(await bomb(2 ** 20, 1000), "latency"), {
    name: "SyntaxError",
    message: '"xl/worksheets/sheet1.xml" in it does not unpack',
  });
});

Deno.test("readLatencies() stops unpacking a workbook that is too big, whatever size it states", async () => {
  for (const says of [1000, 2 ** 20]) {
    await assert.rejects(readLatencies(await bomb(2 ** 20, says), "latency", 2 ** 19), {
      name: "SyntaxError",
      message: "it unpacks to more than 524288 bytes, which is too much",
    });
  }
});
