import assert from "node:assert/strict";
import { inFolder, namesIn } from "../../bench/testing/folder.ts";
import { createJournal, readJournal } from "./journal.ts";

const START = {
  client: "ws",
  library: "ws 8",
  url: "ws://x/",
  startedAt: "2026-01-31T14:05:09.000Z",
  machine: [],
};
const OPENED = { atMs: 1, what: "opened", reason: "" } as const;
const SENT = { atMs: 2, what: "sent", message: "żółw\n" } as const;
const BYTES = { atMs: 5, what: "received", message: new Uint8Array([0, 255]) } as const;

const never = (text: string): void => assert.fail(text);

Deno.test("createJournal() keeps each entry as it comes, from the first message on", () =>
  inFolder((folder) => {
    const journal = createJournal(START, [`${folder}/new/a.jsonl`], never);
    journal.add(OPENED);
    assert.deepEqual(namesIn(folder), []);
    assert.equal(journal.path, undefined);
    journal.add(SENT);
    assert.equal(journal.path, `${folder}/new/a.jsonl`);
    assert.equal(Deno.readTextFileSync(`${folder}/new/a.jsonl`).split("\n").length, 4);
    journal.add(BYTES);
    const session = readJournal(Deno.readTextFileSync(`${folder}/new/a.jsonl`));
    journal.remove();
    assert.deepEqual(namesIn(`${folder}/new`), []);
    const { exchanges, connection, durationMs, ...start } = session;
    assert.deepEqual(start, START);
    assert.deepEqual([durationMs, connection], [5, [OPENED]]);
    assert.equal(exchanges[0]!.message!.content.text, "żółw\n");
    assert.equal(exchanges[0]!.reply!.content.text, "00 ff");
  }));

Deno.test("createJournal() overwrites nothing", () =>
  inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/a.jsonl`, "mine");
    const journal = createJournal(START, [`${folder}/a.jsonl`], never);
    journal.add(SENT);
    assert.equal(journal.path, `${folder}/a-2.jsonl`);
    journal.remove();
    assert.equal(Deno.readTextFileSync(`${folder}/a.jsonl`), "mine");
  }));

Deno.test("createJournal() takes the next place if it cannot write, and says so", () =>
  inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "");
    const said: string[] = [];
    const places = [`${folder}/file/a.jsonl`, `${folder}/b.jsonl`];
    const journal = createJournal(START, places, (text) => said.push(text));
    journal.add(SENT);
    journal.remove();
    assert.match(said[0]!, /^Cannot write .*\/file\/a\.jsonl: \S[^(]*$/);
    assert.equal(said[1], `The journal of this session is ${folder}/b.jsonl`);
  }));

Deno.test("createJournal() has no path if it can write nowhere", () =>
  inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "");
    const journal = createJournal(START, [`${folder}/file/a.jsonl`], () => {});
    journal.add(SENT);
    journal.add(BYTES);
    assert.equal(journal.path, undefined);
    journal.remove();
  }));

Deno.test("readJournal() leaves out a last line that was cut off", () => {
  const head = JSON.stringify({ wsmarkSession: 1, ...START });
  const { exchanges } = readJournal(`${head}\n${JSON.stringify(SENT)}\n{"atMs":3,"wh`);
  assert.deepEqual(exchanges.map(({ fate }) => fate), ["no reply"]);
});

Deno.test("readJournal() refuses what is not a journal", () => {
  const head = JSON.stringify({ wsmarkSession: 1, ...START });
  assert.throws(() => readJournal("hello\n"), { name: "SyntaxError", message: /not the journal/ });
  assert.throws(() => readJournal(`${head}\nhello\n`), { name: "SyntaxError", message: /hello/ });
});
