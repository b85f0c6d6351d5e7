import assert from "node:assert/strict";
import { decimalsOf, formatCell, formatNumber, formatTime } from "./number_format.ts";

Deno.test("formatNumber() shows three significant digits", () => {
  const shown: readonly [number, string][] = [
    [0, "0"],
    [0.0123456, "0.0123"],
    [0.1 + 0.2, "0.300"],
    [1.005, "1.00"],
    [9.996, "10.0"],
    [99.95, "100"],
    [148_123.4, "148,123"],
    [1_234_567_890, "1,234,567,890"],
    [-1234.5, "-1,235"],
    [-0.00000001, "0.000000"],
  ];
  for (const [value, text] of shown) assert.equal(formatNumber(value), text);
});

Deno.test("formatNumber() shows the decimals that it is told to", () => {
  assert.equal(formatNumber(1234.5678, 1), "1,234.6");
  assert.equal(formatNumber(5, 2), "5.00");
});

Deno.test("decimalsOf() stays within 0 to 6", () => {
  assert.deepEqual([1e-9, 1e-3, 1, 1e9, NaN, Infinity].map(decimalsOf), [6, 5, 2, 0, 0, 0]);
});

Deno.test("formatTime() shows a moment in UTC to the second", () => {
  assert.equal(formatTime("2026-01-31T15:05:09.987+01:00"), "2026-01-31 14:05:09");
});

Deno.test("formatTime() returns what is no moment as it is", () => {
  assert.equal(formatTime("yesterday"), "yesterday");
});

Deno.test("formatCell() lets a cell overrule its column", () => {
  const column = { title: "Value", kind: "text", decimals: 1 } as const;
  assert.equal(formatCell({ value: 1234.56, kind: "number" }, column), "1,234.6");
  assert.equal(formatCell({ value: 1234.56, decimals: 0 }, column), "1,235");
  assert.equal(formatCell({ value: 1_234_567, kind: "identifier" }, column), "1234567");
  assert.equal(formatCell({ value: null, note: "because" }, column), "");
});
