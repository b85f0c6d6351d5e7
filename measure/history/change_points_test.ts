import assert from "node:assert/strict";
import { seededRandom } from "../record/random.ts";
import { changePoints, splitOf } from "./change_points.ts";

/** The statistic of the paper, sum by sum. */
function statisticOf(before: readonly number[], after: readonly number[]): number {
  const mean = (pairs: number[]): number => pairs.reduce((sum, one) => sum + one, 0) / pairs.length;
  const within = (level: readonly number[]): number =>
    mean(level.flatMap((a, i) => level.slice(i + 1).map((b) => Math.abs(a - b))));
  const between = mean(before.flatMap((a) => after.map((b) => Math.abs(a - b))));
  const [m, n] = [before.length, after.length];
  return m * n / (m + n) * (2 * between - within(before) - within(after));
}

function noise(count: number, seed: number): number[] {
  const random = seededRandom(seed);
  // Twelve uniform numbers: nearly normal, of variance 1.
  return Array.from({ length: count }, () => {
    let sum = -6;
    for (let one = 0; one < 12; one++) sum += random();
    return sum;
  });
}

Deno.test("splitOf() finds what trying all levels finds", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const values = noise(14, seed);
    let best = { index: 0, statistic: -Infinity };
    for (let index = 2; index <= values.length - 2; index++) {
      for (let end = index + 2; end <= values.length; end++) {
        const statistic = statisticOf(values.slice(0, index), values.slice(index, end));
        if (statistic > best.statistic) best = { index, statistic };
      }
    }
    const split = splitOf(values, 2)!;
    assert.equal(split.index, best.index);
    assert.ok(Math.abs(split.statistic - best.statistic) < 1e-9);
  }
  assert.equal(splitOf([1, 2, 3], 2), undefined);
});

Deno.test("changePoints() finds steps, and nothing in noise and in what never changes", () => {
  const values = noise(60, 3).map((one, index) =>
    100 + one + (index >= 25 ? 6 : 0) - (index >= 45 ? 9 : 0)
  );
  assert.deepEqual(changePoints(values).map(({ index }) => index), [25, 45]);
  assert.ok(changePoints(values).every(({ p }) => p <= 0.01 && p >= 1 / 500));
  assert.deepEqual(changePoints(noise(40, 5)), []);
  assert.deepEqual(changePoints(new Array(20).fill(7)), []);
  assert.deepEqual(changePoints([]), []);
  assert.deepEqual(changePoints([1]), []);
});

Deno.test("changePoints() finds a level that returns to the one before", () => {
  const values = noise(60, 4).map((one, index) => 100 + one + (index >= 25 && index < 35 ? 8 : 0));
  assert.deepEqual(changePoints(values).map(({ index }) => index), [25, 35]);
});

Deno.test("changePoints() does not depend on unit and origin", () => {
  const values = noise(30, 6).map((one, index) => one + (index >= 12 ? 5 : 0));
  const [here, there] = [values, values.map((one) => one / 1000 + 3)].map((one) =>
    changePoints(one)
  );
  assert.deepEqual(here, there);
  assert.deepEqual(here!.map(({ index }) => index), [12]);
});

Deno.test("changePoints() finds the change of the Nile's flow of 1899", () => {
  // Cobb, "The Problem of the Nile", Biometrika 65, 1978: the flow of 1871 to 1970, in 10^8 m³. e_divisive() of the PyPI
  // package signal-processing-algorithms 2.1.6, with 499 permutations and p ≤ 0.01, returns [28], too.
  // deno-fmt-ignore
  const nile = [
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140,
    1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969,
    831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759,
    781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890,
    744, 749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
  ];
  assert.deepEqual(changePoints(nile).map(({ index }) => index), [28]);
});
