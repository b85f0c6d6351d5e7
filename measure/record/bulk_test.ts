import assert from "node:assert/strict";
import { BulkAccount, type BulkCounts, mergeBulk } from "./bulk.ts";

const limit = { connections: 4, messages: 2048, size: 16_384 };

Deno.test("BulkAccount counts what was taken, and when the last of it was", () => {
  const account = new BulkAccount(limit);
  account.take(110);
  account.take(125);
  account.reply(130);
  account.reply(420);
  assert.deepEqual(account.counts(100, 400), {
    ...limit,
    taken: 2,
    takenMs: 25,
    closed: 0,
    abandoned: 0,
    lateMs: 20,
  });
});

Deno.test("BulkAccount has no times where nothing was taken, or nothing came late", () => {
  const account = new BulkAccount(limit);
  assert.deepEqual(account.counts(0, 1), {
    ...limit,
    taken: 0,
    takenMs: null,
    closed: 0,
    abandoned: 0,
    lateMs: null,
  });
  account.reply(1);
  assert.equal(account.counts(0, 1).lateMs, null);
});

Deno.test("BulkAccount counts the messages that went with a closed connection", () => {
  const account = new BulkAccount(limit);
  account.close(3);
  account.close(4);
  const { closed, abandoned } = account.counts(0, 1);
  assert.deepEqual([closed, abandoned], [2, 7]);
});

Deno.test("mergeBulk() adds up what generators counted, and takes the latest of their times", () => {
  const one: BulkCounts = {
    ...limit,
    connections: 1,
    taken: 5,
    takenMs: 20,
    closed: 1,
    abandoned: 2,
    lateMs: null,
  };
  assert.equal(mergeBulk([]), undefined);
  assert.deepEqual(mergeBulk([one]), one);
  assert.deepEqual(mergeBulk([one, { ...one, connections: 2, takenMs: null, lateMs: 7 }]), {
    ...limit,
    connections: 3,
    taken: 10,
    takenMs: 20,
    closed: 2,
    abandoned: 4,
    lateMs: 7,
  });
});
