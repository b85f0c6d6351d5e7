import assert from "node:assert/strict";
import { inFolder } from "../testing/folder.ts";
import { createTrials, InUseError, isInUse, openTrials, readTrials } from "./trials_file.ts";

Deno.test("createTrials() refuses a file that is there", () =>
  inFolder((folder) => {
    createTrials(`${folder}/a`).close();
    assert.throws(() => createTrials(`${folder}/a`), Deno.errors.AlreadyExists);
  }));

Deno.test("openTrials() refuses a file that a run writes, until that closes it", () =>
  inFolder((folder) => {
    const path = `${folder}/a`;
    const writing = createTrials(path);
    assert.ok(isInUse(path));
    assert.throws(() => openTrials(path), InUseError);
    writing.append("one");
    writing.close();
    writing.close();
    assert.ok(!isInUse(path));
    const { file, ...found } = openTrials(path);
    assert.deepEqual(found, { lines: ["one"], torn: false });
    file.close();
  }));

Deno.test("openTrials() is free after the process that wrote was killed", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a`;
    const module = new URL("./trials_file.ts", import.meta.url).href;
    const code = `
      const { createTrials } = await import("${module}");
      createTrials("${path}").append("one");
      console.log("ready");
      setInterval(() => {}, 1000);
    `;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["eval", code],
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const reader = child.stdout.getReader();
    await reader.read();
    assert.ok(isInUse(path));
    child.kill("SIGKILL");
    await child.status;
    await reader.cancel();
    const { file, lines } = openTrials(path);
    assert.deepEqual(lines, ["one"]);
    file.close();
  }));

Deno.test("openTrials() cuts off a line that is not whole, and appends after the last one that is", () =>
  inFolder((folder) => {
    const path = `${folder}/a`;
    Deno.writeTextFileSync(path, "one\nzwölf\nthr");
    const { file, ...found } = openTrials(path);
    assert.deepEqual(found, { lines: ["one", "zwölf"], torn: true });
    file.append("three");
    file.close();
    assert.deepEqual(readTrials(path), { lines: ["one", "zwölf", "three"], torn: false });
  }));

Deno.test("readTrials() finds nothing if there is no file", () =>
  inFolder((folder) => {
    assert.deepEqual(readTrials(`${folder}/none`), { lines: [], torn: false });
  }));
