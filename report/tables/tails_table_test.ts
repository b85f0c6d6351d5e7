import assert from "node:assert/strict";
import type { CompletedTrial, Result, ScenarioDescription } from "../../measure/model/result.ts";
import { completedTrial } from "../../measure/model/testdata.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import { formatCell, heading } from "./table.ts";
import { sections } from "./tables.ts";
import { tailsTable } from "./tails_table.ts";

const [ECHO, CONNECT] = RESULT.scenarios as [ScenarioDescription, ScenarioDescription];
const [PLACE] = ECHO.cases;

/** A round of 1,000 messages of 1 ms, of which some took 20 ms. */
function round(place: number, slow: number): CompletedTrial {
  const latencies = Array.from({ length: 1000 }, (_, at) => at < slow ? 20 : 1);
  return {
    ...completedTrial({}, latencies),
    server: "ws",
    round: place,
    scenario: ECHO.id,
    case: PLACE!.id,
  };
}

/** The rows of a run in which ws had so many slow messages in each round. */
function rowsOf(...slow: readonly number[]): string[][] {
  const trials = slow.map((count, at) => round(at + 1, count));
  const result: Result = { ...RESULT, trials };
  const { columns, rows } = tailsTable(result);
  return rows.map((row) => row.map((cell, at) => formatCell(cell, columns[at]!)));
}

Deno.test("tailsTable() has the percentile of all messages, and without the round that decides it", () => {
  assert.deepEqual(tailsTable({ ...RESULT, trials: [round(1, 0)] }).columns.map(heading), [
    "Scenario",
    "Case",
    "Server",
    "Metric",
    "All rounds (ms)",
    "Least (ms)",
    "Most (ms)",
    "Heaviest round",
    "Share (%)",
  ]);
  const [row, ...others] = rowsOf(0, 60, 0, 0, 0);
  assert.deepEqual(others, []);
  assert.deepEqual(row!.slice(0, 4), [ECHO.title, PLACE!.title, "ws", "Latency p99"]);
  const [all, least, most] = row!.slice(4, 7).map(Number);
  assert.ok(all! > 19 && most! > 19 && least! < 2, String(row));
});

Deno.test("tailsTable() names the round that has most of what is beyond the percentile", () => {
  const trials = [round(1, 0), { ...round(2, 0), histograms: round(2, 9).histograms }, round(3, 3)];
  const { rows } = tailsTable({ ...RESULT, trials });
  assert.equal(rows[0]!.at(-2)!.value, 2);
  assert.equal(Math.round(rows[0]!.at(-1)!.value as number), 75);
});

Deno.test("tailsTable() leaves out what one round cannot show", () => {
  assert.deepEqual(rowsOf(3)[0]!.slice(5, 7), ["", ""]);
});

Deno.test("tailsTable() is empty without a percentile of the tail", () => {
  assert.deepEqual(tailsTable({ ...RESULT, scenarios: [CONNECT] }).rows, []);
  assert.deepEqual(tailsTable(ROUNDS).rows, []);
});

Deno.test("sections() has it once, apart from the scenarios", () => {
  const ids = sections(RESULT).flatMap(({ tables }) => tables.map(({ id }) => id));
  assert.deepEqual(ids.filter((id) => id.includes("tails")), ["tails"]);
});
