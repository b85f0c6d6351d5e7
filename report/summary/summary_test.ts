import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { summaryOf } from "./summary.ts";
import { firstRounds, firstServers, ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";

Deno.test("summaryOf() begins with what was run and how it ended", () => {
  const { overview } = summaryOf(ROUNDS);
  assert.deepEqual(overview, [
    "3 servers, 4 cases in 3 scenarios, 7 rounds: 85 of 85 trials ended, 7 of them failed.",
    "936 replies were checked; none was wrong.",
    "Each server is compared with Deno.serve.",
  ]);
  assert.match(summaryOf(RESULT).overview[1]!, /replies were checked; 9 were wrong or missing\./);
});

Deno.test("summaryOf() counts the rounds that ran, if they were to go on until rates are known", () => {
  const settings = { ...ROUNDS.settings, rounds: 100, until: 0.05 };
  assert.match(summaryOf({ ...ROUNDS, settings }).overview[0]!, / in 3 scenarios, 7 rounds: /);
});

Deno.test("summaryOf() gives a scenario of one case in sentences, one of several by counts", () => {
  const { scenarios: [throughput, connect] } = summaryOf(ROUNDS);
  assert.deepEqual(throughput!.found.slice(0, 2), [
    "ws against Deno.serve, rate: worse in 1 of 2 cases, the same within 5 % in 1.",
    "socket.io against Deno.serve, rate: worse in 2 of 2 cases.",
  ]);
  assert.equal(
    connect!.found[0],
    "ws has 29 % lower handshake p50 than Deno.serve (27–32 %).",
  );
  assert.equal(throughput!.verdicts.length, 8);
});

Deno.test("summaryOf() says how many rounds there are and how well the figures are known", () => {
  const { certainty } = summaryOf(ROUNDS).scenarios[0]!;
  assert.deepEqual(certainty, [
    "7 rounds of each case and server.",
    "Rate: the width of the 95 % interval is 5 % of the figure.",
  ]);
});

Deno.test("summaryOf() says what the run could not have shown, if it compares anything", () => {
  const said = (result: Result): string | undefined =>
    summaryOf(result).notes.find((note) => /not shown by this run/.test(note));
  assert.match(
    said(ROUNDS)!,
    /^Differences below \d+ % in rates and median times are mostly not shown by this run\.$/,
  );
  assert.equal(said(firstServers(1)), undefined);
  assert.equal(said(firstRounds(4)), undefined);
});

Deno.test("summaryOf() claims nothing if there are too few rounds, and says why", () => {
  const { scenarios, recommendations } = summaryOf(firstRounds(4));
  assert.ok(recommendations.every(({ servers }) => servers.length === 0));
  for (const { found } of scenarios) {
    assert.equal(found.length, 1);
    assert.match(found[0]!, /^No verdict: 4 rounds cannot show a difference/);
  }
});

Deno.test("summaryOf() compares nothing if there is one server", () => {
  const { overview, scenarios, answer, isComparison } = summaryOf(firstServers(1));
  assert.equal(isComparison, false);
  assert.equal(overview.length, 2);
  assert.deepEqual([scenarios[0]!.found, answer.rows], [[], []]);
  assert.deepEqual(answer.sentences, ["There is one server, Deno.serve: nothing is compared."]);
});

Deno.test("summaryOf() assigns the findings about the measurement to their scenarios", () => {
  const [echo, connect] = summaryOf(RESULT).scenarios;
  assert.ok(echo!.certainty.includes(
    "Replies were wrong: 7 lost, 2 reordered (1 of 4 trials of socket.io in Echo rate).",
  ));
  assert.ok(!connect!.certainty.some((one) => one.startsWith("Replies were wrong")));
});

Deno.test("summaryOf() writes every sentence on one line, whatever a server calls itself", () => {
  const [first, ...others] = ROUNDS.servers;
  const named: Result = {
    ...ROUNDS,
    servers: [{ ...first!, title: "a\nb\x1b[31m" }, ...others],
  };
  const { overview, recommendations } = summaryOf(named);
  const text = JSON.stringify([
    overview,
    recommendations.map(({ answer, reasons }) => [answer, reasons]),
  ]);
  assert.ok(text.includes("a b"));
  assert.ok(!/\\n|\\u001b/.test(text));
});

Deno.test("summaryOf() gives the verdicts of one case as sentences", () => {
  const { meaning, cases } = summaryOf(ROUNDS).scenarios[2]!;
  assert.equal(meaning.length, 2);
  assert.match(
    meaning[0]!,
    /^ws has 70 % higher memory per connection than Deno\.serve \(\d+–\d+ %\)\.$/,
  );
  assert.deepEqual(cases, []);
});

Deno.test("summaryOf() counts the verdicts of several cases, and gives each of them too", () => {
  const { meaning, cases } = summaryOf(ROUNDS).scenarios[0]!;
  assert.equal(
    meaning[0],
    "ws against Deno.serve: Rate worse in 1 of 2 cases, the same within 5 % in 1; " +
      "Server CPU time per message higher in 1 of 2 cases, the same within 5 % in 1.",
  );
  assert.deepEqual(cases.map(({ title, sentences }) => [title, sentences.length]), [
    ["16 connections, 16 in flight, 64 B", 4],
    ["16 connections, 16 in flight, 16 KiB", 4],
  ]);
});

Deno.test("summaryOf() says why there is no verdict", () => {
  assert.equal(summaryOf(ROUNDS).obstacle, undefined);
  const alone = summaryOf(firstServers(1));
  assert.match(alone.obstacle!, /nothing to compare/);
  assert.deepEqual(alone.scenarios[0]!.meaning, []);
  const few = summaryOf(firstRounds(2));
  assert.match(few.obstacle!, /^No verdict: 2 rounds cannot show a difference/);
  assert.match(few.scenarios[0]!.meaning[0]!, /^No verdict: 2 rounds/);
});

Deno.test("summaryOf() composes the summary of a run once", () => {
  assert.equal(summaryOf(ROUNDS), summaryOf(ROUNDS));
});

Deno.test("summaryOf() says how many generators there were, and why, if the run chose", () => {
  const notes = (generators: number): readonly string[] => {
    const generatorChoice = { reason: "there are CPUs for no more", tries: [], tookMs: 0 };
    const settings = { ...ROUNDS.settings, generators, generatorChoice };
    return summaryOf({ ...ROUNDS, settings }).notes;
  };
  const why = "(--generators auto): there are CPUs for no more.";
  assert.ok(notes(4).includes(`The load was made by 4 generators ${why}`));
  assert.ok(notes(1).includes(`The load was made by 1 generator ${why}`));
  assert.ok(summaryOf(ROUNDS).notes.every((note) => !note.includes("generators auto")));
});

Deno.test("summaryOf() says that the ceiling was not asked for", () => {
  const note = "Ceiling: not measured (--no-ceiling).";
  const { reference: _, ...rest } = ROUNDS;
  const without = { ...rest, trials: rest.trials.filter(({ round }) => round > 0) };
  const settings = { ...ROUNDS.settings, ceiling: false as const };
  assert.ok(summaryOf({ ...without, settings }).notes.includes(note));
  assert.ok(!summaryOf(without).notes.includes(note));
});
