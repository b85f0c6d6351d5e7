import assert from "node:assert/strict";
import type { Probe, Result, Trial } from "../../measure/model/result.ts";
import { probesTable } from "./probes_table.ts";
import { formatCell, heading } from "./table.ts";
import { sections } from "./tables.ts";
import { RESULT } from "../testing/testdata.ts";

const probe: Probe = {
  rate: 12_345.6,
  sentShare: 1,
  p50Ms: 0.5,
  p99Ms: 1.25,
  maxMs: 20,
  lost: 0,
  passed: true,
};
const failed: Probe = {
  rate: 24_000,
  sentShare: 0.875,
  p50Ms: null,
  p99Ms: null,
  maxMs: null,
  lost: 3,
  passed: false,
};

/** The test result with a search in its first trial. */
function searched(): Result {
  const trials = RESULT.trials.map((trial, index): Trial =>
    trial.state === "completed" && index === 0
      ? { ...trial, capacity: { low: 12_345.6, high: 24_000, probes: [probe, failed] } }
      : trial
  );
  return { ...RESULT, trials };
}

Deno.test("probesTable() has the probes of a scenario's searches in their order", () => {
  const { columns, rows } = probesTable(searched(), RESULT.scenarios[0]!)!;
  assert.deepEqual(columns.map(heading), [
    "Case",
    "Server",
    "Round",
    "Probe",
    "Rate (messages/s)",
    "Response p50 (ms)",
    "Response p99 (ms)",
    "Response max (ms)",
    "Sent (% of offered)",
    "Lost",
    "Passed",
  ]);
  const shown = rows.map((row) => row.map((cell, index) => formatCell(cell, columns[index]!)));
  const place = ["1 connection × 1 in flight, 16 B", "Deno.serve", "1"];
  assert.deepEqual(shown, [
    [...place, "1", "12,346", "0.500", "1.25", "20.0", "100.00", "0", "yes"],
    [...place, "2", "24,000", "", "", "", "87.50", "3", "no"],
  ]);
});

Deno.test("probesTable() is undefined unless a trial was a search", () => {
  assert.equal(probesTable(RESULT, RESULT.scenarios[0]!), undefined);
  assert.equal(probesTable(searched(), RESULT.scenarios[1]!), undefined);
  const echo = sections(searched()).find(({ id }) => id === "echo");
  assert.deepEqual(echo!.tables.map(({ title }) => title), [
    "Echo rate",
    "Probes",
  ]);
});
