import assert from "node:assert/strict";
import type { GeneratorReport } from "../generator/messages.ts";
import type { GeneratorProcess } from "../generator/process.ts";
import { clockMs } from "../generator/together/clock.ts";
import { TASK } from "./testing/task.ts";
import { beginWork, type Work, type WorkNews } from "./work.ts";

const REPORT = {
  state: "completed",
  counts: { sent: 5, replies: 6, replyBytes: 0, handshakes: 0, connections: 2 },
  integrity: { sent: 9, answered: 8, lost: 1, duplicated: 0, reordered: 0, corrupted: 0 },
} as GeneratorReport;

/** No process has this id, so that none is ended. */
const NOBODY = 2 ** 30;

/** A work whose generator has a clock that shows so much more, and what comes of it. */
function workOf(generator: Partial<GeneratorProcess>, aheadMs: number = 0) {
  const told: WorkNews[] = [];
  const ended: string[] = [];
  const calls: string[] = [];
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const work: Work = beginWork({
    title: "a trial",
    generator: {
      pid: NOBODY,
      connect() {
        calls.push("connect");
        return Promise.resolve({ state: "connected" });
      },
      clock: () => Promise.resolve({ atMs: clockMs() + aheadMs }),
      run(_news, startMs) {
        calls.push(`run at ${Math.round((startMs! - aheadMs) / 1000)}`);
        return Promise.resolve({ ...REPORT, startedAtMs: startMs! });
      },
      learn: (messages) => calls.push(`learn ${messages}`),
      stop() {
        calls.push("stop");
        return Promise.resolve();
      },
      ...generator,
    },
    tell(news) {
      told.push(news);
      if (news.kind !== "connected") resolve();
      return Promise.resolve();
    },
    ended: (line) => ended.push(line),
  });
  return { work, told, ended, calls, over };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

Deno.test("a work goes through its states once, whatever it is told twice, by the agent's own clock", async () => {
  const { work, told, ended, calls, over } = workOf({}, 3_600_000);
  // It is not connected yet.
  work.run(1, 1000_000);
  work.connect(1, TASK);
  work.connect(1, TASK);
  while (told.length === 0) await turn();
  work.run(1, 2000_000);
  work.run(1, 2000_000);
  await over;
  assert.deepEqual(calls, ["connect", "run at 2000"]);
  assert.deepEqual(told.map(({ kind }) => kind), ["connected", "report"]);
  const news = told[1]!;
  const size = news.kind === "report" ? news.size : 0;
  const bytes = work.part(1, 0, 1e6)!;
  assert.equal(bytes.length, size);
  assert.deepEqual(work.part(1, 5, 10), bytes.subarray(5, 15));
  assert.equal(work.part(2, 0, 1e6), undefined);
  const { startedAtMs } = JSON.parse(new TextDecoder().decode(bytes));
  assert.ok(Math.abs(startedAtMs - 2000_000) < 1, `${startedAtMs}`);
  assert.deepEqual(ended, ["2 connections, 8 of 9 messages answered"]);
  await work.stop();
  await work.stop();
  assert.equal(calls.filter((call) => call === "stop").length, 1);
  assert.equal(ended.length, 1);
});

Deno.test("the work of a search takes one window after the other, and says at its end what all of them did", async () => {
  const { work, told, ended, calls } = workOf({});
  const search = { ...TASK, scenario: "capacity" };
  for (const window of [1, 2]) {
    work.connect(window, search);
    while (told.length < 2 * window - 1) await turn();
    work.run(window, 2000_000);
    while (told.length < 2 * window) await turn();
    await turn();
    // Said again, as the answer was lost.
    work.connect(window, search);
    work.run(window, 2000_000);
  }
  assert.deepEqual(calls, ["connect", "run at 2000", "connect", "run at 2000"]);
  assert.deepEqual(ended, []);
  await work.stop();
  assert.deepEqual(ended, ["2 connections, 16 of 18 messages answered in 2 windows"]);
});

Deno.test("a work passes on what another one has said while its traffic runs, and in no other window", async () => {
  const { promise, resolve } = Promise.withResolvers<{ state: "failed"; reason: string }>();
  const { work, told, calls } = workOf({
    stop: () => Promise.resolve(resolve({ state: "failed", reason: "signal SIGTERM" })),
    run(news) {
      news!.said!(7);
      return promise;
    },
  });
  work.learn(1, 5);
  work.connect(1, TASK);
  while (told.length === 0) await turn();
  work.run(1, 2000_000);
  work.learn(2, 8);
  work.learn(1, 9);
  assert.deepEqual(calls, ["connect", "learn 9"]);
  assert.deepEqual(told.at(-1), { kind: "said", messages: 7 });
  await work.stop();
  await turn();
});

Deno.test("a work tells why its generator failed", async () => {
  const { work, told, ended, over } = workOf({
    connect: () => Promise.resolve({ state: "failed", reason: "nobody listens" }),
  });
  work.connect(1, TASK);
  await over;
  assert.deepEqual(told, [{ kind: "failed", reason: "nobody listens" }]);
  assert.deepEqual(ended, ["failed: nobody listens"]);
  work.run(1, 1);
  await work.stop();
});

Deno.test("a work that is stopped says so once, and tells nothing any more", async () => {
  const { promise, resolve } = Promise.withResolvers<{ state: "failed"; reason: string }>();
  const { work, told, ended } = workOf({
    connect: () => promise,
    stop() {
      resolve({ state: "failed", reason: "signal SIGTERM" });
      return Promise.resolve();
    },
  });
  work.connect(1, TASK);
  await work.stop();
  await turn();
  assert.deepEqual([told, ended], [[], ["stopped before its end"]]);
});
