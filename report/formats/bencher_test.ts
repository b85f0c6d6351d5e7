import assert from "node:assert/strict";
import { z } from "zod";
import { HOSTILE_RESULTS } from "../testing/hostile_testdata.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import { render } from "./bencher.ts";
import { soundFigures } from "./sound.ts";
import { textOf } from "./testing/rendered.ts";

/** https://bencher.dev/bmf.json, and the longest names by https://bencher.dev/docs/reference/bencher-metric-format/ */
const BMF = z.record(
  z.string().min(1).max(1024),
  z.record(
    z.string().min(1).max(64),
    z.strictObject({
      value: z.number(),
      lower_value: z.number().optional(),
      upper_value: z.number().optional(),
    }),
  ),
);

Deno.test("render() of bencher gives what the schema of Bencher allows", () => {
  for (const result of [RESULT, ROUNDS, ...HOSTILE_RESULTS]) {
    BMF.parse(JSON.parse(textOf(render(result))));
  }
});

Deno.test("render() of bencher has the figures with the ends of their intervals, and no other", () => {
  const read = BMF.parse(JSON.parse(textOf(render(ROUNDS))));
  const metrics = Object.values(read).flatMap((measures) => Object.values(measures));
  const figures = soundFigures(ROUNDS).toSorted((a, b) => a.value - b.value);
  assert.deepEqual(
    metrics.toSorted((a, b) => a.value - b.value)
      .map(({ value, lower_value, upper_value }) => [value, lower_value, upper_value]),
    figures.map(({ value, interval }) => [value, interval?.low, interval?.high]),
  );
  assert.ok(metrics.some(({ lower_value }) => lower_value !== undefined));
});

Deno.test("render() of bencher leaves out what replied wrongly or was not measured", () => {
  const read = BMF.parse(JSON.parse(textOf(render(RESULT))));
  const names = Object.keys(read);
  assert.ok(names.includes("ws.echo[connections=64,inFlight=16,size=1024]"));
  assert.ok(!names.some((name) => name.startsWith("socketio.echo[connections=64")));
  assert.ok(!names.some((name) => name.startsWith("socketio.connect")));
});
