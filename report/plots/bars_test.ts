import assert from "node:assert/strict";
import { barsOf, caseNames, cpuBars, primaryBars } from "./bars.ts";
import { changed, dataOf, PLOTTED, plotted, SCENARIOS } from "./testdata.ts";

const { throughput } = SCENARIOS;
const RATE = throughput.metrics[0]!;
const WORDS = { kind: "bars", title: "How many?" };

Deno.test("barsOf() draws a bar with its interval for each sound server, in every case", () => {
  const plot = barsOf(PLOTTED, throughput, RATE, WORDS)!;
  const bars = dataOf(plot);
  assert.equal(bars.length, 6);
  const [first] = bars;
  assert.equal(first!.server, "Deno.serve");
  assert.equal(first!.value, 100_000);
  assert.ok((first!.low as number) < 100_000 && (first!.high as number) > 100_000);
  assert.equal(first!.text, "100,000");
});

Deno.test("barsOf() says why there is no bar", () => {
  const plot = barsOf(PLOTTED, throughput, RATE, WORDS)!;
  const gaps = dataOf(plot).filter(({ value }) => value === null);
  assert.deepEqual(gaps.map(({ server, text }) => [server, text]), [
    ["socket.io", "wrong replies"],
    ["socket.io", "failed"],
  ]);
  assert.match(
    plot.alt,
    /Not drawn: socket.io \(wrong replies: 49 lost\) and socket.io \(7 trials/,
  );
});

Deno.test("barsOf() describes the figures with their intervals", () => {
  const { alt } = barsOf(PLOTTED, throughput, RATE, WORDS)!;
  assert.match(alt, /^Rate \(messages\/s\), 95 % intervals in brackets\. connections=16,size=64: /);
  assert.match(alt, /Deno\.serve 100,000 \([\d,]+ to [\d,]+\), ws 50,000/);
});

Deno.test("barsOf() shows no interval if there are too few rounds", () => {
  const few = { ...PLOTTED, trials: PLOTTED.trials.filter(({ round }) => round < 3) };
  const plot = barsOf(few, throughput, RATE, WORDS)!;
  assert.ok(dataOf(plot).every(({ low }) => low === null));
  assert.doesNotMatch(plot.alt + JSON.stringify(plot.spec.title), /interval/);
});

Deno.test("barsOf() is undefined without figures", () => {
  assert.equal(barsOf({ ...PLOTTED, trials: [] }, throughput, RATE, WORDS), undefined);
});

Deno.test("barsOf() leaves room for a figure below zero", () => {
  const less = changed(PLOTTED, ({ metrics }) => ({ metrics: { ...metrics, rate: -5 } }));
  const text = JSON.stringify(barsOf(less, throughput, RATE, WORDS)!.spec);
  assert.match(text, /"domain":\[-5,/);
});

Deno.test("caseNames() tells cases of the same title apart", () => {
  const [one] = throughput.cases;
  assert.deepEqual(caseNames({ ...throughput, cases: [one!, one!] }), [
    "connections=16,size=64",
    "connections=16,size=64 (2)",
  ]);
});

Deno.test("primaryBars() draws what is not drawn as lines", () => {
  assert.deepEqual(plotted(primaryBars, PLOTTED).map(({ id }) => id), [
    "latency-bars",
    "throughput-bars",
    "capacity-bars",
  ]);
});

Deno.test("cpuBars() draws the CPU time of every scenario without lines against connections", () => {
  assert.deepEqual(plotted(cpuBars, PLOTTED).map(({ id }) => id), [
    "latency-cpu",
    "throughput-cpu",
    "rate-cpu",
    "capacity-cpu",
  ]);
});
