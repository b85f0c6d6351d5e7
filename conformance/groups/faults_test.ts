/** That each fault of a server makes exactly the cases fail that are about it, and that each case finds one. */

import assert from "node:assert/strict";
import { runCase } from "../driver/run_case.ts";
import { createTestClock } from "../testing/clock.ts";
import { type FaultId, FAULTS } from "../testing/faults.ts";
import { connectStrict } from "../testing/strict_server.ts";
import type { Case } from "../types.ts";
import { allCases } from "./mod.ts";

/** The faults that are tried with long messages, too, which take their time. */
const OF_LONG_ONES: readonly FaultId[] = [
  "takes little",
  "takes few fragments",
  "changes the last byte",
];

const forServers = allCases.filter(({ role }) => role !== "client");
const isLong = ({ id }: Case): boolean => id.startsWith("9.");

/** The cases that are not `ok` with a fault, by verdict: `failed 1.2.3-5 4.1.1`. */
async function foundBy(fault: FaultId): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const one of forServers) {
    if (isLong(one) && !OF_LONG_ONES.includes(fault)) continue;
    const server = { url: "ws://faulty/", connect: () => Promise.resolve(connectStrict(fault)) };
    const { verdict } = await runCase(one, server, createTestClock());
    if (verdict !== "ok") found.set(verdict, [...found.get(verdict) ?? [], one.id]);
  }
  return found;
}

/** `1.2.3-5` for three cases of a part one after another. */
function inRuns(ids: readonly string[]): string {
  const runs: { part: string; first: number; last: number }[] = [];
  for (const id of ids) {
    const [, part = "", number] = /^(.*)\.(\d+)$/.exec(id)!;
    const run = runs.at(-1);
    if (run?.part === part && run.last === Number(number) - 1) run.last++;
    else runs.push({ part, first: Number(number), last: Number(number) });
  }
  return runs.map(({ part, first, last }) => `${part}.${first}${last > first ? `-${last}` : ""}`)
    .join(" ");
}

Deno.test("each fault is found by the cases that are about it, and each case finds one", async (t) => {
  const blind = new Set(forServers.map(({ id }) => id));
  const lines: string[] = [];
  for (const fault of FAULTS) {
    const found = await foundBy(fault);
    assert.ok(found.size > 0, `no case finds a server that ${fault}`);
    for (const id of [...found.values()].flat()) blind.delete(id);
    lines.push(
      `${fault}:`,
      ...[...found].map(([verdict, ids]) => `  ${verdict} (${ids.length}): ${inRuns(ids)}`),
    );
  }
  assert.deepEqual([...blind], [], "cases that no fault can fail");
  await t.assertSnapshot(lines.join("\n"), { serializer: (text: string) => `\n${text}` });
});
