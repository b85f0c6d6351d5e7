import assert from "node:assert/strict";
import exceljs, { type Workbook } from "exceljs";
import type { Exchange, Session } from "../../measure/model/session.ts";
import { readLatencies } from "./read_latencies.ts";
import { renderSession } from "./session.ts";
import { answered, content, sessionOf } from "../testing/session_testdata.ts";

async function load(bytes: Uint8Array): Promise<Workbook> {
  const workbook = new exceljs.Workbook();
  // The library declares a type Buffer that does not match the one of Deno.
  await workbook.xlsx.load(bytes as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  return workbook;
}

/** The sheet of messages, and the number of the row with its headings. */
async function messagesOf(session: Session) {
  const sheet = (await load(await renderSession(session, []))).getWorksheet("Messages")!;
  const [view] = sheet.views;
  return { sheet, header: (view as { ySplit: number }).ySplit };
}

Deno.test("renderSession() has the sheets Messages, Summary and Hardware, and the latencies as a picture", async () => {
  const workbook = await load(await renderSession(sessionOf(answered(0, "a"), answered(9, "b"))));
  const names = workbook.worksheets.map(({ name }) => name);
  assert.deepEqual(names, ["Messages", "Summary", "Hardware"]);
  assert.equal(workbook.getWorksheet("Summary")!.getImages().length, 1);
});

Deno.test("renderSession() has no picture of a single latency", async () => {
  const workbook = await load(await renderSession(sessionOf(answered(0, "a"))));
  assert.equal(workbook.getWorksheet("Summary")!.getImages().length, 0);
});

Deno.test("renderSession() keeps every text a text", async () => {
  const texts = [
    "=1+1",
    "@SUM(A1)",
    "+1",
    "-1",
    "<b>&amp;\"'</b>",
    " ",
    "a\nb",
    "żółw 🐢",
  ];
  const session = sessionOf(...texts.map((text, index) => answered(index, text)));
  const { sheet, header } = await messagesOf(session);
  texts.forEach((text, index) => {
    const row = sheet.getRow(header + 1 + index);
    assert.equal(row.getCell(4).value, text);
    assert.equal(row.getCell(5).value, text);
    assert.equal(row.getCell(4).numFmt, "@");
  });
});

Deno.test("renderSession() keeps the longest text that fits in a cell, in a row of limited height", async () => {
  const text = "word ".repeat(6553);
  const { sheet, header } = await messagesOf(sessionOf(answered(0, "short"), answered(1, text)));
  const long = sheet.getRow(header + 2);
  assert.equal(long.getCell(4).value, text);
  // In the text format Excel shows longer texts as ####.
  assert.notEqual(long.getCell(4).numFmt, "@");
  assert.ok(long.height > sheet.getRow(header + 1).height && long.height < 200);
  assert.equal(long.getCell(4).alignment.vertical, "top");
});

Deno.test("renderSession() writes times and figures as dates and numbers", async () => {
  const { sheet, header } = await messagesOf(sessionOf(answered(1000, "a"), answered(2000, "b")));
  const row = sheet.getRow(header + 2);
  assert.deepEqual(row.getCell(2).value, new Date("2026-01-31T14:05:11.000Z"));
  assert.deepEqual([row.getCell(1).value, row.getCell(3).value, row.getCell(6).value], [2, 2, 2]);
  assert.equal(row.getCell(12).value, null);
  const { autoFilter } = sheet;
  assert.equal(autoFilter, `A${header}:L${header + 2}`);
});

Deno.test("renderSession() makes a row for every message, however many there are", async () => {
  const one: Exchange = answered(0, "a");
  const count = 20_000;
  const { sheet, header } = await messagesOf(sessionOf(...Array<Exchange>(count).fill(one)));
  assert.equal(sheet.rowCount, header + count);
  assert.equal(sheet.pageSetup.printArea, `A1:L${header + 1000}`);
});

Deno.test("renderSession() makes a workbook whose latencies can be drawn", async () => {
  const lost: Exchange = { fate: "lost", message: { atMs: 3, content: content("x") } };
  const session = sessionOf(answered(0, "a"), lost, answered(9, "b"));
  const bytes = new Uint8Array(await renderSession(session, []));
  const { heading, sheet, series } = await readLatencies(bytes, "latency");
  assert.deepEqual([heading, sheet], ["Latency (ms)", "Messages"]);
  assert.deepEqual(series.map(({ values }) => values), [[2, 2]]);
});

Deno.test("renderSession() gives the same bytes for the same session", async () => {
  const session = sessionOf(answered(0, "a"));
  assert.deepEqual(await renderSession(session), await renderSession(session));
});
