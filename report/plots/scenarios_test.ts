import assert from "node:assert/strict";
import { foremost, varies } from "./scenarios.ts";
import { SCENARIOS } from "./testdata.ts";

Deno.test("varies() holds where one parameter differs, in enough values", () => {
  const { scalability, throughput, rate } = SCENARIOS;
  assert.equal(varies(scalability, "connections"), true);
  assert.equal(varies({ ...scalability, cases: scalability.cases.slice(1) }, "connections"), false);
  assert.equal(varies(throughput, "connections"), false);
  assert.equal(varies(rate, "rate"), true);
});

Deno.test("varies() does not hold where another parameter differs too, or two cases are alike", () => {
  const { scalability, rate } = SCENARIOS;
  const [one, ...rest] = scalability.cases;
  const other = { ...one!, parameters: { connections: 1, size: 9 } };
  assert.equal(varies({ ...scalability, cases: [other, ...rest] }, "connections"), false);
  assert.equal(varies({ ...scalability, cases: [one!, one!, ...rest] }, "connections"), false);
  const mixed = [
    rate.cases[0]!,
    { ...rate.cases[1]!, parameters: { connections: 9, rate: 7 } },
  ];
  assert.equal(varies({ ...rate, cases: mixed }, "rate"), false);
});

Deno.test("foremost() takes the most load, else the first case", () => {
  assert.equal(foremost(SCENARIOS.rate)?.parameters.rate, 40_000);
  assert.equal(foremost(SCENARIOS.throughput)?.parameters.size, 64);
  assert.equal(foremost({ ...SCENARIOS.rate, cases: [] }), undefined);
});
