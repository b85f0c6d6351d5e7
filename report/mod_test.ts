import assert from "node:assert/strict";
import { formats } from "./mod.ts";
import { RESULT } from "./testdata.ts";

Deno.test("formats have ids and files of their own and render something", async () => {
  assert.equal(new Set(formats.map(({ id }) => id)).size, formats.length);
  assert.equal(new Set(formats.map(({ file }) => file)).size, formats.length);
  for (const { render } of formats) assert.ok((await render(RESULT)).length > 0);
});
