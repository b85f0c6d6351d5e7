import assert from "node:assert/strict";
import { fact, type FactValue, formatBytes } from "./fact.ts";

Deno.test("fact() keeps a text, and a number with its unit", () => {
  assert.deepEqual(fact("A", "b", () => "c", "gone", "MHz"), { group: "A", name: "b", value: "c" });
  assert.deepEqual(fact("A", "b", () => 0, "gone", "MHz"), {
    group: "A",
    name: "b",
    value: 0,
    unit: "MHz",
  });
});

Deno.test("fact() gives the reason if nothing was found", () => {
  const nothing: FactValue[] = [null, undefined, "", NaN];
  for (const finding of nothing) {
    assert.deepEqual(fact("A", "b", () => finding, "gone").value, { absent: "gone" });
  }
  assert.deepEqual(fact("A", "b", () => ({ absent: "own reason" }), "gone").value, {
    absent: "own reason",
  });
});

Deno.test("fact() gives the reason of what was thrown", () => {
  const refuse = (): never => {
    throw new Deno.errors.NotCapable("Requires all access");
  };
  assert.deepEqual(fact("A", "b", refuse, "gone").value, {
    absent: "wsmark was not allowed to read it: it needs --allow-all",
  });
});

Deno.test("formatBytes() takes the largest unit that needs no fraction", () => {
  assert.equal(formatBytes(32 * 1024), "32 KiB");
  assert.equal(formatBytes(2 ** 20), "1 MiB");
  assert.equal(formatBytes(1.5 * 2 ** 20), "1536 KiB");
  assert.equal(formatBytes(100), "100 bytes");
});
