import assert from "node:assert/strict";
import { encodeHistogram } from "../../measure/record/hdr.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import type { CompletedTrial } from "../../measure/model/result.ts";
import { completedTrial } from "../../measure/model/testdata.ts";
import { chooseEngine } from "../../bench/plan/client/engine.ts";
import { choosePinning } from "../../bench/process/pinning.ts";
import { delay } from "./delay.ts";
import { checks, createBench } from "./mod.ts";
import { push } from "./push.ts";
import { replies } from "./replies.ts";
import { judgeHalves, same } from "./same.ts";
import { stall } from "./stall.ts";
import { stoppedClient } from "./stopped_client.ts";
import {
  type Bench,
  type Check,
  CHECK_IDS,
  type CheckFinding,
  type TrialRequest,
} from "./types.ts";
import { work } from "./work.ts";

function encoded(...ms: number[]): string {
  const histogram = new Histogram();
  for (const one of ms) histogram.record(one * 1e6);
  return encodeHistogram(histogram);
}

/** What a check finds in invented trials. */
async function findingsOf(
  check: Check,
  makeUp: (request: TrialRequest, index: number) => Partial<CompletedTrial>,
): Promise<CheckFinding[]> {
  let index = 0;
  const bench: Bench = {
    seed: 1,
    trial: (request) =>
      Promise.resolve({ ...completedTrial({}), warnings: [], ...makeUp(request, index++) }),
  };
  return await Array.fromAsync(check.run(bench));
}

const verdicts = (findings: readonly CheckFinding[]): boolean[] =>
  findings.map(({ holds }) => holds);

Deno.test("checks are those of CHECK_IDS in their order, and have a title", () => {
  assert.deepEqual(checks.map(({ id }) => id), CHECK_IDS);
  for (const { title } of checks) assert.ok(title.length > 10);
});

Deno.test("delay fails if latencies are too short or too long", async () => {
  const times = (ms: number) => () => ({
    histograms: { serviceTime: encoded(ms), responseTime: encoded(ms) },
  });
  assert.deepEqual(verdicts(await findingsOf(delay, times(5.2))), [true, true, true]);
  assert.deepEqual(verdicts(await findingsOf(delay, times(4.9))), [false, false, false]);
  assert.deepEqual(verdicts(await findingsOf(delay, times(7))), [true, false, false]);
});

Deno.test("stall fails if the open loop misses the stalls, and if the closed loop shows them", async () => {
  // 1,000 messages a second: 800 at once, 200 after 199, 198, … 0 ms.
  const even = [...Array(800).fill(0.1), ...Array.from({ length: 200 }, (_, index) => index)];
  const open = { responseTime: encoded(...even), serviceTime: encoded(...even) };
  const closed = { serviceTime: encoded(...Array(9999).fill(0.1), 200) };
  const made = (first: CompletedTrial["histograms"], second: CompletedTrial["histograms"]) =>
    findingsOf(stall, (_, index) => ({ histograms: index === 0 ? first : second }));
  assert.ok(verdicts(await made(closed, open)).every((holds) => holds));
  const blind = { ...closed, responseTime: closed.serviceTime };
  assert.deepEqual(verdicts(await made(closed, blind)), [
    true,
    true,
    false,
    false,
    false,
    false,
    true,
  ]);
  assert.equal(verdicts(await made(open, open))[0], false);
});

Deno.test("replies fails if one reply is counted too many, too few or in another kind", async () => {
  const counts = { sent: 1000, answered: 1000, lost: 0, duplicated: 0, reordered: 0, corrupted: 0 };
  const found = await findingsOf(replies, (_, index) => ({
    integrity: {
      ...counts,
      ...[{ lost: 1 }, { lost: 9 }, { duplicated: 10 }, { lost: 10 }, { corrupted: 10, lost: 1 }][
        index
      ],
    },
  }));
  assert.deepEqual(verdicts(found), [false, false, true, false, false]);
  assert.equal(found[1]!.expected, "10 lost");
  assert.equal(found[1]!.measured, "9 lost");
});

Deno.test("push fails if a message that is left out is not missed, and if figures are not those of the stream", async () => {
  const counts = { sent: 130, answered: 129, lost: 1, duplicated: 0, reordered: 0, corrupted: 0 };
  const made = (lost: number, replies: number, gaps: readonly number[], ageMs: number) => () => ({
    integrity: { ...counts, lost },
    counts: { sent: 0, replies, replyBytes: 64 * replies, handshakes: 0, connections: 1 },
    phases: { ...completedTrial({}).phases, windowMs: 1000 },
    histograms: { gap: encoded(...gaps), age: encoded(ageMs) },
  });
  const even = [10, 10, 20];
  assert.deepEqual(verdicts(await findingsOf(push, made(1, 99, even, 20))), [
    ...[true, true, true, true, true],
  ]);
  assert.deepEqual(verdicts(await findingsOf(push, made(0, 90, [30], 5))), [
    ...[false, false, false, false, false],
  ]);
});

Deno.test("push: a real server's message that is left out is missed", async () => {
  const bench = createBench(
    { engine: chooseEngine("auto"), pinning: choosePinning({}), seed: 1 },
    new AbortController().signal,
  );
  const [leftOut] = await Array.fromAsync(push.run(bench));
  assert.ok(leftOut!.holds, `${leftOut!.expected}: ${leftOut!.measured}`);
});

Deno.test("stoppedClient fails if the client did not notice", async () => {
  const arrivals = { offered: 1500, sent: 1500, late: 0, dropped: 0, answered: 1500 };
  const found = await findingsOf(stoppedClient, () => ({
    arrivals,
    histograms: {
      pacingError: encoded(0.1),
      responseTime: encoded(0.2),
      serviceTime: encoded(0.1),
    },
  }));
  assert.deepEqual(verdicts(found), [false, false, true, true, true]);
});

Deno.test("same fails if one name is faster than the other", async () => {
  const speed = (factor: number) => ({ server }: TrialRequest, index: number) => ({
    metrics: {
      rate: (1000 + (index * 7919) % 50) * (server.id === "one" ? factor : 1),
      "cpu.message": 10 + (index * 104_729) % 7 / 10,
    },
  });
  assert.ok(verdicts(await findingsOf(same, speed(1))).every((holds) => holds));
  // The rates that are dealt to the names anew are of two kinds: no matter what the test says of these.
  const [rate, cpu, , dealtCpu] = verdicts(await findingsOf(same, speed(1.5)));
  assert.deepEqual([rate, cpu, dealtCpu], [false, true, true]);
});

Deno.test("work fails if the difference is missed, or its size is wrong", async () => {
  const effort = (factor: number) => ({ server }: TrialRequest, index: number) => ({
    metrics: {
      "cpu.message": (10 + (index * 104_729) % 7 / 10) * (server.id === "loaded" ? factor : 1),
    },
  });
  assert.deepEqual(verdicts(await findingsOf(work, effort(1.2))), [true]);
  assert.deepEqual(verdicts(await findingsOf(work, effort(1))), [false]);
  assert.deepEqual(verdicts(await findingsOf(work, effort(1.6))), [false]);
});

Deno.test("judgeHalves() throws if there is nothing to compare", () => {
  assert.throws(() => judgeHalves([completedTrial({}), completedTrial({})], "rate"), {
    message: "Cannot compare: there is no round with both figures",
  });
});

Deno.test("replies holds of real servers", async () => {
  const engine = chooseEngine("auto");
  const bench = createBench(
    { engine, pinning: choosePinning({}), seed: 1 },
    new AbortController().signal,
  );
  const found = await Array.fromAsync(replies.run(bench));
  assert.deepEqual(found.filter(({ holds }) => !holds), []);
});
