import assert from "node:assert/strict";
import { type CountsOf, mergeCounts } from "./account.ts";
import { BULK, BulkAccount } from "./bulk.ts";

const limit = { connections: 4, messages: 2048, size: 16_384 };

Deno.test("BulkAccount counts what was taken, and when the last of it was", () => {
  const account = new BulkAccount(limit, 8);
  account.begin(100);
  account.sent(7, 105);
  account.sent(8, 110);
  account.sent(9, 125);
  account.sent(7, 126);
  account.replied(8, 130);
  account.end(400);
  account.replied(9, 420);
  account.replied(7, 430);
  assert.deepEqual(account.counts(), {
    ...limit,
    taken: 2,
    takenMs: 25,
    closed: 0,
    abandoned: 0,
    lateMs: 20,
  });
});

Deno.test("BulkAccount has no times if nothing was taken, or nothing came late", () => {
  const account = new BulkAccount(limit, 8);
  account.begin(0);
  account.end(1);
  assert.deepEqual(account.counts(), {
    ...limit,
    taken: 0,
    takenMs: null,
    closed: 0,
    abandoned: 0,
    lateMs: null,
  });
  account.replied(8, 1);
  assert.equal(account.counts().lateMs, null);
});

Deno.test("BulkAccount counts the messages that went with a closed connection", () => {
  const account = new BulkAccount(limit, 8);
  account.abandoned(8, 3);
  account.abandoned(9, 4);
  const { closed, abandoned } = account.counts();
  assert.deepEqual([closed, abandoned], [2, 7]);
});

Deno.test("mergeCounts() adds up what generators counted, and takes the latest of their times", () => {
  const one: CountsOf<typeof BULK> = {
    ...limit,
    connections: 1,
    taken: 5,
    takenMs: 20,
    closed: 1,
    abandoned: 2,
    lateMs: null,
  };
  assert.equal(mergeCounts(BULK, []), undefined);
  assert.deepEqual(mergeCounts(BULK, [one]), one);
  assert.deepEqual(mergeCounts(BULK, [one, { ...one, connections: 2, takenMs: null, lateMs: 7 }]), {
    ...limit,
    connections: 3,
    taken: 10,
    takenMs: 20,
    closed: 2,
    abandoned: 4,
    lateMs: 7,
  });
});
