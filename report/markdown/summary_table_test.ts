import assert from "node:assert/strict";
import { summaryOf } from "../summary/summary.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { serversAcross, serversDown } from "./summary_table.ts";

const { lines } = summaryOf(ROUNDS);

Deno.test("serversDown() has the figures of serversAcross(), turned", () => {
  const across = serversAcross(ROUNDS, lines, true, true);
  const down = serversDown(ROUNDS, lines, true);
  assert.deepEqual(
    down.rows.map((row) => row.slice(1)),
    across.columns.slice(3).map((_, server) => across.rows.map((row) => row[server + 3]!)),
  );
  assert.deepEqual(
    down.rows.map(([name]) => name!.value),
    across.columns.slice(3).map(({ title }) => title),
  );
  assert.equal(
    down.columns[1]!.title,
    "Throughput: 16 connections, 16 in flight, 64 B: Rate, messages/s (higher is better)",
  );
});

Deno.test("both tables leave intervals out when asked", () => {
  const cells = [serversAcross(ROUNDS, lines, true, false), serversDown(ROUNDS, lines, false)]
    .flatMap(({ rows }) => rows.flat());
  assert.ok(cells.some(({ value }) => String(value).includes("−")));
  assert.ok(cells.every(({ value }) => !String(value).includes("…")));
});
