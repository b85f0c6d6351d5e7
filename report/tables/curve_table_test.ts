import assert from "node:assert/strict";
import { CURVED } from "../testing/curve_testdata.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { curveTable } from "./curve_table.ts";
import { formatCell, heading } from "./table.ts";
import { sections } from "./tables.ts";

Deno.test("curveTable() has the points of a scenario's curves in their order", () => {
  const { columns, rows } = curveTable(CURVED, CURVED.scenarios[0]!)!;
  assert.deepEqual(columns.map(heading).slice(2), [
    "Round",
    "Rates",
    "Rate (messages/s)",
    "Answered (messages/s)",
    "Goodput (messages/s)",
    "Response p50 (ms)",
    "Response p99 (ms)",
    "p99 of slices (ms)",
    "Response p99.9 (ms)",
    "Sent (% of offered)",
    "Lost",
    "CPU (%)",
    "Memory (MiB)",
  ]);
  const shown = rows.slice(0, 5).map((row) =>
    row.map((cell, at) => formatCell(cell, columns[at]!)).slice(1, 7)
  );
  assert.deepEqual(shown, [
    ["Deno.serve", "1", "rising", "1,000", "1,000", "1,000"],
    ["Deno.serve", "1", "rising", "4,000", "4,000", "4,000"],
    ["Deno.serve", "1", "rising", "8,000", "8,000", "8,000"],
    ["Deno.serve", "1", "overload", "20,000", "20,000", "0"],
    ["Deno.serve", "1", "falling", "4,000", "4,000", "4,000"],
  ]);
  assert.equal(rows.length, 5 * CURVED.trials.length);
});

Deno.test("curveTable() stands below the figures of its scenario, and nowhere else", () => {
  const section = sections(CURVED).find(({ id }) => id === "curve")!;
  assert.ok(section.tables.some(({ id }) => id === "curve-points"));
  for (const scenario of ROUNDS.scenarios) assert.equal(curveTable(ROUNDS, scenario), undefined);
});
