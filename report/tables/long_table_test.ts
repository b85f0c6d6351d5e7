import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { summaryOf } from "../summary/summary.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import { longTable } from "./long_table.ts";

type Record = { [heading: string]: string | number | null };

function records(result: Result): Record[] {
  const { columns, rows } = longTable(result);
  return rows.map((row) =>
    Object.fromEntries(row.map(({ value }, index) => [columns[index]!.title, value]))
  );
}

Deno.test("longTable() has one row for every metric of every case and server", () => {
  for (const result of [ROUNDS, RESULT]) {
    const rows = records(result).filter(({ mark }) => mark !== "ceiling");
    const expected = result.scenarios.reduce(
      (sum, { cases, metrics }) => sum + cases.length * metrics.length * result.servers.length,
      0,
    );
    assert.equal(rows.length, expected);
    const keys = rows.map((row) => [row.scenario, row.case, row.server, row.metric].join());
    assert.equal(new Set(keys).size, rows.length);
  }
});

Deno.test("longTable() has the figures of the summary, with their intervals", () => {
  const rows = records(ROUNDS);
  for (const { scenario, case: one, primary: { metric, entries } } of summaryOf(ROUNDS).lines) {
    for (const { server, cell, interval } of entries) {
      const row = rows.find((row) =>
        row.scenario === scenario.id && row.case === one.id && row.server === server.id &&
        row.metric === metric.id
      )!;
      assert.deepEqual(
        [row.value, row.low, row.high, row.unit],
        [cell.value, interval?.low ?? null, interval?.high ?? null, metric.unit || null],
      );
    }
  }
});

Deno.test("longTable() marks the ceiling, whose figures are medians of the reference's trials", () => {
  const rows = records(ROUNDS).filter(({ mark }) => mark === "ceiling");
  const measured = summaryOf(ROUNDS).lines.filter(({ ceiling }) => ceiling.value !== null);
  assert.ok(measured.length > 0);
  for (const { scenario, case: one, primary: { metric }, ceiling } of measured) {
    const row = rows.find((row) =>
      row.scenario === scenario.id && row.case === one.id && row.metric === metric.id
    )!;
    assert.equal(row.server, ROUNDS.reference!.id);
    assert.equal(row.value, ceiling.value);
  }
});

Deno.test("longTable() says why a figure is missing or does not count", () => {
  const rows = records(ROUNDS);
  const missing = rows.filter(({ value }) => value === null);
  assert.ok(missing.length > 0);
  for (const { note } of missing) assert.equal(typeof note, "string");
  const wrong = records(RESULT).filter(({ mark }) => mark === "wrong");
  assert.ok(wrong.length > 0);
  for (const { note } of wrong) assert.match(String(note), /^wrong replies: /);
});
