import assert from "node:assert/strict";
import { changesOf } from "../../../measure/judge/changes.ts";
import { EXPLAINED } from "../../testing/explained_testdata.ts";
import { firstServers, ROUNDS } from "../../testing/rounds_testdata.ts";
import { foremostDifferences, saidChanges, saidDifferences } from "./explained.ts";

Deno.test("saidDifferences() has a sentence for each server and case with a difference", () => {
  const all = saidDifferences(EXPLAINED);
  assert.deepEqual(all.map(({ pair, case: one, said }) => `${pair}, ${one}: ${said}`), [
    "ws against Deno.serve, 16 connections, 16 in flight, 64 B: 19 × the system calls a message: 2.5 (Deno.serve 0.13)",
    "socket.io against Deno.serve, 16 connections, 16 in flight, 64 B: 11 µs of CPU time a message outside the kernel and collections (Deno.serve 2.9 µs); 30 % of its time in garbage collections (Deno.serve 1.0 %)",
  ]);
  assert.deepEqual(saidDifferences(ROUNDS), []);
  assert.deepEqual(saidDifferences(firstServers(1)), []);
});

Deno.test("foremostDifferences() goes with the largest ratio", () => {
  assert.equal(foremostDifferences(saidDifferences(EXPLAINED))!.verdict.server.id, "socketio");
  assert.equal(foremostDifferences([]), undefined);
});

Deno.test("saidChanges() is empty if a run was not explained", () => {
  const changes = changesOf(ROUNDS, { ...EXPLAINED, startedAt: "2026-02-01T00:00:00.000Z" });
  assert.ok(!("absent" in changes));
  assert.deepEqual(saidChanges(changes), []);
});
