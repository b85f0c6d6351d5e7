import assert from "node:assert/strict";
import { Histogram } from "../../measure/record/histogram.ts";
import { percentileDistribution } from "../../measure/record/hdr.ts";
import { HOSTILE_RESULTS } from "../testing/hostile_testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import { render } from "./hgrm.ts";
import { latenciesOf } from "./latencies.ts";

Deno.test("render() of hgrm has a file for each histogram, in its folder, each with another name", () => {
  for (const result of [RESULT, ...HOSTILE_RESULTS]) {
    const paths = render(result).map(({ path }) => path);
    for (const path of paths) assert.match(path, /^hgrm\/\w(?:[\w-]|\.(?!\.))*\.hgrm$/);
    assert.equal(new Set(paths.map((path) => path.toLowerCase())).size, paths.length);
    assert.equal(paths.length, [...latenciesOf(result)].length);
  }
});

Deno.test("percentileDistribution() has what the plotter of HdrHistogram reads: value, percentile, count, 1/(1-p)", () => {
  const histogram = new Histogram();
  for (let ms = 1; ms <= 1000; ms++) histogram.record(ms * 1e6);
  const lines = percentileDistribution(histogram).trimEnd().split("\n");
  assert.equal(
    lines[0]!.trim().split(/\s+/).join(),
    "Value,Percentile,TotalCount,1/(1-Percentile)",
  );
  const rows = lines.filter((line) => /^\s*\d/.test(line)).map((line) =>
    line.trim().split(/\s+/).map(Number)
  );
  const [, , , rest] = rows[0]!;
  assert.equal(rest, 1);
  const middle = rows.find(([, percentile]) => percentile === 0.5)!;
  assert.ok(Math.abs(middle[0]! - 500) < 1, String(middle[0]));
  assert.deepEqual(rows.at(-1)!.slice(1), [1, 1000]);
  // A bucket is 0.1 % wide.
  assert.match(lines.at(-2)!, /^#\[Max {5}= +(?:999|1000)\.\d+, Total count {4}= +1000\]$/);
});
