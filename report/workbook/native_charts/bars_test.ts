import assert from "node:assert/strict";
import { only, PLOTTED } from "../../plots/testdata.ts";
import { cpuBars, primaryBars } from "./bars.ts";
import type { NativeChart } from "./chart.ts";

const [throughput] = only("throughput").scenarios;
const titlesOf = (charts: readonly NativeChart[]): string[] => charts.map(({ title }) => title);

Deno.test("primaryBars() has a heading for each case and a row with an interval for each sound server", () => {
  const [chart, ...others] = primaryBars(PLOTTED, throughput!);
  assert.deepEqual(others, []);
  assert.deepEqual(chart!.rows.map(({ group, place, value }) => [group, place, value === null]), [
    ["connections=16,size=64", "connections=16,size=64:", true],
    ["connections=16,size=64", "Deno.serve", false],
    ["connections=16,size=64", "ws", false],
    ["connections=16,size=16384", "connections=16,size=16384:", true],
    ["connections=16,size=16384", "Deno.serve", false],
    ["connections=16,size=16384", "ws", false],
  ]);
  const { value, error } = chart!.rows[2]!;
  assert.ok(Math.abs(value! - 50_000) < 1);
  assert.ok(error!.minus > 0 && error!.plus > error!.minus);
  assert.deepEqual(chart!.rows.map(({ server }) => server), [0, 0, 1, 0, 0, 1]);
  assert.match(
    chart!.note,
    /^Geometric mean of 7 rounds; higher is better\. .* Not drawn: socket\.io/,
  );
});

Deno.test("primaryBars() names a single case in its note", () => {
  const [chart] = primaryBars(PLOTTED, only("latency").scenarios[0]!);
  assert.deepEqual(chart!.rows.map(({ place }) => place), ["Deno.serve", "ws", "socket.io"]);
  assert.equal(chart!.title, "Latency p99");
  assert.match(chart!.note, /^connections=1\. /);
});

Deno.test("primaryBars() divides cases among charts if there are too many bars for one", () => {
  const cases = Array.from({ length: 20 }, (_, index) => (
    { ...throughput!.cases[0]!, title: `case ${index + 1}` }
  ));
  const charts = primaryBars(PLOTTED, { ...throughput!, cases });
  assert.deepEqual(titlesOf(charts), ["Rate, by case (1 of 2)", "Rate, by case (2 of 2)"]);
  assert.deepEqual(charts.map(({ rows }) => rows.length), [54, 6]);
});

Deno.test("primaryBars() leaves cases that differ in connections or the rate to lines", () => {
  for (const id of ["scalability", "rate"] as const) {
    assert.deepEqual(primaryBars(PLOTTED, only(id).scenarios[0]!), []);
  }
});

Deno.test("cpuBars() shows CPU time unless it is drawn otherwise", () => {
  const shown = PLOTTED.scenarios.filter((one) => cpuBars(PLOTTED, one).length > 0);
  assert.deepEqual(shown.map(({ id }) => id), ["latency", "throughput", "rate", "capacity"]);
  const cpu = { ...throughput!, metrics: throughput!.metrics.slice(2) };
  assert.deepEqual(cpuBars(PLOTTED, cpu), []);
});
