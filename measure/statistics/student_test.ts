import assert from "node:assert/strict";
import { normalCdf } from "./normal.ts";
import { studentP, studentQuantile } from "./student.ts";

function assertClose(actual: number, expected: number, relative: number): void {
  assert.ok(
    Math.abs(actual - expected) <= relative * Math.abs(expected),
    `${actual}, not ${expected}`,
  );
}

// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2: critical values, three decimals.
for (
  const [df, at95, at975, at99, at999] of [
    [1, 6.314, 12.706, 31.821, 318.309],
    [2, 2.92, 4.303, 6.965, 22.327],
    [5, 2.015, 2.571, 3.365, 5.893],
    [9, 1.833, 2.262, 2.821, 4.297],
    [30, 1.697, 2.042, 2.457, 3.385],
    [100, 1.66, 1.984, 2.364, 3.174],
  ] as const
) {
  Deno.test(`studentQuantile() is as the table has it for ${df} degrees of freedom`, () => {
    for (const [p, t] of [[0.95, at95], [0.975, at975], [0.99, at99], [0.999, at999]] as const) {
      assert.equal(Number(studentQuantile(p, df).toFixed(3)), t);
      assert.equal(studentQuantile(1 - p, df).toFixed(3), (-t).toFixed(3));
      assertClose(studentP(studentQuantile(p, df), df), 2 * (1 - p), 1e-12);
    }
  });
}

Deno.test("studentQuantile() and studentP() take degrees of freedom that are no whole number", () => {
  // scipy.stats.t
  assertClose(studentQuantile(0.975, 6), 2.4469118511449692, 1e-12);
  assertClose(studentQuantile(0.975, 12.5), 2.1691859427125406, 1e-12);
  assertClose(studentQuantile(0.975, 16), 2.1199052992210112, 1e-10);
  assertClose(studentP(3, 12.5), 0.0106328115, 1e-8);
  assertClose(studentP(5, 16), 0.000130867698, 1e-8);
  assert.equal(studentQuantile(0.5, 3), 0);
});

Deno.test("studentP() has what is known in closed form", () => {
  // 1 degree of freedom is Cauchy's distribution; 2 have 1 − t/√(2 + t²).
  for (const t of [0, 0.1, 1, 3, 50]) {
    assertClose(studentP(t, 1), 1 - 2 * Math.atan(t) / Math.PI, 1e-11);
    assertClose(studentP(-t, 2), 1 - t / Math.sqrt(2 + t * t), 1e-9);
  }
  for (const t of [0.5, 2, 5]) assertClose(studentP(t, 1e7), 2 * normalCdf(-t), 1e-4);
});

Deno.test("studentP() stays exact far out, and ends with 0", () => {
  // Cauchy: 2 / (π t)
  assertClose(studentP(1e9, 1), 2 / Math.PI / 1e9, 1e-12);
  assert.equal(studentP(Infinity, 5), 0);
  assert.equal(studentP(1e200, 5), 0);
});

Deno.test("Student's distribution refuses what it does not have", () => {
  assert.throws(() => studentP(1, 0), {
    name: "RangeError",
    message: "Cannot find a p value as the degrees of freedom must be above 0: received 0",
  });
  assert.throws(() => studentP(NaN, 3), RangeError);
  for (const p of [0, 1, -1, NaN]) assert.throws(() => studentQuantile(p, 3), RangeError);
});
