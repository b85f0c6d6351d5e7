import assert from "node:assert/strict";
import type { SampledTrial } from "../tables/samples_table.ts";
import { RESULT } from "../testing/testdata.ts";
import { sampleRows, sampleSheets } from "./workbook.ts";

const TRIAL = {
  ...RESULT.trials[0],
  samples: { every: 2, atMs: [1.5, 2.5, 3.5], latencyMs: [0.25, Number.NaN, 0.75] },
} as SampledTrial;

const RESULT_OF_ONE = { ...RESULT, trials: [TRIAL] };

Deno.test("sampleRows() has a row for each sample of a range, with the look of its trial", () => {
  const ranges = [{ trial: TRIAL, from: 1, to: 3 }, { trial: TRIAL, from: 0, to: 1 }];
  const rows = [...sampleRows(ranges)].map(({ look, values }) => [look, ...values.slice(5)]);
  assert.deepEqual(rows, [[0, 2, 2.5, NaN], [0, 3, 3.5, 0.75], [1, 1, 1.5, 0.25]]);
});

Deno.test("sampleSheets() give a run at least one sheet and number the others", () => {
  const titles = (size: number): string[] =>
    sampleSheets(RESULT_OF_ONE, size).map(({ table }) => table.title);
  assert.deepEqual(titles(3), ["Samples"]);
  assert.deepEqual(titles(1), ["Samples", "Samples 2", "Samples 3"]);
  assert.deepEqual(sampleSheets(RESULT).map(({ ranges }) => ranges), [[]]);
});
