import assert from "node:assert/strict";
import type { ConformanceResult, ServerConformance } from "../../conformance/result.ts";
import type { Verdict } from "../../conformance/types.ts";
import { foundIn, foundTable, placed } from "./tables.ts";

function tried(id: string, ...verdicts: readonly Verdict[]): ServerConformance {
  return {
    ...{ id, title: id.toUpperCase(), library: `${id} 1.0`, restarts: [], durationMs: 1600 },
    results: verdicts.map((verdict, index) => ({
      ...{ id: `1.1.${index}`, verdict, expected: "", came: "", durationMs: 1 },
    })),
  };
}

const run = (parts: Partial<ConformanceResult>): ConformanceResult => ({
  ...{ wsmark: "0.1.0", suite: "0123456789ab", startedAt: "2026-11-30T12:00:00.000Z" },
  ...{ state: "finished", groups: [], cases: [], servers: [], leftOut: [] },
  ...parts,
});

const RUNS = [
  run({
    servers: [tried("a", "failed"), tried("b")],
    leftOut: [{ id: "c", title: "C", reason: "no go" }],
  }),
  run({ role: "client", servers: [tried("d", "ok")] }),
  run({ servers: [tried("a", "ok", "non-strict", "ok")] }),
  run({ servers: [{ ...tried("a", "ok", "ok"), durationMs: 400 }] }),
];

Deno.test("foundTable() has a row for each server of some runs, with the last result of each case, and says who is missing", () => {
  assert.equal(
    foundTable(foundIn(RUNS, "server")!),
    `Tried on 2026-11-30:

| server | version | cases | OK | non-strict | failed | unimplemented | informational | s |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| A | a 1.0 | 3 | 3 | 0 | 0 | 0 | 0 | 2 |

Not tried: C (no go), B (it was not begun).
`,
  );
});

Deno.test("foundIn() takes the results of one role, and none of another suite", () => {
  assert.deepEqual(foundIn(RUNS, "client")!.tried.map(({ id }) => id), ["d"]);
  assert.equal(foundIn(RUNS.slice(1, 2), "server"), undefined);
  assert.throws(() => foundIn([...RUNS, run({ suite: "ba9876543210" })], "server"), {
    name: "RangeError",
    message: /received 0123456789ab and ba9876543210/,
  });
});

Deno.test("foundIn() forgets what came of another version", () => {
  const newer = { ...tried("a", "ok"), library: "a 2.0" };
  const found = foundIn([...RUNS, run({ servers: [newer] })], "server");
  assert.deepEqual(found!.tried, [newer]);
});

Deno.test("placed() puts a table between its marks, and nowhere else", () => {
  const found = foundIn(RUNS, "client")!;
  const text = placed("a\n<!-- clients: by hand -->\nold\n<!-- end of clients -->\nb\n", found);
  assert.match(
    text,
    /^a\n<!-- clients: by hand -->\n\nTried on [^]*\| D \|[^]*\n<!-- end of clients -->\nb\n$/,
  );
  assert.doesNotMatch(text, /old/);
  assert.throws(() => placed("a", found), /Cannot find the place of clients/);
});
