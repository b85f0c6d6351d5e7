import assert from "node:assert/strict";
import { SessionRecorder } from "../../measure/model/session.ts";
import { contentOf } from "./content.ts";
import { summaryOf } from "./summary.ts";

const START = { client: "", library: "", url: "", startedAt: "", machine: [] };

Deno.test("summaryOf() says what was sent and what came", () => {
  const recorder = new SessionRecorder();
  recorder.sent(1, contentOf("a"));
  recorder.received(3.5, contentOf("A"));
  const text = (): string => summaryOf(recorder.session(START, 9));
  assert.equal(text(), "sent 1, received 1, median latency 2.500 ms");
  recorder.received(4, contentOf("X"));
  recorder.sent(5, contentOf("b"));
  recorder.happened({ atMs: 6, what: "lost", reason: "" });
  recorder.notSent(7, contentOf("c"));
  assert.equal(
    text(),
    "sent 2, received 2, 1 unasked, 1 lost with the connection, 1 not sent, median latency 2.500 ms",
  );
});
