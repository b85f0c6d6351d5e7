import assert from "node:assert/strict";
import { digamma, falls, logGamma, trigamma, trigammaInverse } from "./gamma.ts";

function assertClose(actual: number, expected: number, relative = 1e-12): void {
  const error = Math.abs(actual - expected);
  assert.ok(error <= relative * Math.max(Math.abs(expected), 0.1), `${actual}, not ${expected}`);
}

Deno.test("logGamma() is the logarithm of the factorial, and of √π at a half", () => {
  let factorial = 1;
  for (let n = 1; n < 25; n++) {
    assertClose(logGamma(n), Math.log(factorial));
    factorial *= n;
  }
  assertClose(logGamma(0.5), Math.log(Math.PI) / 2);
  // math.lgamma of Python
  assertClose(logGamma(1e-8), 18.420680738180209);
  assertClose(logGamma(1000.5), 5908.674175848678);
});

// Abramowitz and Stegun, tables 6.1 and 6.4; −γ, −γ − 2 ln 2, π²/6 and π²/2 are exact.
for (
  const [x, psi, derivative] of [
    [1, -0.5772156649015329, Math.PI ** 2 / 6],
    [0.5, -0.5772156649015329 - 2 * Math.LN2, Math.PI ** 2 / 2],
    [1.5, 0.03648997397857652, Math.PI ** 2 / 2 - 4],
    [2, 0.4227843350984671, Math.PI ** 2 / 6 - 1],
    [3, 0.9227843350984671, 0.3949340668482264],
    [100, 4.600161852738087, 0.010050166663333571],
  ] as const
) {
  Deno.test(`digamma() and trigamma() of ${x} are as the tables have them`, () => {
    assertClose(digamma(x), psi);
    assertClose(trigamma(x), derivative);
  });
}

Deno.test("trigammaInverse() is where trigamma() has a value", () => {
  // scipy.optimize.brentq of scipy.special.polygamma(1, y).
  for (
    const [value, x] of [
      [0.05, 20.4958352392],
      [0.5, 2.4599529483],
      [1, 1.4262551202],
      [10, 0.3350810444],
    ] as const
  ) {
    assertClose(trigammaInverse(value), x, 1e-9);
  }
  for (const value of [1e-9, 1e-3, 0.7, 33, 1e6]) {
    assertClose(trigamma(trigammaInverse(value)), value, 1e-9);
  }
});

Deno.test("falls() finds the place to the last digit", () => {
  assert.ok(Math.abs(falls((x) => -x, -0.3, 0, 1) - 0.3) < 1e-15);
});

Deno.test("gamma functions refuse what is not above 0", () => {
  for (const f of [logGamma, digamma, trigamma, trigammaInverse]) {
    for (const x of [0, -1, NaN, Infinity]) {
      assert.throws(() => f(x), { name: "RangeError", message: new RegExp(`received ${x}$`) });
    }
  }
});
