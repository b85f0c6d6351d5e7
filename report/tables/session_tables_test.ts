import assert from "node:assert/strict";
import { answered, content, sessionOf } from "../testing/session_testdata.ts";
import { connectionTable, MESSAGE_COLUMNS, messageRows, sessionTable } from "./session_tables.ts";
import { formatCell } from "./table.ts";

const REMARK = MESSAGE_COLUMNS.length - 1;

Deno.test("messageRows() has the figures of each message", () => {
  const rows = [...messageRows(sessionOf(answered(1000, "a", "AB"), answered(2000, "b")))];
  assert.deepEqual(rows[0], [
    1,
    Date.UTC(2026, 0, 31, 14, 5, 10),
    1,
    "a",
    "AB",
    2,
    2,
    2,
    500,
    1,
    2,
    null,
  ]);
  assert.equal(rows[1]![8], 2 / 1.002);
});

Deno.test("messageRows() has a remark on what happened to a message and to its text", () => {
  const message = { atMs: 1, content: content("x") };
  const binary = content("00", { remarks: ["binary, in hexadecimal"] });
  const rows = [...messageRows(sessionOf(
    { fate: "unasked", reply: { atMs: 1, content: binary } },
    { fate: "lost", message },
    { fate: "no reply", message },
    { fate: "not sent", message },
  ))];
  assert.deepEqual(rows.map((row) => row[REMARK]), [
    "unasked; reply: binary, in hexadecimal",
    "lost with the connection",
    "no reply",
    "not sent",
  ]);
  assert.deepEqual(rows[0]!.slice(3, 9), [null, "00", null, null, null, null]);
});

Deno.test("sessionTable() notes why a figure is absent", () => {
  const { rows, columns } = sessionTable(sessionOf(answered(0, "a")));
  const cell = (name: string) => rows.find(([first]) => first!.value === name)![1]!;
  assert.equal(formatCell(cell("Duration"), columns[1]!), "60.0");
  assert.equal(formatCell(cell("Median latency"), columns[1]!), "2.000");
  assert.equal(
    cell("99th percentile of latency").note,
    "it takes 100 answered messages: there is 1",
  );
  assert.equal(cell("Throughput").note, "it takes 2 answered messages: there is 1");
});

Deno.test("connectionTable() says when the connection was lost, and why", () => {
  const { rows } = connectionTable(sessionOf());
  assert.deepEqual(rows.map((row) => row.map(({ value }) => value)), [
    ["opened", "2026-01-31T14:05:09.000Z", null],
    ["lost", "2026-01-31T14:06:08.000Z", "reset"],
  ]);
});
