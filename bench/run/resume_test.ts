import assert from "node:assert/strict";
import { FACTS, type Result, SCHEMA_VERSION, type Trial } from "../../measure/model/result.ts";
import { completedTrial, SETTINGS } from "../../measure/model/testdata.ts";
import { planRun } from "../plan/options.ts";
import { checkEarlier, differencesOf, ratedCase, withHigherLoad } from "./resume.ts";
import type { KeptTrial } from "../folder/trial_lines.ts";

const { trials: planned } = planRun({
  servers: ["native", "ws"],
  scenarios: ["rate"],
  rounds: 1,
  seed: 1,
  pin: false,
});

/** The trials as they end; a closed loop answers 1,000 messages a second. */
const ended = planned.map(({ trial, round, server, client, scenario, case: { id } }): Trial => ({
  ...completedTrial({ rate: 1 }),
  counts: { sent: 0, replies: 1000, replyBytes: 0, handshakes: 0, connections: 1 },
  ...{ trial, round, server: server.id, client, scenario: scenario.id },
  case: round === 0 ? id : id.replace(/load=(\d+)/, (load, share) => `rate=${share * 10},${load}`),
}));

const linesOf = (trials: readonly Trial[]): KeptTrial[] =>
  trials.map((trial, index) => ({ line: index + 1, trial }));

Deno.test("checkEarlier() is content with trials of a plan, rates found on the way", () => {
  for (const count of [0, 1, 2, 3, ended.length]) {
    checkEarlier(planned, linesOf(ended.slice(0, count)), [], "trials.jsonl");
  }
  checkEarlier(planned, linesOf([...ended.slice(1, 3), ended[5]!, ended[2]!]), [], "trials.jsonl");
});

Deno.test("checkEarlier() takes rates that a run found if its closed loops are missing", () => {
  const cases = planned.filter(({ round }) => round > 0).map((one) => ratedCase(one, [], ended));
  const known = [{ id: "rate", title: "", question: "", metrics: [], cases }];
  const rest = linesOf(ended.filter(({ round }) => round > 0));
  checkEarlier(planned, rest, known, "trials.jsonl");
  assert.throws(() => checkEarlier(planned, rest, [], "trials.jsonl"), { name: "UsageError" });
});

Deno.test("checkEarlier() names the first trial that is not the plan's", () => {
  const refused = (trials: readonly Trial[], message: RegExp): void =>
    assert.throws(() => checkEarlier(planned, linesOf(trials), [], "trials.jsonl"), {
      name: "UsageError",
      message,
    });
  const [first, second] = [ended[0]!, ended[1]!];
  refused([{ ...first, server: "other" }], /^Line 1 of trials\.jsonl is not of the plan .* other /);
  refused([first, { ...second, case: "size=1" }], /^Line 2 .*size=1\), the plan has trial 2 /);
  refused([{ ...second, trial: 1 }], /^Line 1 .* it has trial 1 .* the plan has trial 1 /);
  refused([...ended, { ...first, trial: 99 }], /the plan has nothing\. Make the run again$/);
});

const run: Result = {
  schemaVersion: SCHEMA_VERSION,
  wsmark: "0.1.0",
  state: "interrupted",
  startedAt: "2026-01-02T03:04:05.678Z",
  planned: 1,
  settings: SETTINGS,
  machine: [
    { group: "Processor", name: "Model", value: "A" },
    { group: "Processor", name: "Current frequency (first CPU)", value: 1 },
    { group: "Memory", name: "Available", value: 1 },
    { ...FACTS.load, value: 1 },
  ],
  servers: [{ id: "ws", title: "ws", protocol: "websocket", runtime: "deno 2", library: "ws 8" }],
  clients: [],
  scenarios: [],
  trials: [],
  warnings: [],
};

Deno.test("differencesOf() says what ties a run to its machine and versions, and nothing else", () => {
  assert.deepEqual(differencesOf(run, run), []);
  const moved: Result = {
    ...run,
    wsmark: "0.2.0",
    machine: run.machine.map((fact) => ({ ...fact, value: "B" })),
    servers: [{ ...run.servers[0]!, library: "ws 9" }],
  };
  assert.deepEqual(differencesOf(run, moved), [
    "wsmark: 0.1.0 before, 0.2.0 now",
    "Processor, Model: A before, B now",
    "ws: deno 2, ws 8 before, deno 2, ws 9 now",
  ]);
});

Deno.test("differencesOf() says which agent is on another machine than before", () => {
  const agent = {
    ...{ id: "a", host: "h", isHere: false, clockOffsetMs: 0, clockErrorMs: 0, roundTripMs: 0 },
    machine: run.machine,
  };
  const now = { ...agent, machine: run.machine.map((fact) => ({ ...fact, value: "B" })) };
  assert.deepEqual(differencesOf({ ...run, agents: [agent] }, { ...run, agents: [now] }), [
    "agent a, Processor, Model: A before, B now",
  ]);
});

Deno.test("withHigherLoad() keeps the higher of two loads at the start", () => {
  const load = (value: number) => [{ ...FACTS.load, value }];
  assert.deepEqual(withHigherLoad(load(1), load(2)), load(2));
  assert.deepEqual(withHigherLoad(load(2), load(1)), load(2));
  assert.deepEqual(withHigherLoad(load(2), []), load(2));
});
