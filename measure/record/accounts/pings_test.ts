import assert from "node:assert/strict";
import { PingAccount } from "./pings.ts";

/** An account in a window that begins at 0, with the times from ping to pong in milliseconds. */
function begun(): { pings: PingAccount; times: () => number[] } {
  const pings = new PingAccount(2);
  pings.begin(0);
  const times = (): number[] =>
    [...pings.histograms.pingTime.entries()].flatMap(([ns, count]) =>
      Array.from({ length: count }, () => Math.round(ns / 1e5) / 10)
    );
  return { pings, times };
}

/** Pings a connection at a time. */
function ping(pings: PingAccount, connection: number, dueMs: number): number {
  pings.due(connection, dueMs);
  return pings.send(connection);
}

Deno.test("PingAccount numbers the pings of each connection, and takes the time to each pong", () => {
  const { pings, times } = begun();
  assert.equal(pings.counts(), undefined);
  assert.deepEqual([ping(pings, 0, 1), ping(pings, 1, 2), ping(pings, 0, 3)], [0, 0, 1]);
  assert.deepEqual([pings.outstanding, pings.counts()], [3, { due: 3, answered: 0 }]);
  pings.answer(0, 0, 6);
  pings.answer(1, 0, 6);
  pings.answer(0, 1, 6);
  assert.deepEqual(times(), [3, 4, 5]);
  assert.deepEqual([pings.outstanding, pings.counts()], [0, { due: 3, answered: 3 }]);
});

Deno.test("PingAccount lets a pong settle the pings before it, each with its own time", () => {
  const { pings, times } = begun();
  for (const dueMs of [10, 20, 30]) ping(pings, 0, dueMs);
  pings.answer(0, 2, 40);
  assert.deepEqual(times(), [10, 20, 30]);
  assert.equal(pings.outstanding, 0);
});

Deno.test("PingAccount ignores a pong that answers no waiting ping", () => {
  const { pings, times } = begun();
  ping(pings, 0, 10);
  pings.due(0, 20);
  pings.answer(0, 1, 30);
  pings.answer(1, 0, 30);
  pings.answer(0, -1, 30);
  assert.deepEqual([times(), pings.outstanding], [[], 2]);
  pings.answer(0, 0, 30);
  pings.answer(0, 0, 40);
  assert.deepEqual([times(), pings.counts()], [[20], { due: 2, answered: 1 }]);
});

Deno.test("PingAccount counts the pings of a server that wakes up late, and takes the times of the last ones", () => {
  const { pings, times } = begun();
  for (let dueMs = 1; dueMs <= 20; dueMs++) ping(pings, 0, dueMs);
  pings.answer(0, 19, 21);
  assert.deepEqual(times(), [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(pings.counts(), { due: 20, answered: 20 });
});

Deno.test("PingAccount takes the time from when a ping was due in the window, even if its pong comes later", () => {
  const pings = new PingAccount(1);
  pings.begin(100);
  pings.answer(0, ping(pings, 0, 99), 101);
  pings.answer(0, ping(pings, 0, 101), 104);
  pings.end(200);
  pings.answer(0, ping(pings, 0, 199), 230);
  pings.answer(0, ping(pings, 0, 201), 202);
  const { pingTime } = pings.histograms;
  assert.equal(pingTime.count, 2);
  assert.equal(Math.round(pingTime.max / 1e6), 31);
});
