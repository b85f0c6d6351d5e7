/** That each fault of a server or a client makes exactly the cases fail that are about it, and that each case finds one. */

import assert from "node:assert/strict";
import { clientPeer, readRequest } from "../driver/client_opening.ts";
import { runCase } from "../driver/run_case.ts";
import { serverPeer } from "../driver/server_opening.ts";
import { createTestClock } from "../testing/clock.ts";
import { CLIENT_FAULTS, type FaultId, FAULTS, OPENING_FAULTS } from "../testing/faults.ts";
import { connectStrict } from "../testing/strict_peer.ts";
import { type Case, type CaseResult, DEADLINE_MS } from "../types.ts";
import { allCases } from "./mod.ts";

/** The faults that are tried with long messages, too, which take their time. */
const OF_LONG_ONES: readonly FaultId[] = [
  "takes little",
  "takes few fragments",
  "changes the last byte",
  "has no permessage-deflate",
];

const forServers = allCases.filter(({ role }) => role !== "client");
const forClients = allCases.filter(({ role }) => role !== "server");
const isLong = ({ deadlineMs = 0 }: Case): boolean => deadlineMs > DEADLINE_MS;

/** Those of frames that are tried after an unusual handshake, and with clients, too. */
const OF_BOTH: readonly FaultId[] = [
  "changes the last byte",
  "does not check UTF-8",
  "ignores reserved bits",
  "answers no ping",
  "ignores reserved bits of control frames",
  "takes reserved opcodes of messages",
  "answers no close",
  "masks its frames",
  "loses what comes with the handshake",
];

/** Not every fault is tried with every case: what has nothing to do with it would take its time. */
function isAbout(fault: FaultId, { opening }: Case): boolean {
  const isOfOpening = (OPENING_FAULTS as readonly FaultId[]).includes(fault);
  return OF_BOTH.includes(fault) || isOfOpening === (opening !== undefined) ||
    (CLIENT_FAULTS as readonly FaultId[]).includes(fault);
}

/** Runs a case with a fault or without; `asked` gets the faults that would have made a difference. */
type Run = (one: Case, fault?: FaultId, asked?: Set<string>) => Promise<CaseResult>;

const runServerCase: Run = (one, fault, asked) => {
  const connect = () => Promise.resolve(connectStrict(fault, "server", asked));
  return runCase(one, serverPeer({ url: "ws://faulty/", connect }), createTestClock());
};

const runOnClient: Run = (one, fault, asked) => {
  const clock = createTestClock();
  const connect = () => readRequest(connectStrict(fault, "client", asked), clock, 1000);
  return runCase(one, clientPeer({ connect }), clock);
};

/** The faults that can make a difference to each case, which must be `ok` without any. */
async function faultsOf(
  cases: readonly Case[],
  run: Run,
): Promise<ReadonlyMap<Case, ReadonlySet<string>>> {
  const faults = new Map<Case, ReadonlySet<string>>();
  const wrong: CaseResult[] = [];
  for (const one of cases) {
    const asked = new Set<string>();
    const result = await run(one, undefined, asked);
    if (result.verdict !== "ok") wrong.push(result);
    faults.set(one, asked);
  }
  assert.deepEqual(wrong, []);
  return faults;
}

/** The cases that are not `ok` with a fault, by verdict: `failed 1.2.3-5 4.1.1`. */
async function foundBy(
  fault: FaultId,
  cases: ReadonlyMap<Case, ReadonlySet<string>>,
  run: Run,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const [one, faults] of cases) {
    if (isLong(one) && !OF_LONG_ONES.includes(fault)) continue;
    if (!isAbout(fault, one) || !faults.has(fault)) continue;
    const { verdict } = await run(one, fault);
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

for (
  const { role, cases, own, faults, run } of [
    {
      role: "server",
      cases: forServers,
      own: forServers,
      faults: [...FAULTS, ...OPENING_FAULTS],
      run: runServerCase,
    },
    {
      role: "client",
      cases: forClients,
      own: allCases.filter(({ role }) => role === "client"),
      faults: [...CLIENT_FAULTS, ...OF_BOTH],
      run: runOnClient,
    },
  ] as const
) {
  Deno.test(`each fault of a ${role} is found by the cases that are about it, and each case finds one`, async (t) => {
    const reached = new Map<Case, ReadonlySet<string>>();
    await t.step(`a ${role} that is right by construction passes all cases`, async () => {
      for (const [one, faults] of await faultsOf(cases, run)) reached.set(one, faults);
    });
    const blind = new Set(own.map(({ id }) => id));
    const lines: string[] = [];
    for (const fault of faults) {
      const found = await foundBy(fault, reached, run);
      assert.ok(found.size > 0, `no case finds a ${role} that ${fault}`);
      for (const id of [...found.values()].flat()) blind.delete(id);
      lines.push(
        `${fault}:`,
        ...[...found].map(([verdict, ids]) => `  ${verdict} (${ids.length}): ${inRuns(ids)}`),
      );
    }
    assert.deepEqual([...blind], [], "cases that no fault can fail");
    await t.assertSnapshot(lines.join("\n"), { serializer: (text: string) => `\n${text}` });
  });
}
