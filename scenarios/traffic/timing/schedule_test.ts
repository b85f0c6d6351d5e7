import assert from "node:assert/strict";
import { schedule, type ScheduleOptions } from "./schedule.ts";
import { readStages } from "./texts.ts";

function times(options: Partial<ScheduleOptions>, count: number): Float64Array {
  const found = new Float64Array(count);
  schedule({ rate: 1000, arrivals: "constant", seed: 1, ...options })(found);
  return found;
}

Deno.test("schedule(): constant arrivals are multiples of the distance, so that errors do not add up", () => {
  const found = times({ rate: 30_000 }, 3_000_001);
  assert.equal(found[0], 0);
  assert.equal(found[1], 1 / 30);
  assert.equal(found[3_000_000], 100_000);
});

Deno.test("schedule(): what is asked for in parts is the same as at once", () => {
  for (const arrivals of ["constant", "poisson"] as const) {
    const whole = times({ arrivals }, 100);
    const next = schedule({ rate: 1000, arrivals, seed: 1 });
    const parts = [1, 2, 30, 67].flatMap((length) => {
      const part = new Float64Array(length);
      next(part);
      return [...part];
    });
    assert.deepEqual(parts, [...whole]);
  }
});

Deno.test("schedule(): the shares of any number of generators are together the times of one, bit for bit", () => {
  for (const arrivals of ["constant", "poisson"] as const) {
    const whole = times({ arrivals, rate: 12_345 }, 840);
    for (const generators of [1, 2, 3, 7, 8]) {
      const parts = Array.from(
        { length: generators },
        (_, index) =>
          times({ arrivals, rate: 12_345, share: { index, of: generators } }, 840 / generators),
      );
      const merged = parts.flatMap((part) => [...part]).sort((a, b) => a - b);
      assert.deepEqual(merged, [...whole], `${arrivals}, ${generators} generators`);
      const inTurn = whole.map((_, at) => parts[at % generators]![Math.floor(at / generators)]!);
      assert.deepEqual(inTurn, whole, "each sends every so-many-th one");
    }
  }
});

Deno.test("schedule(): the same seed gives the same random arrivals, another seed others", () => {
  const poisson = (seed: number) => [...times({ arrivals: "poisson", seed }, 50)];
  assert.deepEqual(poisson(7), poisson(7));
  assert.notDeepEqual(poisson(7), poisson(8));
});

Deno.test("schedule(): Poisson arrivals have exponential distances (Kolmogorov and Smirnov)", () => {
  const count = 10_000;
  for (const seed of [1, 2, 3]) {
    const found = times({ arrivals: "poisson", rate: 250, seed }, count);
    const distances = found.map((time, index) => time - (found[index - 1] ?? 0)).sort();
    const farthest = distances.reduce((worst, distance, index) => {
      const expected = 1 - Math.exp(-distance / 4);
      return Math.max(worst, (index + 1) / count - expected, expected - index / count);
    }, 0);
    // Critical value at 0.1 %: 1.95 / sqrt(n), Massey 1951.
    assert.ok(farthest < 1.95 / Math.sqrt(count), `${farthest}`);
  }
});

Deno.test("schedule(): the number of Poisson arrivals in a second has the variance of its mean", () => {
  const found = times({ arrivals: "poisson", rate: 100, seed: 5 }, 200_000);
  const counts = new Map<number, number>();
  for (const time of found) {
    counts.set(Math.floor(time / 1000), (counts.get(Math.floor(time / 1000)) ?? 0) + 1);
  }
  const seconds = [...counts.values()].slice(0, -1);
  const mean = seconds.reduce((sum, count) => sum + count) / seconds.length;
  const variance = seconds.reduce((sum, count) => sum + (count - mean) ** 2, 0) / seconds.length;
  // Index of dispersion over 2,000 seconds: its standard error is sqrt(2 / 2000) = 0.032.
  assert.ok(Math.abs(variance / mean - 1) < 0.13, `${variance / mean}`);
});

Deno.test("schedule() refuses a rate that is not above 0", () => {
  for (const rate of [0, -1, NaN, Infinity]) {
    assert.throws(() => times({ rate }, 1), {
      name: "RangeError",
      message: `Cannot schedule arrivals as 'rate' must be above 0: received ${rate}`,
    });
  }
});

const RAMP: Partial<ScheduleOptions> = { rate: 1000, stages: readStages("2s:1000, 1s:1000, 1s:0") };

Deno.test("schedule(): by stages, arrivals at equal distances are as many as the area, and end with it", () => {
  const found = times(RAMP, 2600);
  assert.deepEqual([found[0], found[999], found[1999]], [
    Math.sqrt(4000 / 1000 * 1000),
    2000,
    3000,
  ]);
  assert.ok(found[2499]! <= 4000 && found[2499]! > 3950);
  assert.ok(found.subarray(2500).every((time) => time === Infinity));
});

Deno.test("schedule(): by stages, Poisson arrivals are as many in each part as the area, within their variance", () => {
  for (const seed of [1, 2, 3]) {
    const found = times({ ...RAMP, arrivals: "poisson", seed }, 3000);
    // From 0 to 1 s a quarter of the area of the first stage, and so on.
    const expected = [250, 750, 1000, 500];
    const counts = expected.map((_, second) =>
      found.filter((time) => time >= second * 1000 && time < (second + 1) * 1000).length
    );
    for (const [second, mean] of expected.entries()) {
      assert.ok(Math.abs(counts[second]! - mean) < 3.9 * Math.sqrt(mean), `${counts}`);
    }
    assert.equal(found.at(-1), Infinity);
  }
});

Deno.test("schedule(): by stages, too, the shares of generators are together the times of one", () => {
  for (const arrivals of ["constant", "poisson"] as const) {
    const whole = times({ ...RAMP, arrivals }, 2400);
    const parts = [0, 1, 2].map((index) =>
      times({ ...RAMP, arrivals, share: { index, of: 3 } }, 800)
    );
    const inTurn = whole.map((_, at) => parts[at % 3]![Math.floor(at / 3)]!);
    assert.deepEqual(inTurn, whole, arrivals);
  }
});
