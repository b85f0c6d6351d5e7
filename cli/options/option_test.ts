import assert from "node:assert/strict";
import { anyOf } from "./option.ts";

Deno.test("anyOf() joins names as a sentence does", () => {
  assert.equal(anyOf([]), "");
  assert.equal(anyOf(["a"]), "a");
  assert.equal(anyOf(["a", "b"]), "a or b");
  assert.equal(anyOf(["a", "b", "c"]), "a, b or c");
});
