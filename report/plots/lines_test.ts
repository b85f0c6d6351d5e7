import assert from "node:assert/strict";
import { linesOf, scaling } from "./lines.ts";
import { changed, dataOf, only, PLOTTED, plotted, SCENARIOS } from "./testdata.ts";

const { scalability, rate } = SCENARIOS;
const WORDS = { kind: "lines", title: "How?" };

Deno.test("linesOf() has a point with its interval for each server and case", () => {
  const plot = linesOf(PLOTTED, scalability, scalability.metrics[0]!, "connections", WORDS)!;
  const points = dataOf(plot);
  assert.equal(points.length, 9);
  assert.deepEqual(points.slice(0, 2).map(({ server, x, value }) => [server, x, value]), [
    ["Deno.serve", 1, 100_000],
    ["ws", 1, 50_000],
  ]);
  assert.ok(points.every(({ low, high }) => low !== null && high !== null));
  assert.match(plot.alt, /At 1 connection: Deno.serve 100,000, ws 50,000, .* At 64 connections:/);
});

Deno.test("linesOf() has the interval of a percentile, too", () => {
  const plot = linesOf(PLOTTED, rate, rate.metrics[0]!, "rate", WORDS)!;
  assert.ok(dataOf(plot).every(({ low, high }) => (low as number) <= (high as number)));
  assert.match(plot.alt, /At 40,000 messages\/s: Deno.serve 1\.49/);
});

Deno.test("linesOf() says at which value a server is left out", () => {
  const wrong = changed(PLOTTED, (trial) => ({
    integrity: {
      ...trial.integrity,
      lost: trial.server === "ws" && trial.case === "connections=8" ? 1 : 0,
    },
  }));
  const plot = linesOf(wrong, scalability, scalability.metrics[0]!, "connections", WORDS)!;
  assert.equal(dataOf(plot).length, 8);
  assert.match(plot.alt, /Not drawn: ws at 8 connections \(wrong replies: 7 lost\)\./);
});

Deno.test("linesOf() is undefined without figures", () => {
  const none = { ...PLOTTED, trials: [] };
  assert.equal(
    linesOf(none, scalability, scalability.metrics[0]!, "connections", WORDS),
    undefined,
  );
});

Deno.test("scaling() draws rate, p99 and CPU time against connections, and p99 against the arrival rate", () => {
  assert.deepEqual(plotted(scaling, PLOTTED).map(({ id }) => id), [
    "rate-lines",
    "scalability-lines",
    "scalability-p99",
    "scalability-cpu",
  ]);
});

Deno.test("scaling() has nothing for a scenario that varies neither", () => {
  assert.deepEqual(plotted(scaling, only("throughput")), []);
});
