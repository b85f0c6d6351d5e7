import assert from "node:assert/strict";
import { firstRounds, firstServers, ROUNDS } from "../testing/rounds_testdata.ts";
import { meaningOf, obstacle, serverFindings } from "./claims.ts";

Deno.test("serverFindings() counts what each server's verdicts come to, and says where", () => {
  const [native, ws, socketio] = serverFindings(ROUNDS);
  assert.equal(native!.isBaseline, true);
  assert.equal(
    ws!.summary,
    "Compared with Deno.serve: worse in 2 of 4 cases, better in 1, no difference shown in 1. " +
      "CPU time: higher in 1 of 3 cases, no difference shown in 2.",
  );
  assert.deepEqual(
    ws!.groups.map(({ outcome, scenarios }) => [
      outcome,
      scenarios.map(({ scenario, of }) => [scenario.id, of]),
    ]),
    [
      ["worse", [["throughput", "1 of 2 cases"], ["idle", ""]]],
      ["better", [["connect", ""]]],
      ["no difference shown", [["throughput", "1 of 2 cases"]]],
    ],
  );
  assert.match(socketio!.summary, /worse in 3 of 4 cases, not compared in 1\./);
});

Deno.test("meaningOf() gives the verdicts themselves for one case", () => {
  const { sentences, cases } = meaningOf(ROUNDS, ROUNDS.scenarios[2]!);
  assert.equal(sentences.length, 2);
  assert.match(sentences[0]!, /^ws has 72 % higher memory per connection than Deno\.serve \(95 %/);
  assert.deepEqual(cases, []);
});

Deno.test("meaningOf() counts the verdicts of several cases, and gives each beside", () => {
  const { sentences, cases } = meaningOf(ROUNDS, ROUNDS.scenarios[0]!);
  assert.equal(
    sentences[0],
    "ws against Deno.serve: Rate worse in 1 of 2 cases, no difference shown in 1; " +
      "Server CPU time per message higher in 1 of 2 cases, no difference shown in 1.",
  );
  assert.deepEqual(cases.map(({ title, sentences }) => [title, sentences.length]), [
    ["16 connections, 16 in flight, 64 B", 4],
    ["16 connections, 16 in flight, 16 KiB", 4],
  ]);
});

Deno.test("obstacle() says why there is no verdict", () => {
  assert.equal(obstacle(ROUNDS), undefined);
  assert.match(obstacle(firstServers(1))!, /nothing to compare/);
  assert.match(obstacle(firstRounds(2))!, /^No verdict: 2 rounds cannot show a difference/);
  const [throughput] = firstRounds(2).scenarios;
  assert.match(meaningOf(firstRounds(2), throughput!).sentences[0]!, /^No verdict: 2 rounds/);
  assert.deepEqual(meaningOf(firstServers(1), throughput!).sentences, [
    "There is nothing to compare.",
  ]);
});
