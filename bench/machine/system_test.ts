import assert from "node:assert/strict";
import { reasonOf, thisSystem } from "./system.ts";

Deno.test("reasonOf() puts errors into one line", () => {
  assert.equal(
    reasonOf(new Deno.errors.NotCapable("Requires all access")),
    "wsmark was not allowed to read it: it needs --allow-all",
  );
  assert.equal(
    reasonOf(new Deno.errors.PermissionDenied("Permission denied (os error 13)")),
    "the operating system refused to let it be read",
  );
  assert.equal(
    reasonOf(new Error("Input/output error\nat somewhere")),
    "it could not be read: Input/output error",
  );
  assert.equal(reasonOf("odd"), "it could not be read: odd");
});

Deno.test("thisSystem reads files and folders, and answers null for missing ones", () => {
  const folder = Deno.makeTempDirSync();
  try {
    Deno.writeTextFileSync(`${folder}/a`, "text");
    assert.equal(thisSystem.read(`${folder}/a`), "text");
    assert.deepEqual(thisSystem.list(folder), ["a"]);
    assert.equal(thisSystem.read(`${folder}/b`), null);
    assert.equal(thisSystem.read(`${folder}/a/b`), null);
    assert.equal(thisSystem.list(`${folder}/b`), null);
    assert.throws(() => thisSystem.read(folder));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("thisSystem runs programs, and answers null for missing ones", () => {
  assert.match(thisSystem.run(Deno.execPath(), ["--version"]) ?? "", /^deno /);
  assert.equal(thisSystem.run("wsmark-no-such-program", []), null);
});
