import assert from "node:assert/strict";
import { seededRandom } from "../record/random.ts";
import { type Rates, type Scaling, scalingOf } from "./scaling.ts";
import { throughputOf, type Usl } from "./usl.ts";

const NUMBERS = [1, 8, 64, 256, 1024];
const LAW: Usl = { alpha: 0.05, beta: 2e-5, gamma: 9000 };

/** Rounds of a server that follows the law, each rate up to so much above or below it. */
function roundsOf(law: Usl, count: number, spread: number, seed: number): Rates[] {
  const random = seededRandom(seed);
  return NUMBERS.map((n) => ({
    n,
    rates: Array.from(
      { length: count },
      () => throughputOf(law, n) * (1 + spread * (2 * random() - 1)),
    ),
  }));
}

function scaled(all: readonly Rates[]): Scaling {
  const scaling = scalingOf(all);
  assert.ok(!("why" in scaling), JSON.stringify(scaling));
  return scaling;
}

Deno.test("scalingOf() finds the law of a server, and the peak with an interval that holds it", () => {
  const { model, missedBy, peak, intervals } = scaled(roundsOf(LAW, 10, 0.02, 1));
  assert.ok(Math.abs(model.alpha / LAW.alpha - 1) < 0.1, JSON.stringify(model));
  assert.ok(missedBy < 0.02, `${missedBy}`);
  const truth = Math.sqrt((1 - LAW.alpha) / LAW.beta);
  assert.ok(Math.abs(peak! / truth - 1) < 0.1, `${peak} ${truth}`);
  assert.ok(intervals!.peak.low < truth && truth < intervals!.peak.high, JSON.stringify(intervals));
});

Deno.test("intervals of scalingOf() hold the law's coefficients in 19 of 20 runs", () => {
  const RUNS = 60;
  const held = { alpha: 0, beta: 0 };
  for (let seed = 1; seed <= RUNS; seed++) {
    const { intervals } = scaled(roundsOf(LAW, 10, 0.05, seed));
    for (const name of ["alpha", "beta"] as const) {
      const { low, high } = intervals![name];
      if (low <= LAW[name] && LAW[name] <= high) held[name]++;
    }
  }
  // 96 to 98 % of 300 runs; so few may be short of that.
  for (const count of Object.values(held)) assert.ok(count / RUNS > 0.85, JSON.stringify(held));
});

Deno.test("scalingOf() names no peak where more connections always get more done", () => {
  const law = { ...LAW, beta: 0 };
  const { peak, intervals } = scaled(roundsOf(law, 10, 0.02, 3));
  assert.equal(peak, undefined);
  assert.ok(intervals!.peak.high > 1024);
});

Deno.test("scalingOf() gives no intervals for few rounds, and a peak only within what was measured", () => {
  const few = scaled(roundsOf(LAW, 3, 0.02, 1));
  assert.equal(few.intervals, undefined);
  assert.ok(few.peak! > 100 && few.peak! < 1024);
  assert.equal(scaled(roundsOf({ ...LAW, beta: 1e-7 }, 3, 0, 1)).peak, undefined);
});

Deno.test("scalingOf() says why it gives no law", () => {
  assert.deepEqual(scalingOf(roundsOf(LAW, 10, 0, 1).slice(1)), {
    why: "needs 5 numbers of connections at least, has 4",
  });
  assert.deepEqual(scalingOf(NUMBERS.map((n) => ({ n, rates: [0, 0] }))), {
    why: "nothing was answered",
  });
  const jagged = NUMBERS.map((n, index) => ({ n, rates: [index % 2 === 0 ? 1000 * n : 10] }));
  assert.match((scalingOf(jagged) as { why: string }).why, /^the law misses the rates by \d+ %$/);
});
