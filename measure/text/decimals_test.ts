import assert from "node:assert/strict";
import { decimalsBeside } from "./decimals.ts";

Deno.test("decimalsBeside() gives as many decimals as tell a number from another, and no fewer than usual", () => {
  assert.equal(decimalsBeside(3, 3.2, 2), 2);
  assert.equal(decimalsBeside(3, 3.004, 2), 3);
  assert.equal(decimalsBeside(2, 2.04, 1), 2);
  assert.equal(decimalsBeside(10, 9.996, 1), 3, "on the same side of it");
  assert.equal(decimalsBeside(3, 3, 2), 2);
  assert.equal(decimalsBeside(0, 1e-20, 2), 12);
});
