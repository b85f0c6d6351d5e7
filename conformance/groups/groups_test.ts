import assert from "node:assert/strict";
import { runCase } from "../driver/run_case.ts";
import { createTestClock } from "../testing/clock.ts";
import { connectStrict } from "../testing/strict_server.ts";
import type { CaseResult } from "../types.ts";
import { allCases } from "./mod.ts";

const forServers = allCases.filter(({ role }) => role !== "client");

Deno.test("a server that is right by construction passes all cases", async () => {
  const results: CaseResult[] = [];
  for (const one of forServers) {
    const server = { url: "ws://strict/echo", connect: () => Promise.resolve(connectStrict()) };
    results.push(await runCase(one, server, createTestClock()));
  }
  assert.deepEqual(results.filter(({ verdict }) => verdict !== "ok"), []);
});
