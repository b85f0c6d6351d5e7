import assert from "node:assert/strict";
import { COMMITTED, figureOf, runsOf } from "./testdata.ts";
import { historyRun, seriesOf } from "./series.ts";

Deno.test("seriesOf() finds the run of a change, what it means, and what else was new there", () => {
  const runs = runsOf(30, (index) => ({
    value: index < 18 ? 100 : 92,
    versions: { Deno: index < 18 ? "2.9.5" : "2.9.6" },
  }));
  const [series] = seriesOf(runs.toReversed());
  assert.equal(series!.points.length, 30);
  const [change, ...others] = series!.changes;
  assert.deepEqual(others, []);
  assert.equal(change!.index, 18);
  assert.equal(change!.way, "worse");
  assert.ok(Math.abs(change!.ratio - 0.92) < 0.01);
  assert.deepEqual(change!.others, ["Deno 2.9.5 → 2.9.6"]);
  assert.equal(series!.points[18]!.run.commit, runs[18]!.commit);
});

Deno.test("seriesOf() never joins runs of different machines", () => {
  const runs = runsOf(30, (index) => ({
    value: index < 15 ? 100 : 50,
    machine: index < 15 ? "one" : "another",
  }));
  const series = seriesOf(runs);
  // That of the newest run comes first.
  assert.deepEqual(series.map(({ machine, points }) => [machine, points.length]), [
    ["another", 15],
    ["one", 15],
  ]);
  assert.deepEqual(series.flatMap(({ changes }) => changes), []);
});

Deno.test("seriesOf() finds nothing in seven runs, and no change below one per cent", () => {
  assert.deepEqual(
    seriesOf(runsOf(7, (index) => ({ value: index < 4 ? 100 : 10 })))[0]!.changes,
    [],
  );
  const small = runsOf(40, (index) => ({ value: index < 20 ? 100 : 100.5, noise: 0.01 }));
  assert.deepEqual(seriesOf(small)[0]!.changes, []);
});

Deno.test("seriesOf() says of a figure without a better way only that it changed, and takes 0 as it is", () => {
  const runs = runsOf(20, (index) => ({
    figures: [
      { ...figureOf(index < 10 ? 10 : 20), metric: { ...figureOf(1).metric, better: "none" } },
      { ...figureOf(index < 10 ? 0 : 20), key: "from 0" },
    ],
  }));
  const [plain, fromZero] = seriesOf(runs);
  assert.deepEqual(plain!.changes.map(({ way }) => way), ["other"]);
  assert.deepEqual(fromZero!.changes, []);
});

Deno.test("historyRun() keeps the figures of a result, its commit, its machine and its versions", () => {
  const run = historyRun("results/a", COMMITTED);
  assert.equal(run.name, "results/a");
  assert.equal(run.commit, "0123456789abcdef0123456789abcdef01234567");
  assert.equal(run.isChanged, true);
  assert.equal(run.machine, "A processor, 16 GiB, engine epoll, 0.4 s after 0.25 s");
  assert.equal(run.versions.Deno, "2.9.6");
  assert.ok(run.figures.length > 0);
  assert.ok(run.figures.every(({ value }) => Number.isFinite(value)));
  assert.equal(new Set(run.figures.map(({ key }) => key)).size, run.figures.length);
});
