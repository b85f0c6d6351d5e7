import assert from "node:assert/strict";
import { bars, barsOf, caseNames, roundsIn } from "./bars.ts";
import type { Plot } from "./chart.ts";
import { changed, dataOf, PLOTTED, plotted, SCENARIOS } from "./testdata.ts";

const { throughput } = SCENARIOS;
const RATE = throughput.metrics[0]!;
const WORDS = { kind: "bars", question: "How many?", isSmall: false };

/** The bars and what is said instead of them, of all cases. */
function barsIn(plot: Plot): Record<string, unknown>[] {
  return dataOf(plot).filter((datum) => "value" in datum);
}

Deno.test("barsOf() draws a bar with its interval for each sound server, in every case", () => {
  const plot = barsOf(PLOTTED, throughput, RATE, WORDS)!;
  const drawn = barsIn(plot);
  assert.equal(drawn.length, 6);
  const [first] = drawn;
  assert.equal(first!.server, "Deno.serve");
  assert.equal(first!.value, 100_000);
  assert.ok((first!.low as number) < 100_000 && (first!.high as number) > 100_000);
  assert.equal(first!.text, "100,000");
});

Deno.test("barsOf() says why there is no bar", () => {
  const plot = barsOf(PLOTTED, throughput, RATE, WORDS)!;
  const gaps = barsIn(plot).filter(({ value }) => value === null);
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
  assert.ok(barsIn(plot).every(({ low }) => low === null));
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

Deno.test("barsOf() says of each bar whose it is, its figure, interval and rounds, and the case", () => {
  const [first] = barsIn(barsOf(PLOTTED, throughput, RATE, WORDS)!);
  assert.match(
    String(first!.description),
    /^0\|Deno\.serve: 100,000 messages\/s; 95 % interval [\d,]+ to [\d,]+; 7 rounds, 96,079 to 104,081; connections=16,size=64$/,
  );
  assert.equal(first!.whose, "0|");
});

Deno.test("barsOf() has the best of many servers at the top", () => {
  const [server] = PLOTTED.servers;
  const many = {
    ...PLOTTED,
    servers: Array.from(
      { length: 9 },
      (_, index) => ({ ...server!, id: `s${index}`, title: `s${index}` }),
    ),
    trials: PLOTTED.trials.flatMap((trial) =>
      trial.state === "completed" && trial.server === "ws"
        ? Array.from({ length: 9 }, (_, index) => (
          { ...trial, server: `s${index}`, metrics: { ...trial.metrics, rate: 10 + index } }
        ))
        : []
    ),
  };
  const text = JSON.stringify(barsOf(many, throughput, RATE, WORDS)!.spec);
  assert.match(text, /"sort":\["s8","s7",/);
});

Deno.test("barsOf() gives each case its own axis if they are too different", () => {
  const axes = (factor: number): number => {
    const result = changed(PLOTTED, (trial) => (
      { metrics: trial.case.includes("16384") ? { rate: 9 * factor } : { rate: 9 } }
    ));
    const text = JSON.stringify(barsOf(result, throughput, RATE, WORDS)!.spec);
    return new Set(text.match(/"domain":\[0,[^\]]*\]/g)).size;
  };
  assert.deepEqual([axes(2), axes(9)], [1, 2]);
});

Deno.test("barsOf() does not let one round squash all bars, and says so", () => {
  const result = changed(PLOTTED, ({ metrics, round }) => (
    { metrics: round === 1 ? { ...metrics, rate: 9e9 } : metrics }
  ));
  const plot = barsOf(result, throughput, RATE, WORDS)!;
  assert.match(plot.page!.note, /Some rounds or intervals go beyond the axis\./);
  assert.ok(dataOf(plot).every(({ round }) => round !== 9e9));
});

Deno.test("barsOf() draws two that belong together for half a page only", () => {
  assert.equal(
    barsOf(PLOTTED, throughput, RATE, { ...WORDS, isSmall: true })!.page!.wide,
    undefined,
  );
  assert.notEqual(barsOf(PLOTTED, throughput, RATE, WORDS)!.page!.wide, undefined);
});

Deno.test("roundsIn() has points only of a few rounds", () => {
  const rounds = (length: number) =>
    Array.from({ length }, (_, round) => ({ round, value: round + 1 }));
  assert.deepEqual(roundsIn(rounds(1), RATE), { rounds: [], says: [] });
  assert.deepEqual(roundsIn(rounds(2), RATE, 0), { rounds: [1, 2], says: ["2 rounds, 1 to 2"] });
  assert.deepEqual(roundsIn(rounds(31), RATE, 0), { rounds: [], says: ["31 rounds, 1 to 31"] });
});

Deno.test("bars() draws what is not drawn as lines, and the CPU time beside it", () => {
  const plots = plotted(bars, PLOTTED);
  assert.deepEqual(plots.map(({ id }) => id), [
    "latency-bars",
    "latency-cpu",
    "throughput-bars",
    "throughput-cpu",
    "rate-cpu",
    "capacity-bars",
    "capacity-cpu",
  ]);
  const full = plots.filter(({ page }) => page!.wide !== undefined).map(({ id }) => id);
  assert.deepEqual(full, ["rate-cpu"]);
});
