import assert from "node:assert/strict";
import { fitUsl, peakOf, type Throughput, throughputOf, type Usl } from "./usl.ts";

function points(ns: readonly number[], rates: readonly number[]): Throughput[] {
  return ns.map((n, index) => ({ n, rate: rates[index]! }));
}

/** SPEC SDM91 on a Sun SPARCcenter 2000 and a ray tracer on 64 CPUs: Gunther 2007, data sets of R's `usl` 3.0.4. */
const SDM91 = points(
  [1, 18, 36, 72, 108, 144, 216],
  [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775, 1702.2],
);
const RAYTRACER = points(
  [1, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64],
  [20, 78, 130, 170, 190, 200, 210, 230, 260, 280, 310],
);

/** Asserts that a number has the given digits. */
function agrees(received: number, digits: string): void {
  const exponent = digits.split("e")[0]!.replaceAll(/^-?0*\.?0*|\./g, "").length;
  assert.equal(Number(received.toPrecision(exponent)), Number(digits));
}

Deno.test("fitUsl() finds the published coefficients of SPEC SDM91, and the peak", () => {
  const model = fitUsl(SDM91)!;
  // > summary(usl(throughput ~ load, specsdm91)), the package's own test
  agrees(model.alpha, "0.02773");
  agrees(model.beta, "1.044e-4");
  agrees(model.gamma, "89.9952");
  assert.ok(Math.abs(peakOf(model) / 96.51956 - 1) < 1e-4, `${peakOf(model)}`);
  const fitted = SDM91.map(({ n }) => Math.round(throughputOf(model, n)));
  assert.deepEqual(fitted, [90, 1078, 1541, 1850, 1879, 1822, 1646]);
});

Deno.test("fitUsl() finds the published coefficients of the first CPUs of the ray tracer", () => {
  // > coef(usl(throughput ~ processors, raytracer[1:6, ])), the package's own test
  const model = fitUsl(RAYTRACER.slice(0, 6))!;
  agrees(model.alpha, "0.02444");
  agrees(model.beta, "0.00163");
  agrees(model.gamma, "20.85605");
});

Deno.test("fitUsl() finds what a curve was made of", () => {
  const ns = [1, 2, 4, 6, 8, 10];
  // > dfr of the package's test, to four digits: 0.02, 0.02, 1
  const rounded = fitUsl(points(ns, [1, 1.8868, 3.0769, 3.5294, 3.5398, 3.3557]))!;
  agrees(rounded.alpha, "2.00e-2");
  agrees(rounded.beta, "2.00e-2");
  const models: Usl[] = [
    { alpha: 0.3, beta: 0.001, gamma: 12_000 },
    { alpha: 0.9, beta: 1e-5, gamma: 0.5 },
    { alpha: 0, beta: 1e-3, gamma: 1e6 },
    { alpha: 0.1, beta: 0, gamma: 3 },
    { alpha: 0, beta: 0, gamma: 7 },
  ];
  for (const model of models) {
    const fitted = fitUsl([1, 8, 64, 256, 1024].map((n) => ({ n, rate: throughputOf(model, n) })))!;
    for (const name of ["alpha", "beta", "gamma"] as const) {
      assert.ok(
        Math.abs(fitted[name] - model[name]) <= 1e-6 * model[name] + 1e-12,
        JSON.stringify(fitted),
      );
    }
  }
});

Deno.test("fitUsl() has no coefficient below 0: more than in proportion is as good as in proportion", () => {
  const model = fitUsl(points([1, 2, 4, 8, 16], [1, 2.2, 4.6, 9.5, 20]))!;
  assert.deepEqual([model.alpha, model.beta], [0, 0]);
  assert.equal(peakOf(model), Infinity);
});

Deno.test("fitUsl() says nothing of less than three numbers, or of nothing done", () => {
  assert.equal(fitUsl(points([1, 8, 8, 8], [1, 2, 3, 4])), undefined);
  assert.equal(fitUsl(points([1, 2, 3], [0, 0, 0])), undefined);
});
