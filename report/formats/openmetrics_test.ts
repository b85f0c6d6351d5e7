import assert from "node:assert/strict";
import { RESULT } from "../testing/testdata.ts";
import type { Family } from "./families.ts";
import { openMetricsText, render } from "./openmetrics.ts";
import { textOf } from "./testing/rendered.ts";
import { baseUnit } from "./units.ts";

const gauge: Family = {
  name: "rate",
  type: "gauge",
  unit: baseUnit("1/s"),
  help: 'A "rate" \\ of\nlines.',
  points: [{ labels: { server: 'a"b\\c\nd' }, value: 1.5 }, { labels: {}, value: 2 }],
};

Deno.test("openMetricsText() escapes labels and help, and ends with # EOF", () => {
  assert.equal(
    openMetricsText([gauge, { ...gauge, name: "none", points: [] }]),
    `# TYPE wsmark_rate_per_second gauge
# UNIT wsmark_rate_per_second per_second
# HELP wsmark_rate_per_second A \\"rate\\" \\\\ of\\nlines.
wsmark_rate_per_second{server="a\\"b\\\\c\\nd"} 1.5
wsmark_rate_per_second 2.0
# EOF
`,
  );
});

Deno.test("openMetricsText() counts buckets up to their bounds", () => {
  const value = { bounds: [0.1, 1], counts: [2, 3, 1], count: 6, sum: 4.5, min: 0.05, max: 2 };
  const text = openMetricsText([{
    name: "time",
    type: "histogram",
    unit: baseUnit("s"),
    help: "T.",
    points: [{ labels: {}, value }],
  }]);
  assert.deepEqual(text.split("\n").slice(3, -2), [
    'wsmark_time_seconds_bucket{le="0.1"} 2.0',
    'wsmark_time_seconds_bucket{le="1.0"} 5.0',
    'wsmark_time_seconds_bucket{le="+Inf"} 6.0',
    "wsmark_time_seconds_count 6.0",
    "wsmark_time_seconds_sum 4.5",
  ]);
});

Deno.test("render() of openmetrics has no metric twice with the same labels", () => {
  const names = textOf(render(RESULT)).split("\n").filter((line) => /^\w/.test(line))
    .map((line) => line.replace(/ \S+$/, ""));
  assert.equal(new Set(names).size, names.length);
});
