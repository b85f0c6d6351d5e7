import assert from "node:assert/strict";
import { only, PLOTTED } from "../../plots/testdata.ts";
import { cpuLines, percentileLines, primaryLines } from "./lines.ts";

const [scalability] = only("scalability").scenarios;
const [rate] = only("rate").scenarios;

Deno.test("primaryLines() has the points of each server one after another, against the connections", () => {
  const [chart] = primaryLines(PLOTTED, scalability!);
  assert.deepEqual(chart!.rows.map(({ group, place }) => [group, place]), [
    ...[1, 8, 64].map((place) => ["Deno.serve", place]),
    ...[1, 8, 64].map((place) => ["ws", place]),
    ...[1, 8, 64].map((place) => ["socket.io", place]),
  ]);
  assert.deepEqual(chart!.x, { title: "Connections, log scale", base: 2 });
  assert.deepEqual(chart!.y, { title: "Rate (messages/s)", base: undefined });
});

Deno.test("primaryLines() draws the 99th percentile against the arrival rate", () => {
  const [chart] = primaryLines(PLOTTED, rate!);
  assert.equal(chart!.title, "Latency p99, by arrival rate");
  assert.equal(chart!.x.base, undefined);
});

Deno.test("percentileLines() and cpuLines() are for scenarios whose cases differ in connections", () => {
  assert.deepEqual(percentileLines(PLOTTED, scalability!).map(({ kind }) => kind), ["p99"]);
  assert.deepEqual(cpuLines(PLOTTED, scalability!).map(({ kind }) => kind), ["cpu"]);
  for (const lines of [percentileLines, cpuLines]) {
    assert.deepEqual(lines(PLOTTED, rate!), []);
    const primary = {
      ...scalability!,
      metrics: scalability!.metrics.slice(lines === cpuLines ? 2 : 1),
    };
    assert.deepEqual(lines(PLOTTED, primary), []);
  }
});

Deno.test("primaryLines() says at which place a server is left out", () => {
  const trials = PLOTTED.trials.filter((one) =>
    one.scenario !== "scalability" || one.server !== "ws" || one.case !== "connections=8"
  );
  const [chart] = primaryLines({ ...PLOTTED, trials }, scalability!);
  assert.equal(chart!.rows.length, 8);
  assert.match(chart!.note, /Not drawn: ws at 8 \(no trial of this case has run\)\.$/);
});
