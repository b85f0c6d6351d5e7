import assert from "node:assert/strict";
import type { Result, ScenarioDescription, Trial } from "../../measure/model/result.ts";
import { scenarioTable, summaryTable } from "./comparison_tables.ts";
import { firstRounds, ROUNDS } from "../testing/rounds_testdata.ts";
import { heading, type Row } from "./table.ts";
import { RESULT } from "../testing/testdata.ts";

const [ECHO, CONNECT] = RESULT.scenarios;
const values = (row: Row): unknown[] => row.map(({ value }) => value);

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

Deno.test("summaryTable() has one row per case and a column per server", () => {
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

Deno.test("summaryTable() shows the geometric mean", () => {
  const [row] = summaryTable(withRates({ native: [50, 100, 200], ws: [10], socketio: [20] })).rows;
  assert.ok(Math.abs(row![5]!.value as number - 100) < 1e-9);
  const zero = summaryTable(withRates({ native: [0, 1, 2], ws: [10], socketio: [20] }));
  assert.equal(zero.rows[0]![5]!.value, 1, "the median if a figure is not above 0");
});

Deno.test("summaryTable() has the interval of each server if there are at least five rounds", () => {
  const rates = [0, 4, -4, 1, -1].map((percent) => 100 * Math.exp(percent / 100));
  const table = summaryTable(withRates({ native: rates, ws: [10, 11], socketio: [] }));
  assert.deepEqual(table.columns.slice(8).map(heading), [
    "Deno.serve low",
    "Deno.serve high",
    "ws low",
    "ws high",
    "socket.io low",
    "socket.io high",
  ]);
  const none = { value: null, note: "too few rounds for an interval" };
  const [low, high, ...others] = table.rows[0]!.slice(8);
  // t of 0.975 with 4 degrees of freedom, and the standard error of the five logarithms.
  const half = 2.7764451 * Math.sqrt(0.0034 / 4 / 5);
  assert.ok(Math.abs(low!.value as number - 100 * Math.exp(-half)) < 1e-5);
  assert.ok(Math.abs(high!.value as number - 100 * Math.exp(half)) < 1e-5);
  assert.equal(low!.decimals, 0);
  assert.deepEqual(others, [
    none,
    none,
    { value: null },
    { value: null },
  ]);
  assert.match(table.note!, /Low and high: the 95 % interval/);
  assert.equal(summaryTable(firstRounds(4)).columns.length, 5 + 3 + 1);
});

Deno.test("summaryTable() has the geometric mean of the percentiles of the rounds", () => {
  const value = summaryTable(RESULT).rows[2]![5]!.value;
  assert.ok(
    typeof value === "number" && Math.abs(value - Math.sqrt(0.42 * 0.44)) < 1e-9,
    `received ${value}`,
  );
});

Deno.test("summaryTable() marks the best", () => {
  assert.deepEqual(marks(withRates({ native: [99, 101], ws: [10, 11], socketio: [20, 21] })), [
    "best",
    undefined,
    undefined,
  ]);
});

Deno.test("summaryTable() marks every server that is as good as the best", () => {
  assert.deepEqual(marks(withRates({ native: [99, 101], ws: [10, 11], socketio: [90, 100] })), [
    "best",
    undefined,
    "best",
  ]);
});

Deno.test("summaryTable() marks no best if there is only one server", () => {
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

Deno.test("summaryTable() leaves a case empty with the reason if all trials failed", () => {
  assert.deepEqual(summaryTable(RESULT).rows[2]![7], {
    value: null,
    mark: "failed",
    note: "2 trials failed: the server did not accept connections within 10 s",
  });
});

Deno.test("summaryTable() leaves a case empty with the reason if no trial has run", () => {
  assert.deepEqual(summaryTable(withRates({ native: [1] })).rows[0]![6], {
    value: null,
    decimals: 0,
    note: "no trial of this case has run",
  });
});

Deno.test("summaryTable() leaves a case empty with the reason if it was left out", () => {
  const result = withRates({ native: [1] });
  const [{ id, cases: [one] }] = result.scenarios as [ScenarioDescription];
  const leftOut = [{
    id: result.servers[1]!.id,
    title: "x",
    reason: "it does not\ncompress",
    cases: [{ scenario: id, case: one!.id }],
  }];
  assert.deepEqual(summaryTable({ ...result, leftOut }).rows[0]![6], {
    value: null,
    decimals: 0,
    note: "it does not compress",
  });
});

Deno.test("scenarioTable() has every metric with its unit, and the four kinds of wrong replies", () => {
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

Deno.test("scenarioTable() marks the best in each metric", () => {
  const [native, ws] = scenarioTable(RESULT, ECHO!).rows;
  assert.deepEqual(native!.slice(5, 8).map(({ mark }) => mark), ["best", "best", "best"]);
  assert.deepEqual(ws!.slice(5, 8).map(({ mark }) => mark), [undefined, undefined, undefined]);
});

Deno.test("scenarioTable() judges all cases of a metric together", () => {
  const { rows } = scenarioTable(ROUNDS, ROUNDS.scenarios[0]!);
  assert.deepEqual(
    rows.map((row) => row.slice(5, 7).map(({ mark }) => mark === "best")),
    [[true, true], [false, false], [false, false], [false, false], [true, true], [true, true], [
      false,
      false,
    ]],
  );
});

Deno.test("scenarioTable() marks no best in a metric without a better direction", () => {
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

Deno.test("scenarioTable() leaves the figures empty with the reason if all trials failed", () => {
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

/** The test result with a reference server that did 5,000 in the first case, before the rounds. */
function withCeiling(): Result {
  const plain = withRates({ native: [100, 110], ws: [90, 95] });
  const [first] = plain.trials;
  assert.equal(first?.state, "completed");
  if (first?.state !== "completed") return plain;
  const reference = { id: "reference", title: "Reference", protocol: "websocket" };
  const metrics = { ...first.metrics, rate: 5000 };
  const trial: Trial = { ...first, server: "reference", round: 0, metrics };
  return { ...plain, reference, trials: [trial, ...plain.trials] };
}

Deno.test("summaryTable() has the ceiling next to the servers, never as the best", () => {
  const table = summaryTable(withCeiling());
  const at = table.columns.findIndex(({ title }) => title === "Ceiling");
  assert.equal(at, 5 + RESULT.servers.length);
  assert.equal(table.rows[0]![at]!.value, 5000);
  assert.equal(table.rows[0]![at]!.mark, undefined);
  assert.ok(table.note!.includes("Ceiling: "));
});

Deno.test("scenarioTable() has the reference below the servers of each case", () => {
  const result = withCeiling();
  const { rows } = scenarioTable(result, result.scenarios[0]!);
  assert.equal(rows.length, RESULT.servers.length + 1);
  assert.equal(rows.at(-1)![1]!.value, "Reference");
});
