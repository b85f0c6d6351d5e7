import assert from "node:assert/strict";
import type { RenderedFile } from "./format.ts";
import { formats } from "./mod.ts";
import { RESULT } from "./testing/testdata.ts";

Deno.test("formats have unique ids and files, and render something", async () => {
  assert.equal(new Set(formats.map(({ id }) => id)).size, formats.length);
  const files: RenderedFile[] = [];
  for (const { render } of formats) files.push(...await render(RESULT));
  assert.equal(new Set(files.map(({ path }) => path)).size, files.length);
  for (const { path, content } of files) assert.ok(content.length > 0, path);
});
