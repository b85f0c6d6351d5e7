import assert from "node:assert/strict";
import { changesOf } from "../judge/changes.ts";
import { laterRunOf, rounds, runOf } from "../judge/changes_testdata.ts";
import type { Judgement } from "../judge/judge.ts";
import type { Explanation, MetricDefinition, RecordedParameters } from "../model/result.ts";
import { explainedChanges, explainedVerdicts, gapOf } from "./explained.ts";

/** What an explaining trial of a server found: as many replies a second as the others have. */
function explanation(
  server: string,
  perSecond: number,
  counters: Explanation["counters"],
): Explanation {
  return {
    server,
    client: "wire",
    scenario: "throughput",
    case: "size=64",
    startedAt: "2026-01-02T03:04:05.678Z",
    replies: perSecond * 1000,
    windowMs: 1e6,
    counters,
  };
}

/** A message of ws takes 12.5 ms, not 10, and 15 µs of CPU time, not 10. */
const SLOW = [...rounds("native"), ...rounds("ws", { speed: 0.8, effort: 1.5 })];
const NATIVE = explanation("native", 100, { "time.cpu": 10, "time.user": 4 });
const WS = explanation("ws", 80, { "time.cpu": 15, "time.user": 9 });

Deno.test("explainedVerdicts() has what goes with the verdicts on a server in a case, each once", () => {
  const [one, ...others] = explainedVerdicts(runOf(SLOW, { explanations: [NATIVE, WS] }));
  assert.deepEqual(others, []);
  assert.deepEqual(one!.verdicts.map(({ aspect }) => aspect), ["primary", "cpu"]);
  assert.deepEqual(one!.differences.map(({ id, said }) => [id, said]), [
    ["own.code", "9.0 µs of CPU time a message outside the kernel (native 4.0 µs)"],
  ]);
});

Deno.test("explainedVerdicts() is empty without a difference, and without two explaining trials that completed", () => {
  const same = [...rounds("native"), ...rounds("ws")];
  const failed = { ...WS, failed: "it ended" };
  const elsewhere = { ...WS, case: "size=128" };
  for (
    const [what, run] of [
      ["nothing was explained", runOf(SLOW)],
      ["servers are the same", runOf(same, { explanations: [NATIVE, WS] })],
      ["the baseline was not explained", runOf(SLOW, { explanations: [WS] })],
      ["one failed", runOf(SLOW, { explanations: [NATIVE, failed] })],
      ["another case", runOf(SLOW, { explanations: [NATIVE, elsewhere] })],
      ["too few rounds", runOf(SLOW.slice(0, 2), { explanations: [NATIVE, WS] })],
    ] as const
  ) {
    assert.deepEqual(explainedVerdicts(run), [], what);
  }
});

Deno.test("explainedChanges() compares a server with itself in an earlier run", () => {
  const before = runOf([...rounds("native"), ...rounds("ws")], {
    explanations: [NATIVE, { ...NATIVE, server: "ws" }],
  });
  const changes = changesOf(before, laterRunOf(SLOW, { explanations: [NATIVE, WS] }));
  assert.ok(!("absent" in changes));
  assert.deepEqual(
    explainedChanges(changes).map(({ changes: [one], differences }) => [
      one!.server.id,
      differences.map(({ said }) => said),
    ]),
    [["ws", ["9.0 µs of CPU time a message outside the kernel (before 4.0 µs)"]]],
  );
  const unexplained = changesOf(runOf(SLOW), laterRunOf(SLOW, { explanations: [NATIVE, WS] }));
  assert.ok(!("absent" in unexplained));
  assert.deepEqual(explainedChanges(unexplained), []);
});

const IN_FLIGHT: RecordedParameters = { connections: 4, inFlight: 2 };

for (
  const [unit, better, parameters, base, ratio, gap] of [
    // 10 µs become 20 µs a message; eight wait at a time.
    ["messages/s", "higher", IN_FLIGHT, 100_000, 0.5, { wall: 10_000, wait: 80_000 }],
    ["1/s", "higher", {}, 100_000, 0.5, { wall: 10_000 }],
    ["ms", "lower", IN_FLIGHT, 0.08, 2, { wall: 10_000, wait: 80_000 }],
    ["ms", "lower", { connections: 64, rate: 1000 }, 2, 0.5, { wall: -1e6, wait: -1e6 }],
    ["µs", "lower", IN_FLIGHT, 4, 1.5, { cpu: 2000 }],
    ["MiB", "lower", IN_FLIGHT, 4, 1.5, {}],
    ["ms", "lower", IN_FLIGHT, NaN, 1.5, {}],
  ] as const
) {
  Deno.test(`gapOf() ${base} ${unit} times ${ratio}`, () => {
    const metric: MetricDefinition = { id: "x", title: "X", unit, better };
    const judgement = { ratio, certainty: "clear" } as Judgement;
    const found = gapOf({ metric, case: { id: "", title: "", parameters }, judgement }, base);
    assert.deepEqual(
      Object.entries(found).map(([name, ns]) => [name, Math.round(ns)]).sort(),
      Object.entries(gap).sort(),
    );
  });
}

Deno.test("gapOf() of what was not compared is unknown", () => {
  const metric: MetricDefinition = { id: "x", title: "X", unit: "ms", better: "lower" };
  const one = { metric, case: { id: "", title: "", parameters: {} }, judgement: { absent: "?" } };
  assert.deepEqual(gapOf(one, 1), {});
});
