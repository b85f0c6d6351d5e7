import assert from "node:assert/strict";
import { exponential } from "../simulation/knee/queue.ts";
import type { CompletedTrial, Curve, IntegrityCounts } from "../../measure/model/result.ts";
import { seededRandom } from "../../measure/record/random.ts";
import { answeredOf, curveFindings, inTimeOf, shortFindings } from "./overload.ts";
import { turns } from "./server.ts";

Deno.test("turns() serves one after another, and leaves out what finds too many waiting", () => {
  const short = turns(2, 1);
  // The one that is served, one that waits, one too many; then there is room again.
  assert.deepEqual([0, 1, 1.5, 2, 10].map(short), [2, 4, NaN, 6, 12]);
  const long = turns(2);
  assert.deepEqual([0, 0, 0, 7].map(long), [2, 4, 6, 9]);
});

for (const load of [0.5, 1, 2]) {
  Deno.test(`answeredOf() is the share that turns() serves of Poisson arrivals: load ${load}`, () => {
    const random = seededRandom(1);
    const turn = turns(1, 1);
    const messages = 100_000;
    let [at, served] = [0, 0];
    for (let message = 0; message < messages; message++) {
      at += exponential(random) / load;
      if (!Number.isNaN(turn(at))) served++;
    }
    // Three standard deviations.
    assert.ok(Math.abs(served / messages - answeredOf(load)) < 0.005, `${served / messages}`);
  });
}

Deno.test("inTimeOf() is what arrives before the queue takes 10 ms: a fortieth of a window at twice the capacity", () => {
  assert.equal(inTimeOf(2), 0.025);
  assert.equal(inTimeOf(1.25), 0.1);
});

const point = {
  way: "overload",
  rate: 20_000,
  sentShare: 1,
  answered: 10_000,
  inTime: 500,
  p50Ms: 200,
  p99Ms: 400,
  p999Ms: 400,
  lost: 0,
  cpuShare: null,
  memory: null,
} as const;
const curve: Curve = {
  closedRate: 9000,
  limitMs: 10,
  points: [point],
  recovery: {
    rate: 5000,
    overloadRate: 20_000,
    overloadMs: 400,
    beforeP99Ms: 0.3,
    recoveredMs: 800,
    watchedMs: 2400,
  },
};

function found(most: number, knee: number, one: Curve) {
  return [...curveFindings({ metrics: { most, knee }, curve: one } as unknown as CompletedTrial)];
}

const verdicts = (findings: { holds: boolean }[]): boolean[] => findings.map(({ holds }) => holds);

Deno.test("overload holds where throughput, knee, goodput and the way back are those of the arithmetic", () => {
  assert.deepEqual(verdicts(found(10_000, 4600, curve)), [true, true, true, true]);
});

Deno.test("overload fails where one of them is not, and only that", () => {
  const more = found(12_000, 4600, curve);
  assert.deepEqual(verdicts(more), [false, true, true, true]);
  assert.equal(more[0]!.isExcusable, false);
  const less = found(8000, 4600, curve);
  assert.equal(less[0]!.isExcusable, true);
  assert.deepEqual(verdicts(found(10_000, 9900, curve)), [true, false, true, true]);
  const intact = { ...curve, points: [{ ...point, inTime: 9000 }] };
  assert.deepEqual(verdicts(found(10_000, 4600, intact)), [true, true, false, true]);
  const early = { ...curve, recovery: { ...curve.recovery!, recoveredMs: 100 } };
  assert.deepEqual(verdicts(found(10_000, 4600, early)), [true, true, true, false]);
  const never = found(10_000, 4600, { ...curve, recovery: null });
  assert.equal(never.at(-1)!.measured, "none");
});

Deno.test("overload fails where a short queue loses more than it must, or less, or is slow", () => {
  const verdict = (lost: number): boolean => {
    const integrity = { sent: 1000, answered: 1000 - lost, lost } as IntegrityCounts;
    const trial = { integrity, histograms: {} } as unknown as CompletedTrial;
    return [...shortFindings(2, trial)][0]!.holds;
  };
  // 1 ÷ (e⁻² + 2) = 46.8 % are answered.
  assert.deepEqual([532, 500, 600, 100].map(verdict), [true, true, false, false]);
});
