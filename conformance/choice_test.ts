import assert from "node:assert/strict";
import { namedCases, needsEcho } from "./choice.ts";
import { allCases } from "./groups/mod.ts";

const idsOf = (...patterns: readonly string[]): string[] =>
  namedCases(patterns, allCases).chosen.map(({ id }) => id);

Deno.test("namedCases() takes ids, groups, parts and patterns, in the order of the list", () => {
  assert.deepEqual(idsOf("3.1.2", "1.6.*"), ["1.6.1", "1.6.2", "1.6.3", "3.1.2"]);
  assert.deepEqual(idsOf("1.6"), idsOf("1.6.*"));
  assert.deepEqual(idsOf("1.6.1"), ["1.6.1"], "1.6.10 would be another");
  assert.deepEqual(idsOf("*"), allCases.map(({ id }) => id));
  assert.ok(idsOf("1").every((id) => id.startsWith("1.")));
});

Deno.test("namedCases() tells which patterns name none", () => {
  const { chosen, unknown } = namedCases(["1.6.1", "99.*", "a(b"], allCases);
  assert.equal(chosen.length, 1);
  assert.deepEqual(unknown, ["99.*", "a(b"]);
});

Deno.test("needsEcho() is for cases whose messages come back", () => {
  const found = (id: string): boolean => needsEcho(allCases.find((one) => one.id === id)!);
  assert.deepEqual(["1.1.1", "9.1.1", "2.3.1"].map(found), [true, true, true]);
  assert.deepEqual(["5.1.1", "2.1.1", "8.1.1", "6.2.1"].map(found), [false, false, false, false]);
});
