import assert from "node:assert/strict";
import { FORMAT_IDS, USUAL_FORMATS } from "../report/format.ts";

Deno.test("docs/formats.md has a row for each format that is not usual", async () => {
  const text = await Deno.readTextFile(new URL("./formats.md", import.meta.url));
  for (const id of FORMAT_IDS) {
    assert.equal(text.includes(`| \`${id}\``), !USUAL_FORMATS.includes(id), id);
  }
});
