import assert from "node:assert/strict";
import { encodeHistogram } from "../../measure/record/hdr.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import type { Result, Trial } from "../../measure/model/result.ts";
import { RESULT } from "../testing/testdata.ts";
import { formatCell, heading } from "./table.ts";
import { sections } from "./tables.ts";
import { tailsTable } from "./tails_table.ts";

function encoded(...ms: readonly number[]): string {
  const histogram = new Histogram();
  for (const one of ms) histogram.record(one * 1e6);
  return encodeHistogram(histogram);
}

const fast = Array<number>(99).fill(1);
const metric = {
  id: "p99",
  title: "Latency p99",
  unit: "ms",
  better: "lower",
  pooled: { histogram: "serviceTime", statistic: { percentile: 99 } },
} as const;

/** The test result, whose first server was slow for a while in its second round alone. */
function withTail(): Result {
  const [scenario] = RESULT.scenarios;
  const { id: server } = RESULT.servers[0]!;
  const { id: one } = scenario!.cases[0]!;
  const [template] = RESULT.trials.filter(({ state }) => state === "completed");
  const round = (round: number, ...ms: readonly number[]): Trial => ({
    ...template as Extract<Trial, { state: "completed" }>,
    ...{ scenario: scenario!.id, case: one, server, round, trial: round },
    histograms: { serviceTime: encoded(...ms) },
  });
  return {
    ...RESULT,
    scenarios: [{ ...scenario!, metrics: [...scenario!.metrics, metric] }],
    trials: [
      round(1, ...fast, 1),
      round(2, ...fast.slice(4), 50, 50, 50, 50, 50),
      round(3, ...fast, 1),
    ],
  };
}

Deno.test("tailsTable() says what a single round decides", () => {
  const result = withTail();
  const { columns, rows } = tailsTable(result, result.scenarios[0]!)!;
  assert.deepEqual(columns.map(heading), [
    "Case",
    "Server",
    "Metric",
    "All rounds (ms)",
    "Least (ms)",
    "Most (ms)",
    "Heaviest round",
    "Share (%)",
  ]);
  const row = rows.find((one) => one[2]!.value === "Latency p99")!;
  const [value, least, most, heaviest, share] = row.slice(3).map(({ value }) => value as number);
  assert.ok(Math.abs(value! - 50) < 0.1 && Math.abs(least! - 1) < 0.01, `${value} ${least}`);
  assert.ok(Math.abs(most! - 50) < 0.1);
  // Nothing is beyond what is the longest of all.
  assert.deepEqual([heaviest, share], [null, null]);
  assert.equal(formatCell(row[3]!, columns[3]!), "50.0");
});

Deno.test("sections() has it with its scenario, and not where no tail is reported", () => {
  const result = withTail();
  const ids = (one: Result): string[] =>
    sections(one).flatMap(({ tables }) => tables.map(({ id }) => id));
  assert.ok(ids(result).includes(`${result.scenarios[0]!.id}-tails`));
  const [scenario] = RESULT.scenarios;
  assert.equal(tailsTable(RESULT, { ...scenario!, metrics: [] }), undefined);
});
