import assert from "node:assert/strict";
import {
  counted,
  decimalsOf,
  escapeMarkup,
  figureWithUnit,
  formatNumber,
  formatTime,
  listed,
  oneLine,
} from "./text.ts";

Deno.test("oneLine() turns line breaks and control characters into spaces", () => {
  assert.equal(oneLine(" a\r\n\tb\u0000c\u2028d "), "a b c d");
});

Deno.test("oneLine() removes terminal escapes", () => {
  assert.equal(oneLine("\u001b[31mred\u001b[0m \u001b]8;;x\u0007link"), "red link");
});

Deno.test("oneLine() removes halves of surrogate pairs and code points that XML forbids", () => {
  assert.equal(oneLine("a\ud800b\uffffc😀"), "a\ufffdb c😀");
});

Deno.test("counted() puts the noun into the plural for all but one", () => {
  assert.deepEqual([0, 1, 2].map((count) => counted(count, "trial")), [
    "0 trials",
    "1 trial",
    "2 trials",
  ]);
});

Deno.test("listed() joins names as a sentence does", () => {
  assert.equal(listed([]), "");
  assert.equal(listed(["a"]), "a");
  assert.equal(listed(["a", "b", "c"]), "a, b and c");
});

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

Deno.test("formatNumber() shows the given number of decimals", () => {
  assert.equal(formatNumber(1234.5678, 1), "1,234.6");
  assert.equal(formatNumber(5, 2), "5.00");
});

Deno.test("decimalsOf() stays within 0 to 6", () => {
  assert.deepEqual([1e-9, 1e-3, 1, 1e9, NaN, Infinity].map(decimalsOf), [6, 5, 2, 0, 0, 0]);
});

Deno.test("formatTime() shows a time in UTC to the second", () => {
  assert.equal(formatTime("2026-01-31T15:05:09.987+01:00"), "2026-01-31 14:05:09");
});

Deno.test("formatTime() returns any other text unchanged", () => {
  assert.equal(formatTime("yesterday"), "yesterday");
});

Deno.test("escapeMarkup() leaves no character that begins a tag, an entity or ends an attribute", () => {
  assert.equal(
    escapeMarkup(`</script><a title="x" b='y'>&`),
    "&lt;/script&gt;&lt;a title=&quot;x&quot; b=&#39;y&#39;&gt;&amp;",
  );
});

Deno.test("figureWithUnit() has separators and the unit", () => {
  assert.equal(figureWithUnit(152_345.6, { unit: "1/s" }), "152,346 1/s");
  assert.equal(figureWithUnit(0.25, { unit: "", decimals: 1 }), "0.3");
});
