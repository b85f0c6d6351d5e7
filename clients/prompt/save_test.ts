import assert from "node:assert/strict";
import { SessionRecorder } from "../../measure/model/session.ts";
import { inFolder, namesIn } from "../../bench/testing/folder.ts";
import { contentOf } from "./content.ts";
import { saveWorkbook, showsAllOf } from "./save.ts";

const START = { client: "ws", library: "", url: "ws://x/", startedAt: "2026-01-31", machine: [] };

function sessionWith(message: string) {
  const recorder = new SessionRecorder();
  recorder.sent(1, contentOf(message));
  return recorder.session(START, 9);
}

Deno.test("saveWorkbook() writes next to a file that has the name already", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a.xlsx`;
    Deno.writeTextFileSync(path, "mine");
    const saved = await saveWorkbook(sessionWith("x"), path, assert.fail);
    assert.deepEqual(saved, { path: `${folder}/a-2.xlsx`, asAsked: true });
    assert.deepEqual(namesIn(folder), ["a-2.xlsx", "a.xlsx"]);
    assert.equal(Deno.readTextFileSync(path), "mine");
  }));

Deno.test("saveWorkbook() says why there is none if it cannot be made", () =>
  inFolder(async (folder) => {
    const said: string[] = [];
    const session = { ...sessionWith("x"), startedAt: "never" };
    const { path } = await saveWorkbook(session, `${folder}/a.xlsx`, (text) => said.push(text));
    assert.equal(path, undefined);
    assert.match(said.join(), /^Cannot make the workbook: \S/);
    assert.deepEqual(namesIn(folder), []);
  }));

Deno.test("showsAllOf() says whether a message was cut", async () => {
  assert.equal(await showsAllOf(sessionWith("x")), true);
  assert.equal(await showsAllOf(sessionWith("x".repeat(40_000))), false);
});
