import assert from "node:assert/strict";
import { probes } from "./probes.ts";
import { changed, dataOf, PLOTTED, plotted } from "./testdata.ts";

Deno.test("probes() has the answered probes, the sustained rate and the limit", () => {
  const [plot, ...others] = plotted(probes, PLOTTED);
  assert.deepEqual(others, []);
  const data = dataOf(plot!);
  const count = (test: (datum: Record<string, unknown>) => boolean): number =>
    data.filter(test).length;
  assert.equal(count(({ shape }) => shape === "passed"), 21);
  assert.equal(count(({ shape }) => shape === "failed"), 21);
  assert.equal(count(({ kind }) => kind === "mark"), 3);
  assert.equal(count(({ y }) => y === 10), 3);
  assert.match(
    plot!.alt,
    /Deno\.serve: 100,000 messages\/s \(95 % interval [\d,]+ to [\d,]+\); ws:/,
  );
  assert.match(plot!.alt, /Probes without a reply, not drawn: 21\./);
});

Deno.test("probes() says that no rate was sustained", () => {
  const none = changed(PLOTTED, ({ metrics, server }) => ({
    metrics: server === "ws" ? { ...metrics, capacity: { absent: "none" } } : metrics,
  }));
  const [plot] = plotted(probes, none);
  assert.match(plot!.alt, /ws: no arrival rate was sustained/);
  assert.equal(dataOf(plot!).filter(({ kind }) => kind === "mark").length, 2);
});

Deno.test("probes() leaves out a server whose probes had no reply", () => {
  const silent = changed(
    PLOTTED,
    ({ capacity, server }) =>
      capacity === undefined || server !== "ws" ? {} : {
        capacity: {
          ...capacity,
          probes: capacity.probes.map((probe) => ({ ...probe, p99Ms: null })),
        },
      },
  );
  assert.match(plotted(probes, silent)[0]!.alt, /Not drawn: ws \(no probe had a reply\)/);
});

Deno.test("probes() has nothing without searches", () => {
  assert.deepEqual(plotted(probes, { ...PLOTTED, trials: [] }), []);
});
