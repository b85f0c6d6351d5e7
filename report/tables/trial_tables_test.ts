import assert from "node:assert/strict";
import type { Trial } from "../../measure/model/result.ts";
import { heading, type Table } from "./table.ts";
import { RESULT } from "../testing/testdata.ts";
import { timelineTable, trialsTable } from "./trial_tables.ts";

/** A cell by the heading of its column. */
function at(table: Table, row: number, title: string): Table["rows"][number][number] {
  const index = table.columns.findIndex((column) => heading(column) === title);
  assert.notEqual(index, -1, `no column "${title}"`);
  return table.rows[row]![index]!;
}

Deno.test("trialsTable() has every trial in the order in which they ran", () => {
  const { rows } = trialsTable(RESULT);
  assert.deepEqual(rows.map(([trial]) => trial!.value), RESULT.trials.map(({ trial }) => trial));
});

Deno.test("trialsTable() has a cell for each column in every row", () => {
  for (const table of [trialsTable(RESULT), timelineTable(RESULT)]) {
    assert.deepEqual(new Set(table.rows.map((row) => row.length)), new Set([table.columns.length]));
  }
});

Deno.test("trialsTable() shows phases, shares and memory in their units", () => {
  const table = trialsTable(RESULT);
  assert.equal(at(table, 0, "Start (ms)").value, 81.25);
  assert.equal(at(table, 0, "Server CPU (% of a core)").value, 75);
  assert.equal(at(table, 0, "Memory peak (MiB)").value, 44);
  assert.equal(at(table, 0, "Server waited (% of the window)").value, 1.5);
  assert.equal(at(table, 0, "Stolen (% of the window)").note, "this is no virtual machine");
});

Deno.test("trialsTable() has the outcome of the schedule if a trial had one", () => {
  const titles = trialsTable(RESULT).columns.map(heading);
  assert.ok(!titles.includes("Offered"));
  const arrivals = { offered: 1000, sent: 990, late: 3, dropped: 10, answered: 990 };
  const trials = RESULT.trials.map((trial, index): Trial =>
    trial.state === "completed" && index === 0 ? { ...trial, arrivals } : trial
  );
  const table = trialsTable({ ...RESULT, trials });
  const shown = (row: number): unknown[] =>
    ["Offered", "Late", "Dropped"].map((title) => at(table, row, title).value);
  assert.deepEqual(shown(0), [1000, 3, 10]);
  assert.deepEqual(shown(1), [null, null, null]);
});

Deno.test("trialsTable() has the metrics of all scenarios, with an empty cell if a scenario lacks one", () => {
  const table = trialsTable(RESULT);
  assert.equal(at(table, 0, "Message rate (messages/s)").value, 21_400);
  assert.deepEqual(at(table, 6, "Message rate (messages/s)"), { value: null });
  assert.equal(at(table, 6, "Handshake time p50 (ms)").value, 0.42);
});

Deno.test("trialsTable() joins columns of metrics that several scenarios share", () => {
  const [echo, connect] = RESULT.scenarios;
  const shared = { ...connect!, metrics: [...connect!.metrics, echo!.metrics[2]!] };
  const titles = trialsTable({ ...RESULT, scenarios: [echo!, shared] }).columns.map(heading);
  assert.equal(titles.filter((title) => title === "Server CPU per message (µs)").length, 1);
});

Deno.test("trialsTable() does not repeat a metric that it shows for every trial anyway", () => {
  const [echo] = RESULT.scenarios;
  const peak = { id: "memory.peak", title: "Memory peak", unit: "MiB", better: "lower" } as const;
  const scenarios = [{ ...echo!, metrics: [...echo!.metrics, peak] }];
  const titles = trialsTable({ ...RESULT, scenarios }).columns.map(heading);
  assert.equal(titles.filter((title) => title === "Memory peak (MiB)").length, 1);
});

Deno.test("trialsTable() separates metrics with the same id but different units", () => {
  const [echo, connect] = RESULT.scenarios;
  const other = { ...connect!, metrics: [{ ...echo!.metrics[0]!, unit: "connections/s" }] };
  const titles = trialsTable({ ...RESULT, scenarios: [echo!, other] }).columns.map(heading);
  assert.ok(titles.includes("Message rate (messages/s)"));
  assert.ok(titles.includes("Message rate (connections/s)"));
});

Deno.test("trialsTable() gives the reasons for failed trials and absent figures", () => {
  const table = trialsTable(RESULT);
  assert.equal(at(table, 10, "State").value, "failed");
  assert.equal(at(table, 10, "Reason").value, '=HYPERLINK("x") exit code 1 at line 2');
  assert.deepEqual(at(table, 10, "Sent"), { value: null });
  assert.equal(at(table, 11, "Server CPU per message (µs)").note, "/proc cannot be read");
});

Deno.test("trialsTable() marks wrong replies and names the warnings", () => {
  const table = trialsTable(RESULT);
  assert.deepEqual(at(table, 5, "Lost"), { value: 7, mark: "wrong" });
  assert.deepEqual(at(table, 5, "Corrupted"), { value: 0 });
  assert.equal(at(table, 5, "Warnings").value, "wrong replies");
});

Deno.test("timelineTable() has the slices of the completed trials with their rates", () => {
  const table = timelineTable(RESULT);
  assert.equal(table.rows.length, 2 * 15);
  assert.equal(at(table, 0, "Rate (1/s)").value, 21_400);
  assert.equal(at(table, 13, "Length (ms)").value, 62.5);
  assert.deepEqual(at(table, 13, "p99 (ms)"), { value: null });
});

Deno.test("timelineTable() says why it has no rows", () => {
  const failed = RESULT.trials.filter(({ state }) => state === "failed");
  assert.equal(timelineTable({ ...RESULT, trials: [] }).empty, "No trial has ended.");
  assert.equal(timelineTable({ ...RESULT, trials: failed }).empty, "No trial has completed.");
});
