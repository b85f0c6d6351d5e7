import { deepEqual, equal } from "node:assert/strict";
import { PushAccount } from "../../../measure/record/accounts/pushes.ts";
import { IntegrityLedger } from "../../../measure/record/integrity.ts";
import { Pushes, type StreamOptions } from "./pushes.ts";

const RULE = { sequence: "/n", time: "/t", unit: "ms" } as const;

/** Streams in a window that begins at 0. */
function streams(options: StreamOptions): {
  pushes: Pushes;
  account: PushAccount;
  ledger: IntegrityLedger;
  take(text: string, nowMs?: number): boolean;
} {
  const account = new PushAccount(1);
  const ledger = new IntegrityLedger(1);
  const pushes = new Pushes(1, account, ledger, options);
  account.begin(0);
  const take = (text: string, nowMs = 1): boolean => {
    const bytes = new TextEncoder().encode(text);
    return pushes.take(0, nowMs, bytes, 0, bytes.length);
  };
  return { pushes, account, ledger, take };
}

/** What the account of a stream with these numbers is. */
function countsOf(numbers: readonly number[], options: StreamOptions): unknown {
  const { ledger, take } = streams(options);
  for (const n of numbers) take(JSON.stringify({ n }));
  const { sent, answered, ...wrong } = ledger.counts();
  return [sent, answered, ...Object.values(wrong)];
}

for (
  const [name, numbers, options, sent, answered, lost, duplicated, reordered, corrupted] of [
    ["in order", [7, 8, 9], {}, 3, 3, 0, 0, 0, 0],
    ["one is missing", [7, 9], {}, 3, 2, 1, 0, 0, 0],
    [
      "the first is missing where streams begin with 0",
      [1, 2],
      { isFromZero: true },
      3,
      2,
      1,
      0,
      0,
      0,
    ],
    ["one comes twice", [7, 7, 8, 7], {}, 2, 2, 0, 2, 0, 0],
    ["one is overtaken", [7, 9, 8, 10], {}, 4, 4, 0, 0, 1, 0],
    ["one is before the first", [7, 5, 8], {}, 2, 2, 0, 0, 0, 1],
    ["one is no number of the stream", [7, 2_000_000, 8], {}, 2, 2, 0, 0, 0, 1],
  ] as const
) {
  Deno.test(`Pushes: ${name}`, () => {
    const found = countsOf(numbers, { rule: RULE, ...options });
    deepEqual(found, [sent, answered, lost, duplicated, reordered, corrupted]);
  });
}

Deno.test("Pushes: after the window only what was overtaken is taken, and waited for a second", () => {
  const { pushes, account, ledger, take } = streams({ rule: RULE });
  for (const n of [0, 1, 3]) take(JSON.stringify({ n }));
  equal(pushes.isSettled(5), false);
  account.end(10);
  for (const n of [4, 5, 3]) take(JSON.stringify({ n }), 11);
  equal(ledger.counts().sent, 4);
  equal(pushes.isSettled(1009), false);
  equal(pushes.isSettled(1010), true);
  take('{"n":2}', 12);
  equal(pushes.isSettled(12), true);
  const { lost, duplicated, reordered } = ledger.counts();
  deepEqual([lost, duplicated, reordered], [0, 1, 1]);
});

Deno.test("Pushes: a connection that is opened again has another stream", () => {
  const { pushes, ledger, take } = streams({ rule: RULE });
  take('{"n":50}');
  pushes.open(0);
  take('{"n":7}');
  take('{"n":8}');
  equal(ledger.counts().corrupted, 0);
});

Deno.test("Pushes: without a rule all are of the stream, by a rule those that have a number", () => {
  const { take, ledger } = streams({});
  equal(take("anything"), true);
  equal(ledger.counts().sent, 0);
  equal(streams({ rule: RULE }).take('{"type":"hello"}'), false);
});

Deno.test("Pushes: the age is the time of the message to its arrival, by the clock of this machine", () => {
  const here = streams({ rule: RULE, isHere: true });
  const startMs = performance.timeOrigin + performance.now();
  const now = (): number => performance.timeOrigin + performance.now() - startMs;
  here.pushes.compareClocks(now);
  here.take(JSON.stringify({ n: 0, t: startMs }), 500);
  const [[ns]] = [...here.account.histograms.age.entries()] as [[number, number]];
  equal(Math.round(ns / 1e8), 5);

  const elsewhere = streams({ rule: RULE });
  elsewhere.pushes.compareClocks(now);
  elsewhere.take(JSON.stringify({ n: 0, t: startMs }), 500);
  elsewhere.take('{"n":1}', 500);
  elsewhere.account.end(600);
  deepEqual(elsewhere.account.counts(), { silent: 0, untimed: 1, foreign: 1 });
});
