import assert from "node:assert/strict";
import { allCases } from "./groups/mod.ts";
import { suiteId } from "./suite_id.ts";

Deno.test("suiteId() is that of the cases, whatever they are made of", () => {
  const id = suiteId(allCases);
  assert.match(id, /^[0-9a-f]{12}$/);
  assert.equal(suiteId(allCases), id);
  assert.notEqual(suiteId(allCases.slice(1)), id);
  const [first, ...others] = allCases;
  assert.notEqual(suiteId([{ ...first!, steps: [] }, ...others]), id);
});
