import assert from "node:assert/strict";
import { claimsOf, type IntactOutcome } from "./claims.ts";
import { rounds, studied } from "./claims_testdata.ts";
import type { Trial } from "../model/result.ts";
import { failedTrial } from "../model/testdata.ts";

const CLAIM = { kind: "intact", text: "None is lost.", scenario: "latency" } as const;

function judged(trials: readonly Trial[], scenario = "latency"): IntactOutcome {
  const [only] = claimsOf(studied(trials, [{ ...CLAIM, scenario }]));
  assert.ok(only?.kind === "intact");
  return only;
}

const failedOf = (server: string): Trial => ({
  ...failedTrial("it did not start"),
  server,
  scenario: "latency",
});

Deno.test("the claim that replies are right holds if those of all servers are", () => {
  const { verdict, servers } = judged([...rounds("a", 1), ...rounds("b", 1)]);
  assert.equal(verdict, "holds");
  assert.deepEqual(
    servers.map(({ title, counts }) => [title, counts.sent, counts.answered]),
    [["A", 84, 84], ["B", 84, 84]],
  );
});

Deno.test("what is not a round of a server of the run does not count", () => {
  const outside: Trial[] = [
    { ...rounds("a", 1)[0]!, round: 0 },
    ...rounds("reference", 1),
    ...rounds("a", 1).map((trial) => ({ ...trial, scenario: "burst" })),
  ];
  assert.equal(judged(outside).absent, "no trial of the scenario has ended");
  assert.equal(judged([...rounds("a", 1), ...outside]).servers[0]!.counts.sent, 84);
});

Deno.test("a single wrong reply contradicts it, whichever trials failed", () => {
  for (const way of ["lost", "duplicated", "reordered", "corrupted"]) {
    const [first, ...others] = rounds("a", 1);
    const wrong = { ...first!, integrity: { ...first!.integrity, [way]: 1 } };
    assert.equal(judged([wrong, ...others, failedOf("b")]).verdict, "contradicted");
  }
});

Deno.test("a failed trial leaves it open", () => {
  const { verdict, servers } = judged([...rounds("a", 1), failedOf("b")]);
  assert.equal(verdict, "not shown");
  assert.deepEqual(servers.map(({ failed }) => failed), [0, 1]);
});

Deno.test("without messages it is not measured", () => {
  assert.equal(judged([], "x").absent, 'the run has no scenario "x"');
  assert.equal(judged([failedOf("a")]).absent, "every trial of the scenario failed");
  const none = { sent: 0, answered: 0, lost: 0, duplicated: 0, reordered: 0, corrupted: 0 };
  const silent = judged(rounds("a", 1).map((trial) => ({ ...trial, integrity: none })));
  assert.equal(silent.absent, "no message was sent");
  assert.equal(silent.verdict, "not measured");
});
