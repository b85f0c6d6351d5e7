import assert from "node:assert/strict";
import { schedule, type ScheduleOptions } from "./schedule.ts";

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
    for (const  of of[1, 2, 3, 7, 8]) {
      const parts = Array.from(
        { length: of },
        (_, index) => times({ arrivals, rate: 12_345, share: { index, of } }, 840 / of),
      );
      const merged = parts.flatMap((part) => [...part]).sort((a, b) => a - b);
      assert.deepEqual(merged, [...whole], `${arrivals}, ${of} generators`);
      const inTurn = whole.map((_, at) => parts[at % of]![Math.floor(at / of)]!);
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
