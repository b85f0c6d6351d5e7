import assert from "node:assert/strict";
import { verdictsOf } from "../../measure/judge/verdicts.ts";
import { scenarioTable } from "../tables/comparison_tables.ts";
import { evidence, figuresTable, firstMetrics, outcomes, turned, upright } from "./scenario.ts";
import { firstRounds, ROUNDS } from "../testing/rounds_testdata.ts";
import { formatCell } from "../tables/table.ts";
import { RESULT } from "../testing/testdata.ts";

Deno.test("turned() has the figures of the scenario's table, with a column for each server", () => {
  for (const result of [ROUNDS, RESULT]) {
    for (const scenario of result.scenarios) {
      const upright = scenarioTable(result, scenario);
      const table = turned(result, scenario);
      const texts = table.rows.flatMap((row) =>
        row.slice(2).map((cell, index) => formatCell(cell, table.columns[index + 2]!))
      );
      for (const row of upright.rows) {
        for (const [index, cell] of row.entries()) {
          if (index < 5 || cell.value === 0) continue;
          assert.ok(texts.includes(formatCell(cell, upright.columns[index]!)));
        }
      }
    }
  }
});

Deno.test("turned() leaves out counts of errors if there were none", () => {
  const names = (at: number): unknown[] =>
    turned(ROUNDS, ROUNDS.scenarios[at]!).rows.map(([, metric]) => metric!.value);
  assert.deepEqual(
    new Set(names(0)),
    new Set(["Rate (messages/s)", "Server CPU time per message (µs)"]),
  );
  assert.ok(names(1).includes("Rounds failed"));
});

Deno.test("evidence() gives the ratio, its interval, p, q and the verdict, or why there is no verdict", () => {
  const table = evidence(verdictsOf(ROUNDS).slice(0, 1));
  assert.deepEqual(
    table.rows[0]!.map((cell, index) => formatCell(cell, table.columns[index]!)),
    [
      "16 connections, 16 in flight, 64 B",
      "ws ÷ Deno.serve",
      "Rate",
      "0.80",
      "0.77–0.83",
      "<0.001",
      "<0.001",
      "worse",
    ],
  );
  const [row] = evidence(verdictsOf(firstRounds(1)).slice(0, 1)).rows;
  assert.deepEqual(row!.at(-1), {
    value: "not compared",
    note: "1 round cannot show a difference: it takes 5 or more",
  });
});

Deno.test("upright() has a row for each case and server, and names a case once", () => {
  const [throughput] = ROUNDS.scenarios;
  const { columns, rows } = upright(ROUNDS, throughput!);
  assert.deepEqual(columns.map(({ title }) => title), [
    "Case",
    "Server",
    "Rate",
    "Server CPU time per message",
  ]);
  assert.deepEqual(rows.map(([one, server]) => [one!.value, server!.value]), [
    ["16 connections, 16 in flight, 64 B", "Deno.serve"],
    [null, "ws"],
    [null, "socket.io"],
    [null, "Reference"],
    ["16 connections, 16 in flight, 16 KiB", "Deno.serve"],
    [null, "ws"],
    [null, "socket.io"],
  ]);
});

Deno.test("figuresTable() has many servers as rows", () => {
  const servers = Array.from({ length: 6 }, (_, index) => ({
    ...ROUNDS.servers[0]!,
    id: `server-${index}`,
  }));
  const [scenario] = ROUNDS.scenarios;
  assert.equal(figuresTable(ROUNDS, scenario!).columns[1]!.title, "Metric");
  assert.equal(figuresTable({ ...ROUNDS, servers }, scenario!).columns[1]!.title, "Server");
});

Deno.test("firstMetrics() keeps the primary metric and the CPU time", () => {
  const [scenario] = ROUNDS.scenarios;
  const [rate, cpu] = scenario!.metrics;
  const others = Array.from({ length: 9 }, (_, index) => ({ ...rate!, id: `other-${index}` }));
  const { metrics } = firstMetrics({ ...scenario!, metrics: [rate!, ...others, cpu!] });
  assert.equal(metrics[0], rate);
  assert.equal(metrics.at(-1), cpu);
  assert.equal(metrics.length, 7);
});

Deno.test("outcomes() names the servers by what the verdicts say of them", () => {
  const verdicts = verdictsOf(ROUNDS);
  const ofScenario = (id: string): string[] =>
    outcomes(verdicts.filter(({ scenario }) => scenario.id === id));
  assert.deepEqual(ofScenario("idle"), [
    "Memory per connection against Deno.serve: worse: ws, socket.io.",
  ]);
  assert.deepEqual(ofScenario("throughput"), [
    "Rate against Deno.serve: worse in 1 of 2 cases, the same within 5 % in 1: ws; worse in 2 of 2 cases: socket.io.",
    "Server CPU time per message against Deno.serve: higher in 1 of 2 cases, the same within 5 % in 1: ws; higher in 2 of 2 cases: socket.io.",
  ]);
});
