import assert from "node:assert/strict";
import type { RenderedFile } from "./format.ts";
import { formats } from "./mod.ts";
import { RESULT } from "./testing/testdata.ts";

Deno.test("formats have unique ids and files, and render something", async () => {
  assert.equal(new Set(formats.map(({ id }) => id)).size, formats.length);
  const files: RenderedFile[] = [];
  for (const { render } of formats) files.push(...await render(RESULT));
  assert.equal(new Set(files.map(({ path }) => path)).size, files.length);
  for (const { path, content } of files) assert.ok(await lengthOf(content) > 0, path);
});

async function lengthOf(content: RenderedFile["content"]): Promise<number> {
  if (typeof content === "string" || content instanceof Uint8Array) return content.length;
  let length = 0;
  for await (const piece of content) length += piece.length;
  return length;
}
