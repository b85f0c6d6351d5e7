import assert from "node:assert/strict";
import { benjaminiHochberg } from "./false_discovery.ts";

const rounded = (ps: readonly number[]): number[] => ps.map((p) => Number(p.toFixed(6)));

Deno.test("benjaminiHochberg() is R's p.adjust and scipy's false_discovery_control", () => {
  assert.deepEqual(
    rounded(benjaminiHochberg([.001, .008, .039, .041, .042, .06, .074, .205, .212, .216])),
    [.01, .04, .084, .084, .084, .1, .105714, .216, .216, .216],
  );
});

Deno.test("benjaminiHochberg() keeps the order given", () => {
  assert.deepEqual(rounded(benjaminiHochberg([0.9, 0.01, 0.02])), [0.9, 0.03, 0.03]);
  assert.deepEqual(benjaminiHochberg([]), []);
  assert.deepEqual(benjaminiHochberg([1, 0, 1]), [1, 0, 1]);
});

Deno.test("benjaminiHochberg() refuses what is not a p value", () => {
  for (const p of [-0.1, 1.1, NaN]) {
    assert.throws(() => benjaminiHochberg([0.5, p]), { message: new RegExp(`received ${p}$`) });
  }
});
