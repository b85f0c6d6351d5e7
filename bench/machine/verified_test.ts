import assert from "node:assert/strict";
import { keepVerified, verifiedFact } from "./verified.ts";

Deno.test("verifiedFact() says when verify was run, with which outcome, and nothing of other circumstances", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const absent = { absent: "it has not been run on this machine" };
    assert.deepEqual(verifiedFact(folder).value, absent);
    keepVerified({ passed: 33, failed: 0, inconclusive: 2 }, folder);
    assert.match(
      String(verifiedFact(folder).value),
      /^\d{4}-\d\d-\d\d: 33 passed, 0 failed, 2 inconclusive$/,
    );
    const path = `${folder}/outcome.json`;
    const outcome = JSON.parse(await Deno.readTextFile(path));
    await Deno.writeTextFile(path, JSON.stringify({ ...outcome, wsmark: "0.0.1" }));
    assert.deepEqual(verifiedFact(folder).value, {
      absent: "the last one was with another version or on another machine",
    });
    for (const broken of ["nothing", "[]", JSON.stringify({ ...outcome, passed: "many" })]) {
      await Deno.writeTextFile(path, broken);
      assert.equal(typeof verifiedFact(folder).value, "object");
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
