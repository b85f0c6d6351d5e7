import assert from "node:assert/strict";
import { type Change, type Changes, changesOf, regressionsOf } from "./changes.ts";
import { CPU, laterRunOf, RATE, rounds, runOf, scenario, serversOf } from "./changes_testdata.ts";
import type { Judgement } from "./judge.ts";
import type { Absent, Figure, Result, Trial } from "../model/result.ts";
import { failedTrial, SETTINGS } from "../model/testdata.ts";

const OLD = [...rounds("native"), ...rounds("ws")];

function compared(before: Result, after: Result): Changes {
  const changes = changesOf(before, after);
  assert.ok(!("absent" in changes), (changes as Absent).absent);
  return changes;
}

/** Compares a run of two servers with one in which the trials of ws are others. */
function withWs(...trials: readonly Trial[]): Changes {
  return compared(runOf(OLD), laterRunOf([...rounds("native"), ...trials]));
}

function inShort({ aspect, server, outcome }: Change): string {
  return `${aspect} of ${server.id}: ${outcome}`;
}

function judgementOf({ judgement }: Change): Judgement {
  assert.ok(!("absent" in judgement), JSON.stringify(judgement));
  return judgement;
}

function assertClose(actual: Figure, expected: number): void {
  assert.ok(typeof actual === "number" && Math.abs(actual / expected - 1) < 1e-9, `${actual}`);
}

function reasonOf({ judgement }: Change): string | undefined {
  return "absent" in judgement ? judgement.absent : undefined;
}

const FAILED = failedTrial("it ended");
const failed = { ...FAILED, server: "ws", scenario: "throughput", case: "size=64" };
const lossy = rounds("ws").map((trial) => ({
  ...trial,
  integrity: { ...trial.integrity, lost: 1 },
}));

Deno.test("changesOf() judges the primary metric and the CPU time of each server in each case", () => {
  assert.deepEqual(withWs(...rounds("ws", { speed: 0.88, effort: 0.7 })).rows.map(inShort), [
    "primary of native: not told apart",
    "primary of ws: worse",
    "cpu of native: not told apart",
    "cpu of ws: better",
  ]);
});

Deno.test("changesOf() gives the geometric means of both runs and the ratio of new to old", () => {
  const [, row] = withWs(...rounds("ws", { speed: 1.5 })).rows;
  assertClose(row!.before, 100);
  assertClose(row!.after, 150);
  assert.deepEqual([row!.metric, row!.case.id], [RATE, "size=64"]);
  const { ratio, interval, p, adjustedP, rounds: count, difference } = judgementOf(row!);
  assertClose(ratio, 1.5);
  assert.deepEqual([count, difference], [7, "higher"]);
  assert.ok(interval.low > 1.45 && interval.high < 1.55);
  assert.equal(adjustedP, 2 * p, "two rows of the same aspect are judged together");
});

Deno.test("changesOf() takes out what hit a whole run, by the server that is the same in both", () => {
  const slow = laterRunOf([
    ...rounds("native", { speed: 0.7 }),
    ...rounds("ws", { speed: 0.7 * 0.88 }),
  ]);
  const { rows: [native, ws], common } = compared(runOf(OLD), slow);
  assert.equal(common?.id, "native");
  assertClose(judgementOf(ws!).ratio, 0.88);
  assertClose(ws!.after, 61.6);
  assert.equal(ws!.outcome, "worse");
  assertClose(judgementOf(native!).ratio, 0.7);
  assert.equal(native!.outcome, "probably worse", "nothing is known of its own change");
});

const otherLibrary = (...ids: readonly string[]): Result["servers"] =>
  serversOf("native", "ws", "socketio").map((server) =>
    ids.includes(server.id) ? { ...server, library: "other 2.0.0" } : server
  );

Deno.test("changesOf() judges by the baseline if it is the same in both runs, else by another one", () => {
  const of = (after: Result): string | undefined =>
    compared(runOf(OLD, { servers: serversOf("native", "ws", "socketio") }), after).common?.id;
  assert.equal(of(laterRunOf(OLD, { servers: otherLibrary("ws") })), "native");
  assert.equal(of(laterRunOf(OLD, { servers: otherLibrary("native") })), "ws");
  const settings = { ...SETTINGS, baseline: "socketio" };
  assert.equal(of(laterRunOf(OLD, { settings, servers: otherLibrary() })), "socketio");
  const newer = serversOf("native", "ws").map((one) => ({ ...one, runtime: "deno 3.0.0" }));
  assert.equal(of(laterRunOf(OLD, { servers: newer })), undefined);
  assert.equal(of(laterRunOf(OLD, { servers: serversOf("native") })), undefined, "it is alone");
});

Deno.test("changesOf() calls no change more than probable without a server that is the same", () => {
  const after = laterRunOf(
    [...rounds("native"), ...rounds("ws", { speed: 0.5, effort: 0.5 })],
    { servers: otherLibrary("native", "ws") },
  );
  const changes = compared(runOf(OLD), after);
  assert.deepEqual(changes.rows.map(inShort), [
    "primary of native: not told apart",
    "primary of ws: probably worse",
    "cpu of native: not told apart",
    "cpu of ws: probably better",
  ]);
  for (const row of changes.rows) {
    assert.deepEqual([judgementOf(row).isApart, judgementOf(row).difference], [true, "none"]);
  }
  assert.deepEqual(regressionsOf(changes, 0), []);
});

Deno.test("changesOf() does not pair rounds of different runs", () => {
  const shifted = [...rounds("native"), ...rounds("ws", { speed: 0.88 })]
    .map((trial) => ({ ...trial, round: 8 - trial.round }));
  assert.deepEqual(
    compared(runOf(OLD), laterRunOf(shifted.toReversed())).rows.map(inShort),
    withWs(...rounds("ws", { speed: 0.88 })).rows.map(inShort),
  );
});

Deno.test("changesOf() gives a reason if nothing can be compared", () => {
  const reason = (...trials: readonly Trial[]): string | undefined =>
    reasonOf(withWs(...trials).rows[1]!);
  assert.equal(reason(), "no trial has run in NEW");
  assert.equal(reason(failed), "1 of 1 trial failed in NEW");
  assert.equal(reason(...rounds("ws").slice(1), failed), "1 of 7 trials failed in NEW");
  assert.equal(reason(...lossy), "replies were wrong in NEW");
  assert.equal(
    reason(...rounds("ws").slice(0, 3)),
    "3 rounds cannot show a difference: it takes 5 or more",
  );
  const alone = compared(runOf(rounds("ws")), laterRunOf(rounds("ws").slice(0, 3)));
  assert.equal(
    reasonOf(alone.rows[1]!),
    "there is no round with both figures",
    "the server that is the same did not run",
  );
  const absent = rounds("ws").map((trial) => ({ ...trial, metrics: { rate: { absent: "none" } } }));
  assert.equal(reason(...absent), "none in NEW");
  const both = compared(runOf([...rounds("native"), failed]), laterRunOf([...lossy]));
  assert.equal(reasonOf(both.rows[1]!), "1 of 1 trial failed in OLD, replies were wrong in NEW");
});

Deno.test("changesOf() does not compare metrics that differ in unit or direction", () => {
  const metrics = [{ ...RATE, unit: "1/s" }, { ...CPU, better: "none" as const }];
  const after = laterRunOf(OLD, {
    scenarios: [{ ...scenario("throughput", [{ size: 64 }]), metrics }],
  });
  assert.deepEqual(compared(runOf(OLD), after).rows.map(reasonOf), [
    "there is no Rate in 1/s in OLD",
    "there is no Rate in 1/s in OLD",
    "there is no Server CPU time per message in µs in OLD",
    "there is no Server CPU time per message in µs in OLD",
  ]);
});

Deno.test("changesOf() leaves out a CPU time that neither run has, and says so if one has none", () => {
  const scenarios = [{ ...scenario("throughput", [{ size: 64 }]), metrics: [RATE] }];
  const without = laterRunOf(OLD, { scenarios });
  assert.equal(compared(without, without).rows.length, 2);
  const reasons = compared(runOf(OLD), without).rows.map(reasonOf);
  assert.equal(reasons.at(-1), "there is no Server CPU time per message in µs in NEW");
});

Deno.test("changesOf() says of a metric that only informs that it is not compared", () => {
  const metrics = [{ ...RATE, better: "none" as const }];
  const run = runOf(OLD, {
    scenarios: [{ ...scenario("throughput", [{ size: 64 }]), metrics }],
  });
  assert.equal(
    reasonOf(compared(run, run).rows[0]!),
    "neither more nor less of it is better",
  );
});

Deno.test("changesOf() leaves out what ran before the rounds", () => {
  const before = rounds("ws", { speed: 5 }).map((trial) => ({ ...trial, round: 0 }));
  assert.equal(reasonOf(withWs(...before).rows[1]!), "no trial has run in NEW");
});

Deno.test("changesOf() compares what both runs have and lists the rest", () => {
  const before = runOf(OLD, {
    scenarios: [scenario("throughput", [{ size: 64 }, { size: 128 }]), scenario("idle", [{}])],
  });
  const after = laterRunOf(rounds("ws"), {
    servers: serversOf("ws", "socketio"),
    scenarios: [scenario("throughput", [{ size: 64 }]), scenario("burst", [{ messages: 10 }])],
  });
  const { rows, onlyBefore, onlyAfter } = compared(before, after);
  assert.deepEqual(rows.map(inShort), [
    "primary of ws: not told apart",
    "cpu of ws: not told apart",
  ]);
  assert.deepEqual(onlyBefore, ["the server native", "the scenario Idle", "Throughput: size 128"]);
  assert.deepEqual(onlyAfter, ["the server socketio", "the scenario Burst"]);
});

Deno.test("changesOf() refuses runs without a case in common", () => {
  const after = laterRunOf([], { scenarios: [scenario("throughput", [{ size: 128 }])] });
  assert.deepEqual(changesOf(runOf(OLD), after, { size: "--size" }), {
    absent: "they have no case in common: throughput has size=64 in OLD, size=128 in NEW. " +
      "Give both the same --size",
  });
});

Deno.test("changesOf() says what makes the comparison doubtful", () => {
  assert.deepEqual(withWs(...rounds("ws")).doubts, []);
  const { doubts } = compared(runOf(OLD), laterRunOf(OLD, { wsmark: "0.2.0" }));
  assert.deepEqual(doubts, ["wsmark: 0.1.0 in OLD, 0.2.0 in NEW"]);
});

Deno.test("regressionsOf() finds what is worse by the share or more, whichever way is better", () => {
  const changes = withWs(...rounds("ws", { speed: 0.75, effort: 1.5 }));
  const found = (share: number): string[] => regressionsOf(changes, share).map(inShort);
  assert.deepEqual(found(0), ["primary of ws: worse", "cpu of ws: worse"]);
  assert.deepEqual(found(0.25), ["primary of ws: worse", "cpu of ws: worse"]);
  assert.deepEqual(found(0.26), ["cpu of ws: worse"]);
  assert.deepEqual(found(0.51), []);
  assert.deepEqual(regressionsOf(withWs(...rounds("ws", { speed: 2, effort: 0.5 })), 0), []);
});

Deno.test("regressionsOf() is not led astray by rounding", () => {
  const changes = withWs(...rounds("ws", { speed: 0.9 }));
  assert.equal(regressionsOf(changes, 0.1).length, 1, "1 − 0.9 is 0.09999999999999998");
});

Deno.test("regressionsOf() has a server that has become broken once for each case", () => {
  const found = (changes: Changes): string[] => regressionsOf(changes, 0.5).map(inShort);
  assert.deepEqual(found(withWs(...lossy)), ["primary of ws: not compared"]);
  assert.deepEqual(found(withWs(failed)), ["primary of ws: not compared"]);
  assert.deepEqual(found(compared(runOf(lossy), laterRunOf(lossy))), [], "it was so before");
  assert.deepEqual(found(withWs()), [], "it did not run");
});
