import assert from "node:assert/strict";
import type { Result, Trial } from "../measure/result.ts";
import { heading } from "./table.ts";
import { summaryTable } from "./summary.ts";
import { RESULT } from "./testdata.ts";

const [ECHO] = RESULT.scenarios;

/** The test result with the rates of one case replaced, round by round. */
function withRates(rates: { readonly [server: string]: readonly number[] }): Result {
  const template = RESULT.trials[0]!;
  const trials = Object.entries(rates).flatMap(([server, values]) =>
    values.map((rate, round): Trial => {
      assert.equal(template.state, "completed");
      return { ...template, server, round: round + 1, metrics: { ...template.metrics, rate } };
    })
  );
  return { ...RESULT, scenarios: [{ ...ECHO!, cases: [ECHO!.cases[0]!] }], trials };
}

/** Marks of the servers in the first row. */
function marks(result: Result): (string | undefined)[] {
  return summaryTable(result).rows[0]!.slice(5, 5 + result.servers.length).map(({ mark }) => mark);
}

Deno.test("summaryTable() has one row per case and two columns per server", () => {
  const table = summaryTable(RESULT);
  assert.deepEqual(table.columns.map(heading), [
    "Scenario",
    "Case",
    "Metric",
    "Unit",
    "Better",
    "Deno.serve",
    "ws",
    "socket.io",
    "Deno.serve spread (%)",
    "ws spread (%)",
    "socket.io spread (%)",
  ]);
  assert.deepEqual(table.rows.map((row) => row.slice(0, 5).map(({ value }) => value)), [
    [
      "Echo rate",
      "1 connection × 1 in flight, 16 B",
      "Message rate",
      "messages/s",
      "higher is better",
    ],
    [
      "Echo rate",
      "64 connections × 16 in flight, 1 KiB",
      "Message rate",
      "messages/s",
      "higher is better",
    ],
    [
      "Opening: how fast / how many?",
      "8 handshakes at once",
      "Handshake time p50",
      "ms",
      "lower is better",
    ],
  ]);
});

Deno.test("summaryTable() shows the median and its spread in per cent", () => {
  const [row] = summaryTable(withRates({ native: [90, 100, 120], ws: [10], socketio: [20] })).rows;
  assert.equal(row![5]!.value, 100);
  assert.equal(row![8]!.value, 30);
});

Deno.test("summaryTable() says that one round has no spread", () => {
  const [row] = summaryTable(withRates({ native: [90], ws: [10, 11] })).rows;
  assert.deepEqual(row![8], { value: null, note: "one round has no spread" });
});

Deno.test("summaryTable() reads a percentile off the merged histogram", () => {
  const value = summaryTable(RESULT).rows[2]![5]!.value;
  assert.ok(typeof value === "number" && Math.abs(value - 0.428) < 0.001, `received ${value}`);
});

Deno.test("summaryTable() marks the best", () => {
  assert.deepEqual(marks(withRates({ native: [99, 101], ws: [10, 11], socketio: [20, 21] })), [
    "best",
    undefined,
    undefined,
  ]);
});

Deno.test("summaryTable() marks every server that is level with the best", () => {
  assert.deepEqual(marks(withRates({ native: [99, 101], ws: [10, 11], socketio: [90, 100] })), [
    "best",
    undefined,
    "best",
  ]);
});

Deno.test("summaryTable() marks no best where there is one server", () => {
  const result = withRates({ native: [99, 101] });
  assert.deepEqual(marks({ ...result, servers: [result.servers[0]!] }), [undefined]);
});

Deno.test("summaryTable() never marks a server with wrong replies as best", () => {
  const [native, ws, socketio] = summaryTable(RESULT).rows[1]!.slice(5, 8);
  assert.equal(native!.mark, "best");
  assert.equal(ws!.mark, "best");
  assert.ok(typeof socketio!.value === "number" && socketio!.value > 180_000);
  assert.equal(socketio!.mark, "wrong");
  assert.equal(socketio!.note, "wrong replies: 7 lost, 2 reordered");
});

Deno.test("summaryTable() leaves a case empty with the reason where all trials failed", () => {
  assert.deepEqual(summaryTable(RESULT).rows[2]![7], {
    value: null,
    mark: "failed",
    note: "2 trials failed: the server did not accept connections within 10 s",
  });
});

Deno.test("summaryTable() leaves a case empty with the reason where no trial has run", () => {
  assert.deepEqual(summaryTable(withRates({ native: [1] })).rows[0]![6], {
    value: null,
    decimals: 0,
    note: "no trial of this case has run",
  });
});
