import assert from "node:assert/strict";
import { checkSize, parseJson } from "./limits.ts";

Deno.test("parseJson() reads what JSON.parse() reads", () => {
  for (const text of ["1", '"a"', '{"a": [1, {"b": "\\"[[[{{{,,,"}]}', "[]", '"\\\\"', " null "]) {
    assert.deepEqual(parseJson(text), JSON.parse(text));
  }
});

for (const text of ["", "{", '"', '"\\', "[1,]", "{]", "}}}}", "NaN", "\u0000"]) {
  Deno.test(`parseJson() throws a SyntaxError for ${JSON.stringify(text)}`, () => {
    assert.throws(() => parseJson(text), SyntaxError);
  });
}

Deno.test("parseJson() refuses nesting deeper than 32 levels, whatever its brackets close", () => {
  const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
  parseJson(nested(32));
  for (const text of [nested(33), nested(100_000), '{"a":'.repeat(50_000), "[".repeat(1e6)]) {
    assert.throws(() => parseJson(text), {
      name: "SyntaxError",
      message: "it is nested deeper than 32 levels",
    });
  }
});

Deno.test("parseJson() refuses more objects than any file has, before it makes them", () => {
  assert.throws(() => parseJson(`[${"[],".repeat(8_000_001)}[]]`), {
    name: "SyntaxError",
    message: "it has more than 8,000,000 objects",
  });
});

Deno.test("parseJson() refuses more values than any file has", () => {
  assert.throws(() => parseJson(`[${"1,".repeat(64_000_001)}1]`), {
    name: "SyntaxError",
    message: "it has more than 64,000,000 values",
  });
});

Deno.test("checkSize() accepts what is as large as it may be", () => {
  checkSize({ a: [1, 2, 3], b: { c: "d".repeat(65_536) } }, "it", 7);
  checkSize(null, "it", 0);
});

Deno.test("checkSize() refuses one value too many", () => {
  assert.throws(() => checkSize({ a: [1, 2, 3] }, "a thing", 3), {
    name: "SyntaxError",
    message: "Cannot read a thing: it has more than 3 values",
  });
});

Deno.test("checkSize() refuses a text or a key that is too long, and names the place", () => {
  const long = "x".repeat(65_537);
  assert.throws(() => checkSize({ servers: [{ title: long }] }, "a thing", 10), {
    message: "Cannot read a thing: title: longer than 65,536 characters",
  });
  assert.throws(() => checkSize({ [long]: 1 }, "a thing", 10), { message: /: a key: longer/ });
});

Deno.test("checkSize() counts a list of latencies as one value if it has only numbers", () => {
  const atMs = Array.from({ length: 100_000 }, (_, index) => index);
  checkSize({ samples: { atMs, latencyMs: atMs } }, "it", 10);
  assert.throws(() => checkSize({ atMs: [...atMs, {}] }, "it", 10), { name: "SyntaxError" });
});

Deno.test("checkSize() leaves the texts of histograms to those who decode them", () => {
  checkSize({ histograms: { serviceTime: "A".repeat(100_000) } }, "it", 10);
});
