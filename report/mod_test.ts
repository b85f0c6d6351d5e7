import assert from "node:assert/strict";
import { FORMAT_IDS, type RenderedFile } from "./format.ts";
import { formats } from "./mod.ts";
import { RESULT } from "./testing/testdata.ts";

Deno.test("formats are those of FORMAT_IDS in their order, have files of their own, and render something", async () => {
  assert.deepEqual(formats.map(({ id }) => id), FORMAT_IDS);
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
