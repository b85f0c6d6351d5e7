import assert from "node:assert/strict";
import { z } from "zod";
import type { Result } from "../../measure/model/result.ts";
import type { Check } from "../format.ts";
import { HOSTILE_RESULTS } from "../testing/hostile_testdata.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import { render } from "./k6.ts";
import { textOf } from "./testing/rendered.ts";

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const semver = z.string().regex(
  /^\d+\.\d+\.\d+(?:-[\da-zA-Z-]+(?:\.[\da-zA-Z-]+)*)?(?:\+[\da-zA-Z-]+(?:\.[\da-zA-Z-]+)*)?$/,
);
const metric = <Type extends string, Values extends z.ZodType>(type: Type, values: Values) =>
  z.strictObject({
    name: z.string(),
    type: z.literal(type),
    contains: z.enum(["default", "time", "data"]),
    values,
  });
const METRIC = z.discriminatedUnion("type", [
  metric("counter", z.strictObject({ count: z.number().min(0) })),
  metric("gauge", z.strictObject({ value: z.number(), min: z.number(), max: z.number() })),
  metric("rate", z.strictObject({ matches: count, total: count, rate: share })),
  metric(
    "trend",
    z.strictObject({
      avg: z.number().optional(),
      min: z.number().optional(),
      med: z.number().optional(),
      max: z.number().optional(),
      "p(90)": z.number().optional(),
      "p(95)": z.number().optional(),
    }),
  ),
]);

/** https://github.com/grafana/k6-summary, schemas 1.0.0, as k6 itself reads them strictly (`UnmarshalJSONStrict`). */
const SUMMARY = z.strictObject({
  version: semver,
  metadata: z.strictObject({ generatedAt: z.iso.datetime(), k6Version: semver }),
  config: z.strictObject({
    execution: z.enum(["local", "cloud"]),
    script: z.string().optional(),
    duration: z.number().min(0),
  }),
  results: z.strictObject({
    metrics: z.array(METRIC),
    checks: z.strictObject({
      metrics: z.array(METRIC).optional(),
      results: z.array(z.strictObject({ name: z.string(), passes: count, fails: count }))
        .optional(),
    }).optional(),
  }),
});

const check = (holds: boolean): Check => ({
  assertion: "echo.rate > 1",
  server: "ws",
  scenario: "echo",
  case: "connections=1",
  holds,
  said: "",
});

/** As runs are: the counts of the test data are shares of rates. */
function whole(result: Result): Result {
  return JSON.parse(
    JSON.stringify(
      result,
      (key, value) => ["sent", "replies", "answered"].includes(key) ? Math.round(value) : value,
    ),
  );
}

Deno.test("render() of k6 gives what the schema of k6's summary allows", () => {
  for (const result of [RESULT, ROUNDS, ...HOSTILE_RESULTS]) {
    SUMMARY.parse(JSON.parse(textOf(render(whole(result), [check(true)]))));
  }
});

Deno.test("render() of k6 has counts, latencies, figures and wrong replies of each case", () => {
  const { results } = SUMMARY.parse(JSON.parse(textOf(render(whole(RESULT)))));
  const of = (name: string) => results.metrics.find((one) => one.name === name)?.values;
  const place = "{server:socketio,scenario:echo,case:connections=64,inFlight=16,size=1024}";
  assert.deepEqual(of(`ws_msgs_received${place}`), { count: 38_000 + 37_450 });
  assert.deepEqual(of(`wrong_replies${place}`), { matches: 9, rate: 9 / 75_450, total: 75_450 });
  assert.equal(of(`service_time${place}`), undefined, "its replies were wrong");
  const trend = of("ws_connecting{server:ws,scenario:connect,case:concurrency=8}");
  assert.ok(trend !== undefined && "med" in trend && trend.min! < trend.med!);
  assert.equal(results.checks, undefined);
});

Deno.test("render() of k6 counts checks that passed and failed", () => {
  const { results: { checks } } = SUMMARY.parse(
    JSON.parse(textOf(render(whole(RESULT), [check(true), check(false), check(true)]))),
  );
  assert.deepEqual(checks!.results!.map(({ passes, fails }) => [passes, fails]), [
    [1, 0],
    [0, 1],
    [1, 0],
  ]);
  assert.deepEqual(checks!.metrics!.map(({ values }) => values), [
    { count: 3 },
    { matches: 2, rate: 2 / 3, total: 3 },
    { matches: 1, rate: 1 / 3, total: 3 },
  ]);
});
