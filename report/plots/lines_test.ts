import assert from "node:assert/strict";
import type { Plot } from "./chart.ts";
import { linesOf, scaling } from "./lines.ts";
import { changed, dataOf, only, PLOTTED, plotted, SCENARIOS } from "./testdata.ts";

const { scalability, rate } = SCENARIOS;
const WORDS = { kind: "lines", question: "How?" };

/** The points of lines, without those of rounds and without names. */
function pointsIn(plot: Plot): Record<string, unknown>[] {
  return dataOf(plot).filter((datum) => "low" in datum);
}

Deno.test("linesOf() has a point with its interval for each server and case", () => {
  const plot = linesOf(PLOTTED, scalability, scalability.metrics[0]!, "connections", WORDS)!;
  const points = pointsIn(plot);
  assert.equal(points.length, 9);
  assert.deepEqual([points[0]!.server, points[0]!.value], ["Deno.serve", 100_000]);
  assert.match(
    String(points[0]!.description),
    /^0\|Deno\.serve, 1 connection: 100,000 messages\/s; 95 % interval [\d,]+ to [\d,]+; 7 rounds, /,
  );
  assert.ok(points.every(({ low, high }) => low !== null && high !== null));
  assert.match(plot.alt, /At 1 connection: Deno.serve 100,000, ws 50,000, .* At 64 connections:/);
});

Deno.test("linesOf() moves the servers apart, around each place", () => {
  const plot = linesOf(PLOTTED, scalability, scalability.metrics[0]!, "connections", WORDS)!;
  const places = pointsIn(plot).map(({ x }) => x as number).sort((a, b) => a - b);
  assert.equal(new Set(places).size, 9);
  assert.ok(places[0]! < 1 && Math.abs(places[1]! - 1) < 1e-9 && places[2]! > 1);
});

Deno.test("linesOf() names the servers at their lines if the page is wide, and in a legend", () => {
  const plot = linesOf(PLOTTED, scalability, scalability.metrics[0]!, "connections", WORDS)!;
  const { legend, wide, narrow } = plot.page!;
  assert.deepEqual(legend.map(({ server, name }) => [server, name]), [
    [0, "Deno.serve"],
    [1, "ws"],
    [2, "socket.io"],
  ]);
  const named = (spec: unknown): boolean => JSON.stringify(spec).includes('"type":"text"');
  assert.deepEqual([named(wide), named(narrow), named(plot.spec)], [true, false, false]);
});

Deno.test("linesOf() has the interval of a percentile, too", () => {
  const plot = linesOf(PLOTTED, rate, rate.metrics[0]!, "rate", WORDS)!;
  assert.ok(pointsIn(plot).every(({ low, high }) => (low as number) <= (high as number)));
  assert.match(plot.alt, /At 40,000 messages\/s: Deno.serve 1\.49/);
  // As few places as these are all said.
  assert.equal(plot.alt.match(/At [\d,]+ messages\/s:/g)?.length, rate.cases.length);
});

Deno.test("linesOf() says at which value a server is left out", () => {
  const wrong = changed(PLOTTED, (trial) => ({
    integrity: {
      ...trial.integrity,
      lost: trial.server === "ws" && trial.case === "connections=8" ? 1 : 0,
    },
  }));
  const plot = linesOf(wrong, scalability, scalability.metrics[0]!, "connections", WORDS)!;
  assert.equal(pointsIn(plot).length, 8);
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
