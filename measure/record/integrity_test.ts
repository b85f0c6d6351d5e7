import assert from "node:assert/strict";
import { IntegrityLedger } from "./integrity.ts";
import type { IntegrityCounts } from "../model/result.ts";

/** Sends `count` messages on connection 0 and answers them in the given order. */
function ledgerOf(
  count: number,
  replies: readonly number[],
): { ledger: IntegrityLedger; settled: number[] } {
  const ledger = new IntegrityLedger(1);
  for (let sent = 0; sent < count; sent++) assert.equal(ledger.send(0), sent);
  return { ledger, settled: replies.map((sequence) => ledger.answer(0, sequence)) };
}

const none = { lost: 0, duplicated: 0, reordered: 0, corrupted: 0 };

for (
  const [name, sent, replies, wrong, settled] of [
    ["in order", 3, [0, 1, 2], none, [1, 1, 1]],
    ["one lost", 3, [0, 2], { ...none, lost: 1 }, [1, 2]],
    ["the last one lost", 3, [0, 1], { ...none, lost: 1 }, [1, 1]],
    ["all lost", 3, [], { ...none, lost: 3 }, []],
    ["one twice at once", 2, [0, 0, 1], { ...none, duplicated: 1 }, [1, 0, 1]],
    ["one twice, later", 3, [0, 1, 0, 2], { ...none, duplicated: 1 }, [1, 1, 0, 1]],
    ["two swapped", 3, [1, 0, 2], { ...none, reordered: 1 }, [2, 0, 1]],
    ["one far too late", 4, [1, 2, 3, 0], { ...none, reordered: 1 }, [2, 1, 1, 0]],
    ["one too late and twice", 2, [1, 0, 0], { ...none, reordered: 1, duplicated: 1 }, [2, 0, 0]],
    ["one never sent", 2, [0, 9, 1], { ...none, corrupted: 1, lost: 0, duplicated: 1 }, [1, 1, 0]],
    ["one too many at the end", 1, [0, 1], { ...none, duplicated: 1 }, [1, 0]],
  ] as const
) {
  Deno.test(`IntegrityLedger: ${name}`, () => {
    const found = ledgerOf(sent, replies);
    const { sent: counted, answered: _, ...rest } = found.ledger.counts() satisfies IntegrityCounts;
    assert.equal(counted, sent);
    assert.deepEqual(rest, wrong);
    assert.deepEqual(found.settled, settled);
  });
}

Deno.test("IntegrityLedger counts an altered reply as corrupted and not as lost", () => {
  const { ledger } = ledgerOf(3, [0]);
  assert.equal(ledger.corrupt(0, 1), 1);
  assert.equal(ledger.answer(0, 2), 1);
  assert.deepEqual(ledger.counts(), { sent: 3, answered: 2, ...none, corrupted: 1 });
});

Deno.test("IntegrityLedger takes an unreadable reply for the one that is due", () => {
  const { ledger } = ledgerOf(2, []);
  assert.equal(ledger.corrupt(0, -1), 1);
  assert.equal(ledger.answer(0, 1), 1);
  assert.deepEqual(ledger.counts(), { sent: 2, answered: 1, ...none, corrupted: 1 });
});

Deno.test("IntegrityLedger settles nothing by an unreadable reply when none is due", () => {
  const { ledger } = ledgerOf(1, [0]);
  assert.equal(ledger.corrupt(0, -1), 0);
  assert.deepEqual(ledger.counts(), { sent: 1, answered: 1, ...none, corrupted: 1 });
});

Deno.test("IntegrityLedger counts an altered reply that is late as corrupted alone", () => {
  const { ledger } = ledgerOf(2, [1]);
  assert.equal(ledger.corrupt(0, 0), 0);
  assert.deepEqual(ledger.counts(), { sent: 2, answered: 1, ...none, corrupted: 1 });
});

Deno.test("IntegrityLedger keeps connections apart", () => {
  const ledger = new IntegrityLedger(2);
  ledger.send(0);
  ledger.send(1);
  ledger.send(1);
  assert.equal(ledger.answer(1, 0), 1);
  assert.equal(ledger.expected(0), 0);
  assert.equal(ledger.expected(1), 1);
  assert.equal(ledger.outstanding, 2);
});

Deno.test("IntegrityLedger counts exactly whatever is dropped, doubled or swapped of 10,000 replies", () => {
  for (const k of [7, 100, 1000]) {
    const all = Array.from({ length: 10_000 }, (_, index) => index);
    const marked = all.filter((index) => (index + 1) % k === 0 && index < 9_999);
    const dropped = ledgerOf(10_000, all.filter((index) => !marked.includes(index))).ledger
      .counts();
    assert.deepEqual([dropped.lost, dropped.answered], [marked.length, 10_000 - marked.length]);
    const doubled = ledgerOf(
      10_000,
      all.flatMap((index) => marked.includes(index) ? [index, index] : [index]),
    );
    assert.equal(doubled.ledger.counts().duplicated, marked.length);
    const swapped = all.slice();
    for (const index of marked) [swapped[index], swapped[index + 1]] = [index + 1, index];
    assert.equal(ledgerOf(10_000, swapped).ledger.counts().reordered, marked.length);
  }
});

Deno.test("IntegrityLedger.abandon() counts what is unanswered on a connection neither as lost nor as outstanding", () => {
  const ledger = new IntegrityLedger(2);
  for (let sent = 0; sent < 5; sent++) ledger.send(0);
  ledger.send(1);
  ledger.answer(0, 0);
  ledger.answer(0, 2); // 1 is passed over: it is lost.
  assert.equal(ledger.abandon(0), 2);
  assert.equal(ledger.outstanding, 1);
  assert.equal(ledger.abandon(0), 0);
  ledger.answer(1, 0);
  assert.deepEqual(ledger.counts(), {
    sent: 6,
    answered: 3,
    lost: 1,
    duplicated: 0,
    reordered: 0,
    corrupted: 0,
  });
});

Deno.test("IntegrityLedger takes a stray for a spoilt reply if one is missing in the end, else for unasked", () => {
  const { ledger } = ledgerOf(0, []);
  ledger.stray(0);
  ledger.send(0, 3);
  ledger.stray(0);
  ledger.stray(0);
  assert.deepEqual([ledger.unasked, ledger.counts().corrupted, ledger.outstanding], [1, 2, 3]);
  assert.deepEqual([0, 1].map((sequence) => ledger.answer(0, sequence)), [1, 1]);
  assert.deepEqual(ledger.counts(), { sent: 3, answered: 2, ...none, corrupted: 1 });
  assert.equal(ledger.unasked, 2);
  ledger.answer(0, 2);
  assert.deepEqual(ledger.counts(), { sent: 3, answered: 3, ...none });
  assert.equal(ledger.unasked, 3);
  ledger.addUnasked();
  assert.equal(ledger.unasked, 4);
});

Deno.test("IntegrityLedger: a stray was no reply to a message that was sent after it", () => {
  const { ledger } = ledgerOf(1, []);
  ledger.stray(0);
  ledger.answer(0, 0);
  ledger.send(0, 2);
  assert.deepEqual(ledger.counts(), { sent: 3, answered: 1, ...none, lost: 2 });
  assert.equal(ledger.unasked, 1);
  // This one came while both were on their way, and is one of them at most.
  ledger.stray(0);
  ledger.send(0, 1);
  assert.deepEqual(ledger.counts(), { sent: 4, answered: 1, ...none, lost: 2, corrupted: 1 });
  // Each of these may be any of those that are missing.
  for (let count = 0; count < 5; count++) ledger.stray(0);
  assert.deepEqual(ledger.counts(), { sent: 4, answered: 1, ...none, corrupted: 3 });
  assert.equal(ledger.unasked, 4);
});

Deno.test("IntegrityLedger: a message that was passed over may have been a stray that came before it was", () => {
  const { ledger } = ledgerOf(2, []);
  ledger.stray(0);
  ledger.answer(0, 1);
  ledger.send(0, 1);
  ledger.stray(0);
  ledger.answer(0, 2);
  assert.deepEqual(ledger.counts(), { sent: 3, answered: 2, ...none, corrupted: 1 });
  assert.equal(ledger.unasked, 1);
});

Deno.test("IntegrityLedger: of replies that may overtake, a stray was one that had been sent and is missing", () => {
  const { ledger } = overtaking(3, [2]);
  ledger.stray(0);
  ledger.send(0, 2);
  assert.deepEqual([ledger.answer(0, 1), ledger.answer(0, 0)], [1, 1]);
  assert.deepEqual(ledger.counts(), { sent: 5, answered: 3, ...none, lost: 2 });
  ledger.stray(0);
  assert.deepEqual(ledger.counts(), { sent: 5, answered: 3, ...none, lost: 1, corrupted: 1 });
});

Deno.test("IntegrityLedger keeps no more strays than it can use, and loses none of their number", () => {
  const { ledger } = ledgerOf(1, []);
  for (let round = 0; round < 10_000; round++) {
    ledger.stray(0);
    ledger.send(0, 1);
  }
  assert.equal(ledger.unasked + ledger.counts().corrupted, 10_000);
  assert.ok(ledger.counts().corrupted >= 4096);
});

/** Replies that may overtake one another. */
function overtaking(count: number, replies: readonly number[]): ReturnType<typeof ledgerOf> {
  const ledger = new IntegrityLedger(1, true);
  ledger.send(0, count);
  return { ledger, settled: replies.map((sequence) => ledger.answer(0, sequence)) };
}

for (
  const [name, sent, replies, wrong, settled, due] of [
    ["in order", 3, [0, 1, 2], none, [1, 1, 1], 0],
    ["backwards", 3, [2, 1, 0], none, [1, 1, 1], 0],
    ["the first lost", 3, [1, 2], { ...none, lost: 1 }, [1, 1], 1],
    ["one twice at once", 3, [1, 1, 0, 2], { ...none, duplicated: 1 }, [1, 0, 1, 1], 0],
    ["one twice, later", 3, [1, 0, 1, 2], { ...none, duplicated: 1 }, [1, 1, 0, 1], 0],
    ["one never sent", 2, [9, 0, 1], { ...none, corrupted: 1 }, [0, 1, 1], 0],
    ["one by a wrong name", 3, [0, 9, 2], { ...none, corrupted: 1 }, [1, 0, 1], 1],
  ] as const
) {
  Deno.test(`IntegrityLedger of replies that may overtake: ${name}`, () => {
    const found = overtaking(sent, replies);
    const { sent: _, answered: __, ...rest } = found.ledger.counts();
    assert.deepEqual(rest, wrong);
    assert.deepEqual(found.settled, settled);
    assert.deepEqual([found.ledger.due(0), found.ledger.outstanding], [due, due]);
  });
}

Deno.test("IntegrityLedger settles a wrong reply that overtakes, and gives up one that thousands overtake", () => {
  const { ledger } = overtaking(10_000, []);
  assert.equal(ledger.corrupt(0, 5), 1);
  for (let sequence = 1; sequence < 9000; sequence++) {
    if (sequence !== 5) ledger.answer(0, sequence);
  }
  assert.deepEqual([ledger.expected(0), ledger.due(0), ledger.outstanding], [9000, 1000, 1000]);
  assert.equal(ledger.counts().lost, 1001);
  assert.equal(ledger.answer(0, 0), 0);
  assert.equal(ledger.counts().lost, 1000);
});
