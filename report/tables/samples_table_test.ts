import assert from "node:assert/strict";
import type { LatencySamples, Result, Trial } from "../../measure/model/result.ts";
import { sampledTrials, samplePages, samplesTable } from "./samples_table.ts";
import { formatCell } from "./table.ts";
import { RESULT } from "../testing/testdata.ts";

function withSamples(...each: readonly (LatencySamples | undefined)[]): Result {
  const trials = RESULT.trials.filter(({ state }) => state === "completed").slice(0, each.length);
  return {
    ...RESULT,
    trials: trials.map((trial, index): Trial => {
      const samples = each[index];
      return trial.state === "failed" || samples === undefined ? trial : { ...trial, samples };
    }),
  };
}

function samples(every: number, ...latencyMs: number[]): LatencySamples {
  return { every, atMs: latencyMs.map((_, index) => index * 10), latencyMs };
}

const noteOf = (result: Result): string => samplesTable(result, []).note ?? "";

Deno.test("samplesTable() says how many latencies of how many messages were kept", () => {
  assert.match(
    noteOf(withSamples(samples(37, 1, 2), samples(37, 3), undefined)),
    /^Latencies kept: 3 of the 7,330 messages .* of 2 trials: every 37th message\. /,
  );
  assert.match(noteOf(withSamples(samples(1, 1))), /1 trial: every message\. /);
  assert.match(
    noteOf(withSamples(samples(12, 1), samples(401, 2), samples(22, 2))),
    /: every 12th to every 401st message, by trial\. /,
  );
});

Deno.test("samplesTable() has no rows if nothing was kept", () => {
  const { rows, empty } = samplesTable(RESULT, []);
  assert.deepEqual(rows, []);
  assert.equal(empty, "No latencies of single messages were kept.");
  assert.deepEqual(sampledTrials(withSamples(samples(5))), []);
});

Deno.test("samplesTable() has a row for each range, with its largest figures", () => {
  const result = withSamples(samples(2, 0.5, 7.25, 3));
  const [pages] = samplePages(result, 100);
  const { rows, columns } = samplesTable(result, pages!);
  assert.deepEqual(rows.map((row) => row.map((cell, at) => formatCell(cell, columns[at]!))), [
    [
      "1",
      "Deno.serve",
      "Echo rate",
      "1 connection × 1 in flight, 16 B",
      "1",
      "3",
      "20.000",
      "7.2500",
    ],
  ]);
});

Deno.test("samplePages() fills a page before the next, even in the middle of a trial", () => {
  const pages = samplePages(withSamples(samples(1, 1, 2, 3), samples(1, 4, 5, 6, 7)), 2);
  assert.deepEqual(
    pages.map((page) => page.map(({ trial, from, to }) => [trial.trial, from, to])),
    [[[1, 0, 2]], [[1, 2, 3], [2, 0, 1]], [[2, 1, 3]], [[2, 3, 4]]],
  );
  assert.deepEqual(samplePages(RESULT, 2), []);
});
