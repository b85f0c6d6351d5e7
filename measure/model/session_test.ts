import assert from "node:assert/strict";
import { type Content, latencyOf, SessionRecorder } from "./session.ts";

const content = (text: string): Content => ({
  text,
  bytes: text.length,
  remarks: [],
  isCut: false,
});
const START = { client: "ws", library: "ws 8", url: "ws://x/", startedAt: "", machine: [] };

/** What became of each message, as `message>reply fate`. */
function story(recorder: SessionRecorder): string[] {
  return recorder.session(START, 0).exchanges.map(({ fate, message, reply }) =>
    `${message?.content.text ?? ""}>${reply?.content.text ?? ""} ${fate}`
  );
}

Deno.test("SessionRecorder gives each reply to the oldest message that has none", () => {
  const recorder = new SessionRecorder();
  recorder.sent(1, content("a"));
  recorder.sent(2, content("b"));
  const first = recorder.received(5, content("A"));
  assert.equal(latencyOf(first), 4);
  assert.equal(recorder.waiting, 1);
  recorder.received(7, content("B"));
  assert.deepEqual(story(recorder), ["a>A answered", "b>B answered"]);
});

Deno.test("SessionRecorder keeps replies that nobody asked for in the place where they came", () => {
  const recorder = new SessionRecorder();
  assert.equal(latencyOf(recorder.received(1, content("X"))), undefined);
  recorder.sent(2, content("a"));
  recorder.received(3, content("A"));
  recorder.received(4, content("Y"));
  assert.deepEqual(story(recorder), [">X unasked", "a>A answered", ">Y unasked"]);
});

Deno.test("SessionRecorder distinguishes what was lost with a connection from what was never answered", () => {
  const recorder = new SessionRecorder();
  recorder.happened({ atMs: 0, what: "opened", reason: "" });
  recorder.sent(1, content("a"));
  recorder.happened({ atMs: 2, what: "lost", reason: "reset" });
  recorder.happened({ atMs: 3, what: "opened", reason: "" });
  recorder.sent(4, content("b"));
  // It cannot be the reply to what another connection was sent.
  recorder.received(5, content("B"));
  recorder.sent(6, content("c"));
  recorder.happened({ atMs: 7, what: "closed", reason: "" });
  recorder.notSent(8, content("d"));
  assert.deepEqual(story(recorder), ["a> lost", "b>B answered", "c> no reply", "d> not sent"]);
  assert.equal(recorder.waiting, 0);
});

Deno.test("SessionRecorder is empty until something is sent or received", () => {
  const recorder = new SessionRecorder();
  recorder.happened({ atMs: 0, what: "opened", reason: "" });
  assert.equal(recorder.isEmpty, true);
  recorder.received(1, content("x"));
  assert.equal(recorder.isEmpty, false);
});
