import assert from "node:assert/strict";
import { verdictsOf } from "../../measure/judge/verdicts.ts";
import { scenarioTable } from "../tables/comparison_tables.ts";
import { evidence, turned } from "./scenario.ts";
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
