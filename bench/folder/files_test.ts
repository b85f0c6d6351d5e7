import assert from "node:assert/strict";
import { inFolder, namesIn } from "../testing/folder.ts";
import { writeInPieces, writeWhole } from "./files.ts";

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

Deno.test("writeInPieces() writes one piece after another, and nothing if one cannot be made", () =>
  inFolder(async (folder) => {
    const text = new TextEncoder();
    async function* pieces(fails: boolean): AsyncGenerator<Uint8Array> {
      yield text.encode("one, ");
      if (fails) throw new Error("gone");
      yield text.encode("two");
    }
    await writeInPieces(`${folder}/file`, pieces(false));
    await assert.rejects(writeInPieces(`${folder}/file`, pieces(true)), { message: "gone" });
    assert.equal(Deno.readTextFileSync(`${folder}/file`), "one, two");
    assert.deepEqual(namesIn(folder), ["file"]);
  }));
