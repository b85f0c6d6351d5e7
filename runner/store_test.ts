import assert from "node:assert/strict";
import { completedTrial, failedTrial, SETTINGS } from "../measure/testdata.ts";
import { type Result, SCHEMA_VERSION } from "../measure/result.ts";
import { readResult } from "./read_result.ts";
import { createStore, writeWhole } from "./store.ts";
import { inFolder, namesIn } from "./testing/folder.ts";

const begun: Result = {
  schemaVersion: SCHEMA_VERSION,
  wsmark: "0.1.0",
  state: "running",
  startedAt: "2026-01-02T03:04:05.678Z",
  planned: 3,
  settings: { ...SETTINGS, rounds: 1, pinning: { absent: "one CPU" } },
  machine: [],
  servers: [],
  clients: [],
  scenarios: [],
  trials: [],
  warnings: [],
};

Deno.test("createStore() makes the folder with its parents and keeps each trial at once", () =>
  inFolder((parent) => {
    const store = createStore(`${parent}/a/b/`);
    store.append(failedTrial("one"));
    store.append(failedTrial("two"));
    const lines = Deno.readTextFileSync(`${parent}/a/b/trials.jsonl`).split("\n");
    assert.deepEqual(lines.map((line) => line && JSON.parse(line).reason), ["one", "two", ""]);
    store.close();
  }));

Deno.test("createStore() refuses a folder that holds something", () =>
  inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/x`, "");
    assert.throws(() => createStore(folder), { message: "it holds other files" });
    assert.deepEqual(namesIn(folder), ["x"]);
  }));

Deno.test("createStore() refuses a path that is a file, in one line", () =>
  inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/x`, "");
    assert.throws(
      () => createStore(`${folder}/x`),
      (error: Error) => !error.message.includes("\n"),
    );
  }));

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

Deno.test("readResult() takes the trials of a run that was killed from trials.jsonl", () =>
  inFolder(async (folder) => {
    const store = createStore(folder + "/run");
    store.write("results.json", JSON.stringify(begun));
    store.append(completedTrial({ rate: 1 }));
    store.append(failedTrial("it ended"));
    store.close();
    const result = await readResult(store.folder);
    assert.equal(result.state, "interrupted");
    assert.deepEqual(result.trials.map(({ state }) => state), ["completed", "failed"]);
    assert.deepEqual(result.warnings, [
      { kind: "run is partial", ended: 2, planned: 3 },
      { kind: "trials failed", failed: 1, planned: 3 },
      { kind: "not pinned", reason: "one CPU" },
      { kind: "too few rounds", rounds: 1, needed: 5 },
    ]);
  }));

Deno.test("readResult() leaves a line out that was cut off, and says so", () =>
  inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/results.json`, JSON.stringify(begun));
    const line = JSON.stringify(failedTrial("it ended"));
    Deno.writeTextFileSync(`${folder}/trials.jsonl`, `${line}\n${line.slice(0, 30)}`);
    const result = await readResult(folder);
    assert.equal(result.trials.length, 1);
    assert.ok(result.warnings.some(({ kind }) => kind === "torn last line"));
  }));

Deno.test("readResult() reads a finished run from results.json alone", () =>
  inFolder(async (folder) => {
    const finished: Result = { ...begun, state: "finished", trials: [failedTrial("x")] };
    Deno.writeTextFileSync(`${folder}/results.json`, JSON.stringify(finished));
    assert.deepEqual(await readResult(folder), finished);
  }));

Deno.test("readResult() names the folder that holds no result", () =>
  inFolder(async (folder) => {
    await assert.rejects(readResult(folder), { message: `There is no results.json in ${folder}` });
    await assert.rejects(readResult(`${folder}/none`), { message: /There is no results\.json/ });
  }));

Deno.test("readResult() refuses a damaged file", () =>
  inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/results.json`, '{"schemaVersion":1}');
    await assert.rejects(readResult(folder), {
      name: "SyntaxError",
      message: /Cannot read a result/,
    });
  }));
