import assert from "node:assert/strict";
import { inFolder, namesIn } from "../../bench/testing/folder.ts";
import { createUnused, reasonOf } from "./files.ts";

Deno.test("createUnused() numbers a name that is taken, before its ending", () =>
  inFolder((folder) => {
    for (let count = 0; count < 3; count++) createUnused(`${folder}/new/a.b.xlsx`).handle.close();
    assert.deepEqual(namesIn(`${folder}/new`), ["a.b-2.xlsx", "a.b-3.xlsx", "a.b.xlsx"]);
  }));

Deno.test("reasonOf() leaves the number of the error and the path away", () => {
  const reason = (open: () => unknown): string => {
    try {
      open();
    } catch (error) {
      return reasonOf(error);
    }
    throw new Error("it did not fail");
  };
  assert.equal(reason(() => Deno.readTextFileSync("/none/there")), "No such file or directory");
  assert.equal(reasonOf(new Error("out of luck")), "out of luck");
});
