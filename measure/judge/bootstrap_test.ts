import assert from "node:assert/strict";
import {
  acceleration,
  biasCorrection,
  bootstrapInterval,
  type SampleStatistic,
} from "./bootstrap.ts";
import { seededRandom } from "../record/random.ts";
import { median } from "./statistics.ts";

const five = [12.1, 9.8, 10.4, 15.2, 11.3];
const seven = [103.2, 98.7, 101.1, 99.5, 110.4, 100.2, 97.9];
const ten = [5.1, 4.8, 6.3, 5.5, 9.7, 5.0, 4.4, 5.9, 7.2, 5.3];
// deno-fmt-ignore
const thirty = [16.237, 10.715, 4.55, 6.646, 6.402, 24.076, 4.611, 14.701, 7.858, 12.316, 7.379, 8.992,
  9.446, 7.805, 10.233, 8.801, 13.686, 18.242, 7.07, 6.729, 9.073, 3.226, 8.62, 5.685, 4.897, 3.356,
  6.604, 9.535, 5.674, 4.688];

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index]!;
  return sum / values.length;
}

const medianOfOne: SampleStatistic = ([sample]) => median(sample!);
const meanOfOne: SampleStatistic = ([sample]) => meanOf(sample!);
const ratioOfMedians: SampleStatistic = ([a, b]) => median(a!) / median(b!);

/** Asserts that two numbers are at most `distance` apart. */
function assertNear(actual: number, expected: number, distance: number): void {
  assert.ok(Math.abs(actual - expected) <= distance, `${actual} is not ${expected} ± ${distance}`);
}

Deno.test("bootstrapInterval() agrees with scipy", () => {
  // scipy.stats.bootstrap(samples, statistic, method="BCa", n_resamples=99999,
  //   confidence_level=confidence, rng=numpy.random.default_rng(seed)): low, high, standard error;
  // for the seeds 1, 2 and 3, and where an end differs between them what two of the three give
  const figures: {
    samples: number[][];
    statistic: SampleStatistic;
    confidence: number;
    expected: [low: number, high: number, error: number];
  }[] = [
    {
      samples: [five],
      statistic: medianOfOne,
      confidence: 0.95,
      expected: [9.8, 15.2, 1.169],
    },
    {
      samples: [five],
      statistic: meanOfOne,
      confidence: 0.95,
      expected: [10.5, 13.96, 0.845],
    },
    {
      samples: [seven],
      statistic: medianOfOne,
      confidence: 0.95,
      expected: [98.7, 103.2, 1.588],
    },
    {
      samples: [seven],
      statistic: meanOfOne,
      confidence: 0.9,
      expected: [99.75714285714287, 105.21428571428571, 1.495],
    },
    {
      samples: [ten],
      statistic: medianOfOne,
      confidence: 0.95,
      expected: [4.95, 6.35, 0.415],
    },
    {
      samples: [ten],
      statistic: medianOfOne,
      confidence: 0.9,
      expected: [5, 6.3, 0.415],
    },
    {
      samples: [thirty],
      statistic: medianOfOne,
      confidence: 0.95,
      expected: [6.625, 9.2595, 0.798],
    },
    {
      samples: [thirty],
      statistic: meanOfOne,
      confidence: 0.95,
      expected: [7.562894667666137, 10.938384293032087, 0.836],
    },
    {
      samples: [ten, seven],
      statistic: ratioOfMedians,
      confidence: 0.95,
      expected: [0.04893410852713178, 0.06478733926805144, 0.00422],
    },
    {
      samples: [thirty, ten],
      statistic: ratioOfMedians,
      confidence: 0.9,
      expected: [1.1805263157894736, 1.749259259259259, 0.177],
    },
    {
      samples: [seven, five],
      statistic: ratioOfMedians,
      confidence: 0.95,
      expected: [6.592105263157896, 10.224489795918366, 0.82],
    },
  ];
  for (const { samples, statistic, confidence, expected: [low, high, error] } of figures) {
    // With 40,000 resamples an end of a continuous statistic is good to some 0.02 standard errors;
    // that of a median may change by one of its few values.
    const interval = bootstrapInterval(samples, statistic, { confidence, resamples: 40_000 });
    assertNear(interval.low, low, error / 10);
    assertNear(interval.high, high, error / 10);
  }
});

Deno.test("bootstrapInterval() is the same for the same seed and leaves its input alone", () => {
  const samples = Object.freeze([Object.freeze([...thirty])]);
  const interval = bootstrapInterval(samples, meanOfOne, { seed: 5 });
  assert.deepEqual(bootstrapInterval(samples, meanOfOne, { seed: 5 }), interval);
  assert.notDeepEqual(bootstrapInterval(samples, meanOfOne, { seed: 6 }), interval);
});

Deno.test("bootstrapInterval() is wider for more confidence", () => {
  const widths = [0.5, 0.8, 0.95, 0.99].map((confidence) => {
    const { low, high } = bootstrapInterval([thirty], meanOfOne, { confidence });
    return high - low;
  });
  assert.deepEqual(widths, widths.toSorted((a, b) => a - b));
});

Deno.test("bootstrapInterval() has no width if nothing varies", () => {
  assert.deepEqual(bootstrapInterval([[0.1, 0.1, 0.1]], meanOfOne), {
    low: meanOf([0.1, 0.1, 0.1]),
    high: meanOf([0.1, 0.1, 0.1]),
  });
  assert.deepEqual(bootstrapInterval([[7]], medianOfOne), { low: 7, high: 7 });
  assert.deepEqual(bootstrapInterval([[6, 6], [3]], ratioOfMedians), { low: 2, high: 2 });
});

Deno.test("bootstrapInterval() takes a sample of one value as it is", () => {
  const { low, high } = bootstrapInterval([seven, [100]], ratioOfMedians);
  const alone = bootstrapInterval([seven], ([sample]) => median(sample!) / 100);
  assert.ok(low < 1.002 && high > 1.002);
  // The draws differ, as those from the second sample use numbers up, but the ends are two of seven.
  assertNear(low, alone.low, 1e-12);
  assertNear(high, alone.high, 1e-12);
});

Deno.test("bootstrapInterval() without an acceleration is finite and contains the estimate", () => {
  const { low, high } = bootstrapInterval([[1, 2, 2, 2, 3]], medianOfOne);
  assert.ok(low >= 1 && low <= 2 && high >= 2 && high <= 3, `${low} to ${high}`);
});

Deno.test("bootstrapInterval() contains the estimate even if all resamples are on one side of it", () => {
  // The number of different values: a resample of as many nearly always has fewer.
  const different: SampleStatistic = ([sample]) => new Set(Array.from(sample!)).size;
  const { low, high } = bootstrapInterval([thirty], different);
  assert.ok(low > 10 && low < 20, String(low));
  assert.equal(high, 30);
});

Deno.test("bootstrapInterval() is NaN if the statistic is", () => {
  const { low, high } = bootstrapInterval([[0, 1, 2, 3]], ([sample]) => sample![0]! / sample![0]!);
  assert.deepEqual([low, high], [NaN, NaN]);
});

Deno.test("bootstrapInterval() refuses empty samples and options out of range", () => {
  for (const samples of [[], [[]], [[1, 2], []]]) {
    assert.throws(() => bootstrapInterval(samples, medianOfOne), RangeError);
  }
  for (const confidence of [0, 1, -1, 95, NaN]) {
    assert.throws(() => bootstrapInterval([five], medianOfOne, { confidence }), RangeError);
  }
  for (const resamples of [0, -1, 2.5, NaN, Infinity]) {
    assert.throws(() => bootstrapInterval([five], medianOfOne, { resamples }), RangeError);
  }
});

Deno.test("bootstrapInterval() covers the true figure as often as its documentation says", () => {
  const random = seededRandom(9);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const rounds = 1000;
  const cases: [statistic: SampleStatistic, size: number, coverage: number][] = [
    [medianOfOne, 5, 0.93],
    [medianOfOne, 7, 0.87],
    [medianOfOne, 10, 0.93],
    [meanOfOne, 7, 0.88],
    [meanOfOne, 10, 0.9],
  ];
  for (const [statistic, size, coverage] of cases) {
    let covered = 0;
    for (let seed = 0; seed < rounds; seed++) {
      const sample = Array.from({ length: size }, normal);
      const { low, high } = bootstrapInterval([sample], statistic, { seed, resamples: 499 });
      if (low <= 0 && 0 <= high) covered++;
    }
    // Four standard errors of a share of 0.9 of 1,000 are 0.038.
    assertNear(covered / rounds, coverage, 0.038);
  }
});

Deno.test("bootstrapInterval() of a ratio of medians covers the true ratio", () => {
  const random = seededRandom(10);
  const rounds = 500;
  let covered = 0;
  for (let seed = 0; seed < rounds; seed++) {
    const [a, b] = [0, 0].map(() => Array.from({ length: 7 }, () => 95 + 10 * random()));
    const { low, high } = bootstrapInterval([a!, b!], ratioOfMedians, { seed, resamples: 499 });
    if (low <= 1 && 1 <= high) covered++;
  }
  assertNear(covered / rounds, 0.95, 0.04);
});

Deno.test("acceleration() agrees with scipy for one sample and for several", () => {
  const difference: SampleStatistic = ([a, b]) => meanOf(a!) - meanOf(b!);
  // The third of what scipy.stats._resampling._bca_interval returns
  const figures: [samples: number[][], statistic: SampleStatistic, expected: number][] = [
    [[five], meanOfOne, 0.0676245786908517],
    [[seven], meanOfOne, 0.08935491479849278],
    [[five], medianOfOne, -0.0029360926800250163],
    [[seven], medianOfOne, 0.0036193882313430787],
    [[thirty], medianOfOne, 0],
    [[ten, seven], ratioOfMedians, -1.4463556989628507e-5],
    [[ten, seven], difference, -0.07550133565483776],
  ];
  for (const [samples, statistic, expected] of figures) {
    assertNear(acceleration(samples, statistic), expected, 1e-12);
  }
});

Deno.test("acceleration() is 0 if no value makes a difference, rounding or not", () => {
  assert.equal(acceleration([[1.1, 2.2, 2.2, 2.2, 3.3]], medianOfOne), 0);
  assert.equal(acceleration([[5]], medianOfOne), 0);
});

Deno.test("biasCorrection() counts ties half on either side", () => {
  const distribution = [1, 2, 2, 2, 3, 4, 5, 6];
  // scipy.special.ndtri(scipy.stats._resampling._percentile_of_score(distribution, estimate))
  assertNear(biasCorrection(distribution, 2), -0.4887764111146695, 1e-14);
  assertNear(biasCorrection(distribution, 3), 0.1573106846101707, 1e-14);
  assertNear(biasCorrection(distribution, 5.5), 1.1503493803760079, 1e-14);
  assertNear(biasCorrection(distribution, 1), -1.5341205443525463, 1e-14);
  assert.equal(biasCorrection(distribution, 0), -Infinity);
  assert.equal(biasCorrection(distribution, 7), Infinity);
});
