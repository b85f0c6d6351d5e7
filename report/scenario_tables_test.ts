import assert from "node:assert/strict";
import { scenarioTable } from "./scenario_tables.ts";
import { heading, type Row } from "./table.ts";
import { RESULT } from "./testdata.ts";

const [ECHO, CONNECT] = RESULT.scenarios;
const values = (row: Row): unknown[] => row.map(({ value }) => value);

Deno.test("scenarioTable() has every metric with its unit and the four ways of being wrong", () => {
  assert.deepEqual(scenarioTable(RESULT, ECHO!).columns.map(heading), [
    "Case",
    "Server",
    "Client",
    "Rounds completed",
    "Rounds failed",
    "Message rate (messages/s)",
    "Latency p99 (ms)",
    "Server CPU per message (µs)",
    "Lost",
    "Duplicated",
    "Reordered",
    "Corrupted",
  ]);
});

Deno.test("scenarioTable() has one row per case and server, the servers of a case together", () => {
  const { rows } = scenarioTable(RESULT, ECHO!);
  assert.deepEqual(rows.map((row) => row[1]!.value), [
    "Deno.serve",
    "ws",
    "socket.io",
    "Deno.serve",
    "ws",
    "socket.io",
  ]);
  assert.deepEqual(values(rows[2]!).slice(2, 6), ["socket.io-client", 1, 1, 9120]);
});

Deno.test("scenarioTable() marks best in each metric", () => {
  const [native, ws] = scenarioTable(RESULT, ECHO!).rows;
  assert.deepEqual(native!.slice(5, 8).map(({ mark }) => mark), ["best", "best", "best"]);
  assert.deepEqual(ws!.slice(5, 8).map(({ mark }) => mark), [undefined, undefined, undefined]);
});

Deno.test("scenarioTable() marks no best in a metric that only informs", () => {
  const { rows } = scenarioTable(RESULT, CONNECT!);
  assert.deepEqual(rows.map((row) => row[6]!.mark), [undefined, undefined, "failed"]);
});

Deno.test("scenarioTable() adds up wrong replies and marks the figures that they spoil", () => {
  const row = scenarioTable(RESULT, ECHO!).rows[5]!;
  assert.deepEqual(values(row.slice(8)), [7, 0, 2, 0]);
  assert.deepEqual(row.slice(5).map(({ mark }) => mark), [
    "wrong",
    "wrong",
    "wrong",
    "wrong",
    undefined,
    "wrong",
    undefined,
  ]);
});

Deno.test("scenarioTable() leaves the figures empty with the reason where all trials failed", () => {
  const row = scenarioTable(RESULT, CONNECT!).rows[2]!;
  assert.deepEqual(values(row), [
    "8 handshakes at once",
    "socket.io",
    "socket.io-client",
    0,
    2,
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
  assert.match(row[5]!.note ?? "", /^2 trials failed: the server did not accept/);
});
