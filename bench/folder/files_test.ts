import assert from "node:assert/strict";
import { inFolder, namesIn } from "../testing/folder.ts";
import { writeWhole } from "./files.ts";

Deno.test("writeWhole() replaces a file and leaves no other behind", () =>
  inFolder((folder) => {
    writeWhole(`${folder}/file`, "old");
    writeWhole(`${folder}/file`, new TextEncoder().encode("new"));
    assert.equal(Deno.readTextFileSync(`${folder}/file`), "new");
    assert.deepEqual(namesIn(folder), ["file"]);
  }));

Deno.test("writeWhole() leaves no half of a file when it fails", () =>
  inFolder((folder) => {
    Deno.mkdirSync(`${folder}/taken`);
    assert.throws(() => writeWhole(`${folder}/taken`, "content"));
    assert.deepEqual(namesIn(folder), ["taken"]);
  }));
