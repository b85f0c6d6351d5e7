import assert from "node:assert/strict";
import { allCases } from "../../conformance/groups/mod.ts";
import type { ConformanceResult, ServerConformance } from "../../conformance/result.ts";
import { suiteId } from "../../conformance/suite_id.ts";
import { keepConformance, knownConformance } from "./known.ts";

const forServers = allCases.filter(({ role }) => role !== "client");

const WS: ServerConformance = {
  ...{ id: "ws", title: "ws", library: "ws 8.21.3", runtime: "deno 2.9.6" },
  ...{ restarts: [], durationMs: 1 },
  results: forServers.map(({ id }) => ({
    ...{ id, expected: "", came: "", durationMs: 1 },
    ...(id === "1.1.1"
      ? { verdict: "failed", breaksIntegrity: true }
      : { verdict: id === "1.3.1" ? "non-strict" : "ok" }),
  })),
};

const RESULT: ConformanceResult = {
  ...{ wsmark: "0.1.0", suite: suiteId(allCases), startedAt: "2026-11-30T12:00:00.000Z" },
  ...{ state: "finished", groups: [], leftOut: [], servers: [WS] },
  cases: forServers,
};

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("knownConformance() finds what keepConformance() has kept of the same version", async () => {
  await inFolder(async (folder) => {
    keepConformance(RESULT, folder);
    assert.deepEqual(await knownConformance(WS, folder), {
      suite: RESULT.suite,
      cases: forServers.length,
      ok: forServers.length - 2,
      nonStrict: 1,
      failed: 1,
      unimplemented: 0,
      informational: 0,
      integrity: [{ what: "changes what it is sent", cases: ["1.1.1"] }],
    });
    assert.equal(await knownConformance({ ...WS, library: "ws 8.21.4" }, folder), undefined);
    assert.equal(await knownConformance({ ...WS, runtime: "node 24.1.0" }, folder), undefined);
    assert.equal(await knownConformance({ id: "ws" }, folder), undefined);
  });
});

for (
  const [what, result] of [
    ["an interrupted run", { ...RESULT, state: "interrupted" }],
    ["some of the cases", { ...RESULT, servers: [{ ...WS, results: WS.results.slice(1) }] }],
    ["a server that was given up", { ...RESULT, servers: [{ ...WS, givenUp: "it is gone" }] }],
    ["a server of the user", { ...RESULT, servers: [{ ...WS, id: "mine" }] }],
    ["other cases", { ...RESULT, suite: "0123456789ab" }],
  ] as const
) {
  Deno.test(`knownConformance() does not know what was found by ${what}`, async () => {
    await inFolder(async (folder) => {
      keepConformance(result, folder);
      const [server] = result.servers;
      assert.equal(await knownConformance(server!, folder), undefined);
    });
  });
}

Deno.test("knownConformance() leaves a damaged file unread, and takes no folder for an empty one", async () => {
  await inFolder(async (folder) => {
    keepConformance(RESULT, folder);
    for (const { name } of Deno.readDirSync(folder)) {
      Deno.writeTextFileSync(`${folder}/${name}`, '{"cases":');
    }
    assert.equal(await knownConformance(WS, folder), undefined);
    assert.equal(await knownConformance(WS, `${folder}/none`), undefined);
  });
});
