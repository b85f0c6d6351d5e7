import { deepEqual, equal } from "node:assert/strict";
import { judgeOf, messagesOf } from "./messages.ts";
import { MOST_BUFFERED, QUIET_LOOKS, Run, SLICE_MS } from "./run.ts";

/** A run of that many messages over a line without a server, with a clock that goes on by 1 ms with every send. */
function fixture(count: number) {
  const line = { now: 0, buffered: 0, sent: [] as string[] };
  const message = messagesOf(0);
  const run = new Run({
    count,
    message,
    judge: judgeOf("/echo", message),
    now: () => line.now,
    buffered: () => line.buffered,
    send(text) {
      line.now++;
      line.sent.push(text);
    },
  });
  const answer = (...sequences: number[]) => {
    for (const sequence of sequences) run.receive(message(sequence));
  };
  return { line, run, answer };
}

/** The account as `sent answered lost duplicated reordered corrupted`. */
function account(run: Run): number[] {
  const { sent, answered, lost, duplicated, reordered, corrupted } = run.outcome().counts;
  return [sent, answered, lost, duplicated, reordered, corrupted];
}

Deno.test("Run sends in slices", () => {
  const { run, line } = fixture(20);
  equal(run.sendSlice(), "more");
  equal(run.sent, SLICE_MS);
  equal(run.sendSlice(), "more");
  equal(run.sendSlice(), "done");
  equal(run.sendSlice(), "done");
  deepEqual(line.sent, Array.from({ length: 20 }, (_, index) => `Hello Server ${index + 1}`));
});

Deno.test("Run waits while the connection takes no more", () => {
  const { run, line } = fixture(2);
  line.buffered = MOST_BUFFERED;
  equal(run.sendSlice(), "full");
  equal(run.sent, 0);
  line.buffered = MOST_BUFFERED - 1;
  equal(run.sendSlice(), "done");
});

Deno.test("Run ends as the last reply comes", () => {
  const { run, line, answer } = fixture(3);
  run.sendSlice();
  answer(0, 1);
  equal(run.end, undefined);
  line.now = 50;
  answer(2);
  equal(run.end, "complete");
  deepEqual(account(run), [3, 3, 0, 0, 0, 0]);
  const { tookMs, latency, received } = run.outcome();
  deepEqual([tookMs, received, latency.count], [50, 3, 3]);
  equal(Math.round(latency.max / 1e5) / 10, 48);
});

Deno.test("Run counts replies that are late, doubled and altered", () => {
  const { run, answer } = fixture(6);
  run.sendSlice();
  answer(1, 0, 0);
  run.receive("Hello Server 3!");
  answer(4, 5);
  equal(run.end, undefined, "a reply that was passed over may be late");
  answer(3);
  equal(run.end, "complete");
  deepEqual(account(run), [6, 5, 0, 1, 2, 1]);
  deepEqual([run.received, run.outcome().latency.count], [7, 5]);
});

Deno.test("Run takes a reply to a message that was never sent as corrupted", () => {
  const { run, answer } = fixture(2);
  run.sendSlice();
  answer(999_999, 1);
  deepEqual(account(run), [2, 1, 0, 0, 0, 1]);
});

Deno.test("Run ends when nothing has come for a while, and counts the rest as lost", () => {
  const { run, answer } = fixture(4);
  run.sendSlice();
  answer(0, 1);
  for (let look = 0; look < QUIET_LOOKS; look++) run.look();
  answer(3);
  for (let look = 0; look < QUIET_LOOKS; look++) run.look();
  equal(run.end, undefined);
  run.look();
  equal(run.end, "silent");
  answer(2);
  deepEqual(account(run), [4, 3, 1, 0, 0, 0]);
});

Deno.test("Run takes what drains from the browser's buffer for progress", () => {
  const { run, line } = fixture(1);
  run.sendSlice();
  for (let look = 0; look < 3 * QUIET_LOOKS; look++) {
    line.buffered = 1000 - look;
    run.look();
  }
  equal(run.end, undefined);
});

Deno.test("Run.stop() sends no more and waits for replies; the second time it ends", () => {
  const { run, answer } = fixture(100);
  run.sendSlice();
  run.stop();
  equal(run.sendSlice(), "done");
  equal(run.end, undefined);
  answer(...Array(SLICE_MS).keys());
  equal(run.end, "stopped");
  deepEqual(account(run), [8, 8, 0, 0, 0, 0]);

  const impatient = fixture(100);
  impatient.run.sendSlice();
  impatient.run.stop();
  impatient.run.stop();
  equal(impatient.run.end, "stopped");
  deepEqual(account(impatient.run), [8, 0, 8, 0, 0, 0]);
});

Deno.test("Run.stop() before anything was sent ends at once", () => {
  const { run } = fixture(5);
  run.stop();
  equal(run.end, "stopped");
  equal(run.outcome().tookMs, undefined);
});

Deno.test("Run.closed() ends it with what is outstanding lost", () => {
  const { run, answer } = fixture(5);
  run.sendSlice();
  answer(0, 1);
  run.closed();
  equal(run.end, "closed");
  deepEqual(account(run), [5, 2, 3, 0, 0, 0]);
});
