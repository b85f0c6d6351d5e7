import assert from "node:assert/strict";
import { clientPeer, readRequest } from "../driver/client_opening.ts";
import { runCase } from "../driver/run_case.ts";
import { serverPeer } from "../driver/server_opening.ts";
import { createTestClock } from "../testing/clock.ts";
import { connectStrict } from "../testing/strict_peer.ts";
import type { CaseResult } from "../types.ts";
import { allCases, groups } from "./mod.ts";

const forServers = allCases.filter(({ role }) => role !== "client");

Deno.test("a server that is right by construction passes all cases", async () => {
  const results: CaseResult[] = [];
  for (const one of forServers) {
    const server = { url: "ws://strict/echo", connect: () => Promise.resolve(connectStrict()) };
    results.push(await runCase(one, serverPeer(server), createTestClock()));
  }
  assert.deepEqual(results.filter(({ verdict }) => verdict !== "ok"), []);
});

Deno.test("a client that is right by construction passes all cases", async () => {
  const forClients = allCases.filter(({ role }) => role !== "server");
  assert.ok(forClients.length >= 100, `${forClients.length}`);
  const results: CaseResult[] = [];
  for (const one of forClients) {
    const clock = createTestClock();
    const connect = () => readRequest(connectStrict(undefined, "client"), clock, 1000);
    results.push(await runCase(one, clientPeer({ connect }), clock));
  }
  assert.deepEqual(results.filter(({ verdict }) => verdict !== "ok"), []);
});

Deno.test("each case has an id of its own with the number of its group, and a title of its own in its part", () => {
  assert.ok(forServers.length >= 300, `${forServers.length}`);
  for (const { id, cases } of groups) {
    for (const one of cases) assert.match(one.id, new RegExp(`^${id}\\.\\d+\\.\\d+$`));
  }
  const ids = new Set(allCases.map(({ id }) => id));
  assert.equal(ids.size, allCases.length);
  const titles = new Set(allCases.map(({ id, title }) => `${/^\d+\.\d+/.exec(id)} ${title}`));
  assert.equal(titles.size, allCases.length);
});

Deno.test("each case names the section of an RFC, sends something, and says what must come", () => {
  for (const { id, section, steps, judgement, integrity } of allCases) {
    assert.match(section, /^RFC \d{4} §\d+(\.\d+)*(, §\d+(\.\d+)*)*$/, id);
    assert.ok(steps.length > 0, id);
    assert.ok(judgement.must.length > 0, id);
    if (integrity !== undefined) assert.match(integrity, /^[a-z]+s /, id);
  }
});
