import assert from "node:assert/strict";
import { completedTrial, failedTrial, SETTINGS } from "../../measure/model/testdata.ts";
import { type Result, SCHEMA_VERSION } from "../../measure/model/result.ts";
import { needing } from "../../checks/testing/needs.ts";
import { readResult } from "./read_result.ts";
import type { RunEvent } from "../run/run.ts";
import { checkFolder, createStore, reopenStore, stored } from "./store.ts";
import { StoreError } from "./files.ts";
import { inFolder, namesIn } from "../testing/folder.ts";

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

Deno.test("checkFolder() refuses what createStore() refuses, and makes nothing", () =>
  inFolder((folder) => {
    checkFolder(folder);
    checkFolder(`${folder}/a/b/`);
    assert.deepEqual(namesIn(folder), []);
    Deno.writeTextFileSync(`${folder}/x`, "");
    assert.throws(() => checkFolder(folder), { message: "it holds other files" });
    assert.throws(() => checkFolder(`${folder}/x`), /^Error: Not a directory/);
    assert.throws(() => checkFolder(`${folder}/x/y`), /^Error: .* is not a folder$/);
    using _ = createStore(`${folder}/used`);
    assert.throws(() => checkFolder(`${folder}/used`), { message: "another run is using it" });
  }));

Deno.test("createStore() and reopenStore() refuse a folder that another run is using", () =>
  inFolder((folder) => {
    using _ = createStore(folder);
    assert.throws(() => createStore(folder), { message: "another run is using it" });
    assert.throws(() => reopenStore(folder), { name: "InUseError" });
  }));

Deno.test("Store.remove() leaves the folder as it was", () =>
  inFolder((folder) => {
    createStore(folder).remove();
    assert.deepEqual(namesIn(folder), []);
  }));

Deno.test("reopenStore() cuts off what is not whole, and goes on", () =>
  inFolder((folder) => {
    const first = createStore(folder);
    first.append(failedTrial("one"));
    first.close();
    Deno.writeTextFileSync(`${folder}/trials.jsonl`, '{"tr', { append: true });
    Deno.writeTextFileSync(`${folder}/results.json.1.unfinished`, "{");
    const { store, lines, torn } = reopenStore(folder);
    store.append(failedTrial("two"));
    store.close();
    assert.deepEqual([lines.length, torn], [1, true]);
    const text = Deno.readTextFileSync(`${folder}/trials.jsonl`);
    assert.deepEqual(text.trimEnd().split("\n").map((line) => JSON.parse(line).reason), [
      "one",
      "two",
    ]);
    assert.deepEqual(namesIn(folder), ["trials.jsonl"]);
  }));

const events: readonly RunEvent[] = [
  { kind: "planned", result: begun },
  { kind: "trial ended", trial: failedTrial("one") },
  { kind: "trial ended", trial: failedTrial("two") },
  { kind: "ended", result: { ...begun, state: "interrupted" } },
];

async function* tell(): AsyncGenerator<RunEvent> {
  for (const event of events) yield await Promise.resolve(event);
}

Deno.test("stored() passes no trial on that could not be written, and says once", () =>
  inFolder(async (folder) => {
    using store = createStore(folder);
    const full = (): never => {
      throw new Error("No space left on device (os error 28)");
    };
    const failures: StoreError[] = [];
    const told = stored(tell(), { ...store, append: full }, (error) => failures.push(error));
    assert.deepEqual((await Array.fromAsync(told)).map(({ kind }) => kind), ["planned", "ended"]);
    assert.deepEqual(failures.map(({ message }) => message), [
      `Cannot write trials.jsonl in ${folder}: No space left on device`,
    ]);
    await assert.rejects(Array.fromAsync(stored(tell(), { ...store, append: full })), StoreError);
  }));

Deno.test(needing("Linux", {
  name: "Store.append() takes back what it has written of a trial when the disk is full",
  fn: () =>
    inFolder(async (folder) => {
      const module = import.meta.resolve("./store.ts");
      const code = `
        const { createStore } = await import("${module}");
        const { failedTrial } = await import("${
        import.meta.resolve("../../measure/model/testdata.ts")
      }");
        const store = createStore("${folder}/run");
        try {
          for (;;) store.append(failedTrial("x".repeat(300)));
        } catch (error) {
          console.log(error.message);
        }
      `;
      // A limit of the size of files takes the place of a full disk; without the signal a write fails.
      const { stdout } = await new Deno.Command("sh", {
        args: ["-c", 'trap "" XFSZ; ulimit -f 2; exec "$@"', "sh", Deno.execPath(), "eval", code],
        env: { DENO_NO_UPDATE_CHECK: "1" },
        stderr: "null",
      }).output();
      assert.match(new TextDecoder().decode(stdout), /^File too large/);
      const text = Deno.readTextFileSync(`${folder}/run/trials.jsonl`);
      assert.ok(text.endsWith("}\n") && text.split("\n").length > 1);
    }),
}));

Deno.test("readResult() takes the trials of a run that was killed from trials.jsonl", () =>
  inFolder(async (folder) => {
    const store = createStore(folder + "/run");
    store.write("results.json", JSON.stringify(begun));
    store.append(completedTrial({ rate: 1 }));
    store.append({ ...failedTrial("it ended"), trial: 2 });
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

Deno.test("readResult() leaves a damaged line out, and says so", () =>
  inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/results.json`, JSON.stringify(begun));
    const lines = [1, 2, 3].map((trial) => JSON.stringify({ ...failedTrial("it ended"), trial }));
    lines[1] = lines[1]!.replace("reason", "rea\0on");
    Deno.writeTextFileSync(`${folder}/trials.jsonl`, lines.join("\n") + "\n");
    const result = await readResult(folder);
    assert.deepEqual(result.trials.map(({ trial }) => trial), [1, 3]);
    assert.deepEqual(result.warnings.at(-1), {
      ...{ kind: "damaged lines", file: "trials.jsonl", count: 1, lines: [2] },
      reason: (result.warnings.at(-1) as { reason: string }).reason,
    });
    // Once the trial has run again, a report of then holds all that there is.
    const reported: Result = { ...begun, state: "interrupted", trials: result.trials };
    Deno.writeTextFileSync(`${folder}/results.json`, JSON.stringify(reported));
    assert.deepEqual((await readResult(folder)).warnings, begun.warnings);
  }));

Deno.test("readResult() reads a run without a trial, and names one that had nothing yet", () =>
  inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/plan.json`, "{}");
    await assert.rejects(readResult(folder), {
      name: "NothingYetError",
      message: `The run in ${folder} was killed before its first trial: there is nothing to report`,
    });
    Deno.writeTextFileSync(`${folder}/results.json`, JSON.stringify(begun));
    assert.deepEqual((await readResult(folder)).trials, []);
  }));

Deno.test("readResult() takes trials that ended after the last report", () =>
  inFolder(async (folder) => {
    const reported: Result = { ...begun, state: "interrupted", trials: [failedTrial("one")] };
    Deno.writeTextFileSync(`${folder}/results.json`, JSON.stringify(reported));
    const lines = ["one", "two"].map((reason, index) =>
      JSON.stringify({ ...failedTrial(reason), trial: index + 1 }) + "\n"
    );
    Deno.writeTextFileSync(`${folder}/trials.jsonl`, lines.join(""));
    assert.equal((await readResult(folder)).trials.length, 2);
    Deno.removeSync(`${folder}/trials.jsonl`);
    assert.equal((await readResult(folder)).trials.length, 1);
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
