import assert from "node:assert/strict";
import type { CompletedTrial, IntegrityCounts } from "../../measure/model/result.ts";
import type { Warning } from "../../measure/warnings/warnings.ts";
import { RESULT } from "../testing/testdata.ts";
import { renderTerminal } from "../terminal/terminal.ts";
import { failures, findings, wrongReplies } from "./findings.ts";

Deno.test("findings() gives the run's warnings first, then those of the trials in the order of the tables", () => {
  const trials = findings(RESULT).map(({ trials }) => trials.map(({ trial }) => trial));
  assert.deepEqual(trials, [[], [], [5, 13, 4], [6]]);
});

Deno.test("findings() shows the range of the shares of a saturated generator", () => {
  assert.match(findings(RESULT)[2]!.finding, /97 %/);
});

Deno.test("findings() adds up wrong replies", () => {
  const wrong = {
    kind: "wrong replies",
    lost: 1,
    duplicated: 0,
    reordered: 0,
    corrupted: 2,
  } as const;
  const result = { ...RESULT, trials: [], warnings: [wrong, wrong] };
  assert.equal(findings(result)[0]!.finding, "Replies were wrong: 2 lost, 4 corrupted.");
});

Deno.test("findings() separates findings with different words", () => {
  const warnings = ["one CPU", "not allowed"].map((reason) =>
    ({ kind: "not pinned", reason }) as const
  );
  assert.equal(findings({ ...RESULT, trials: [], warnings }).length, 2);
});

Deno.test("findings() assigns a warning about a case to the trials of its rounds, and shows the range", () => {
  const [trial] = RESULT.trials;
  const place = { scenario: trial!.scenario, case: trial!.case };
  const trials = [...RESULT.trials, { ...trial!, trial: 0, round: 0 }]
    .map((one) => one.state === "completed" ? { ...one, warnings: [] } : one);
  const differ = (server: string, spread: number): Warning => (
    { kind: "rounds differ", spread, ...place, server }
  );
  const warnings = [differ("native", 0.1), differ("ws", 0.3), differ("socketio", 0.2)];
  const [finding, ...others] = findings({ ...RESULT, trials, warnings });
  assert.deepEqual(others, []);
  assert.match(finding!.finding, /spans 10 to 30 %/);
  assert.deepEqual(finding!.trials.map(({ trial }) => trial), [1, 12, 2, 10, 3, 11]);
});

Deno.test("findings() separates warnings that differ in more than a figure", () => {
  const trial = RESULT.trials[0]!;
  const place = { scenario: trial.scenario, case: trial.case, server: trial.server };
  const samples = [99, 99.9].map((percentile): Warning => (
    { kind: "too few samples", percentile, samples: 1, needed: 2, ...place }
  ));
  const drifts = [-0.2, 0.2].map((change): Warning => (
    { kind: "warm-up not over", change, ...place }
  ));
  const who = (["client", "server"] as const).map((who): Warning => (
    { kind: "disturbed", who, share: 0.1 }
  ));
  const warnings = [...samples, ...drifts, ...who];
  assert.equal(findings({ ...RESULT, trials: [trial], warnings }).length, 6);
});

Deno.test("findings() groups trials by the given place", () => {
  const groups = findings(RESULT, ({ server }) => server).slice(2);
  const trials = groups.map(({ trials }) => trials.map(({ trial }) => trial));
  assert.deepEqual(trials, [[5, 13], [4], [6]]);
});

Deno.test("findings() says in how many trials of how many, and 'every server' instead of all names", () => {
  const trials = RESULT.trials.map((trial) =>
    trial.state === "completed"
      ? { ...trial, warnings: [{ kind: "generator saturated", cpuShare: 1 } as const] }
      : trial
  );
  const [finding] = findings({ ...RESULT, trials, warnings: [] });
  assert.equal(finding!.places, " (15 of 18 trials of every server in every scenario)");
});

Deno.test("findings() counts the cases of a warning about all rounds of one", () => {
  const { scenario, case: one } = RESULT.trials[0]!;
  const warnings = ["native", "ws"].map((server): Warning => (
    { kind: "rounds differ", spread: 0.2, scenario, case: one, server }
  ));
  const trials = RESULT.trials.filter((trial) => trial.scenario === scenario);
  const [finding] = findings({ ...RESULT, trials, warnings });
  assert.match(finding!.places, /^ \(2 of 4 cases of Deno\.serve and ws in /);
});

Deno.test("findings() counts no case that only has a trial before the rounds", () => {
  const [trial] = RESULT.trials;
  const { scenario, case: one } = trial!;
  const warnings: Warning[] = [
    { kind: "rounds differ", spread: 0.2, scenario, case: one, server: "native" },
  ];
  const trials = [...RESULT.trials, { ...trial!, trial: 0, round: 0, case: "load=10" }];
  const places = (of: typeof trials): string =>
    findings({ ...RESULT, trials: of, warnings })[0]!.places;
  assert.equal(places(trials), places([...RESULT.trials]));
});

Deno.test("findings() names the reference server apart from every server", () => {
  const reference = { ...RESULT.servers[0]!, id: "reference", title: "Reference" };
  const trials = [...RESULT.trials, { ...RESULT.trials[0]!, server: "reference", round: 0 }].map((
    trial,
  ) =>
    trial.state === "completed"
      ? { ...trial, warnings: [{ kind: "generator saturated", cpuShare: 1 } as const] }
      : trial
  );
  const [finding] = findings({ ...RESULT, reference, trials, warnings: [] });
  assert.match(finding!.places, / trials of every server and Reference in every scenario\)$/);
});

Deno.test("failures() groups failed trials by reason, the most frequent first", () => {
  assert.deepEqual(failures(RESULT).map(({ reason, trials }) => [reason, trials.length]), [
    ["the server did not accept connections within 10 s", 2],
    ['=HYPERLINK("x") exit code 1 at line 2', 1],
  ]);
});

const completed = RESULT.trials.find((trial) => trial.state === "completed") as CompletedTrial;
const [first, second] = RESULT.servers;

/** A trial with these wrong replies. */
function trialOf(server: string, counts: Partial<IntegrityCounts>): CompletedTrial {
  const { sent = 10, ...ways } = counts;
  const none = { lost: 0, duplicated: 0, reordered: 0, corrupted: 0 };
  const wrong = { ...none, ...ways };
  return {
    ...completed,
    server,
    integrity: { sent, answered: sent - wrong.lost, ...wrong },
    warnings: Object.keys(ways).length === 0 ? [] : [{ kind: "wrong replies", ...wrong }],
  };
}

Deno.test("wrongReplies() has a sentence for each server with the share of all its replies", () => {
  const trials = [
    trialOf(first!.id, { sent: 40_000, lost: 97 }),
    trialOf(first!.id, { sent: 8211 }),
    trialOf(second!.id, { sent: 5, duplicated: 1, reordered: 2, corrupted: 1000 }),
  ];
  const sentences = wrongReplies({ ...RESULT, trials });
  assert.equal(sentences.length, 2);
  assert.ok(
    sentences[0]!.startsWith(`${first!.title} lost 97 of 48,211 replies (1 of 2 trials of `),
  );
  assert.ok(
    sentences[1]!.startsWith(
      `${second!.title} duplicated 1, reordered 2 and corrupted 1,000 of 5 replies (`,
    ),
  );
});

Deno.test("wrongReplies() says nothing if all replies were right", () => {
  assert.deepEqual(wrongReplies({ ...RESULT, trials: [trialOf(first!.id, {})] }), []);
});

Deno.test("renderTerminal() says first that replies were wrong", () => {
  const trials = [trialOf(first!.id, { sent: 10, lost: 1 })];
  const text = renderTerminal({ ...RESULT, trials }, { width: 100, color: false });
  assert.ok(text.startsWith(`✗ ${first!.title} lost 1 of 10 replies`), text.slice(0, 200));
});
