import assert from "node:assert/strict";
import type { Judgement } from "../../measure/judge/judge.ts";
import type { Trial } from "../../measure/model/result.ts";
import { summaryTable } from "../tables/comparison_tables.ts";
import { firstRounds, ROUNDS } from "../testing/rounds_testdata.ts";
import { bestNote, clientNote, detailOf, type Entry, summarize } from "./lines.ts";
import { RESULT } from "../testing/testdata.ts";

Deno.test("summarize() has each case with its figures, its CPU times and its ceiling", () => {
  const lines = summarize(ROUNDS);
  assert.deepEqual(
    lines.map(({ primary, cpu, ceiling }) => [
      primary.metric.id,
      primary.entries.map(({ cell }) => cell.value),
      cpu?.metric.id,
      cpu?.entries.map(({ cell }) => cell.value),
      ceiling.value,
    ]),
    [
      ["rate", [152_000, 122_000, 47_500], "cpu.message", [6.1, 7.9, 20.2], 720_000],
      ["rate", [55_100, 55_900, 21_300], "cpu.message", [18.2, 18.1, 44.7], null],
      ["handshake.p50", [0.812, 0.574, null], "cpu.handshake", [71.5, 70.9, null], null],
      ["memory", [6.4, 10.9, 31.5], undefined, undefined, null],
    ],
  );
});

Deno.test("summarize() gives every server but the baseline its verdict", () => {
  const [line] = summarize(ROUNDS);
  assert.deepEqual(
    line!.primary.entries.map(({ verdict }) => [verdict?.aspect, verdict?.server.id]),
    [[undefined, undefined], ["primary", "ws"], ["primary", "socketio"]],
  );
  assert.deepEqual(
    line!.cpu!.entries.map(({ verdict }) => [verdict?.aspect, verdict?.server.id]),
    [[undefined, undefined], ["cpu", "ws"], ["cpu", "socketio"]],
  );
});

Deno.test("summarize() marks as best what is not shown to be worse", () => {
  assert.deepEqual(
    summarize(ROUNDS).map(({ primary }) => primary.entries.map(({ cell }) => cell.mark)),
    [
      ["best", undefined, undefined],
      ["best", "best", undefined],
      [undefined, "best", "failed"],
      ["best", undefined, undefined],
    ],
  );
});

Deno.test("bestNote() depends on the number of rounds", () => {
  assert.equal(bestNote(firstRounds(1)), "one round: differences may be noise");
  assert.equal(bestNote(firstRounds(4)), "several where their rounds overlap");
  assert.equal(bestNote(ROUNDS), "several where they cannot be told apart");
  assert.equal(summaryTable(ROUNDS).bestNote, bestNote(ROUNDS));
});

Deno.test("clientNote() names the client, or which client drove which servers", () => {
  const wire = { id: "wire", title: "Wire", library: "wsmark" };
  const other = { id: "socketio", title: "Socket.IO client", library: "socket.io-client" };
  const trials = RESULT.trials.map((trial): Trial => ({ ...trial, client: "wire" }));
  assert.equal(clientNote({ ...RESULT, clients: [wire], trials }), "Client: Wire (epoll).");
  const mixed = trials.map((trial): Trial => (
    trial.server === RESULT.servers.at(-1)!.id ? { ...trial, client: "socketio" } : trial
  ));
  assert.match(
    clientNote({ ...RESULT, clients: [wire, other], trials: mixed }),
    /^Clients: Wire \(epoll\) for .*; Socket\.IO client for .*\.$/,
  );
  assert.equal(clientNote({ ...RESULT, trials: [] }), "");
});

const [line] = summarize(ROUNDS);
const [baseline, rival] = line!.primary.entries as [Entry, Entry];

/** A server whose rate has this ratio to the baseline's. */
function judged(ratio: number, difference: Judgement["difference"], better = "higher"): Entry {
  const { verdict } = rival;
  const interval = { low: ratio * 0.9, high: ratio * 1.1 };
  return {
    ...rival,
    verdict: {
      ...verdict!,
      metric: { ...verdict!.metric, better: better as "higher" },
      judgement: { ratio, interval, p: 0.001, adjustedP: 0.002, rounds: 7, difference },
    },
  };
}

Deno.test("detailOf() gives half the interval of a figure that is compared with nothing", () => {
  const precision = (low: number, high: number): string | undefined => {
    const cell = { value: 100 };
    return detailOf({ ...baseline, cell, interval: { low, high } }, true)?.text;
  };
  assert.equal(precision(96, 104), "±4 %");
  assert.equal(precision(99.7, 100.3), "±0.3 %");
  assert.equal(precision(0, 300), "±150 %");
});

for (
  const [ratio, difference, better, expected] of [
    [0.8, "lower", "higher", ["worse", "−20 % (−28…−12)", "−20 %"]],
    [0.8, "lower", "lower", ["better", "−20 % (−28…−12)", "−20 %"]],
    [1.5, "higher", "none", ["different", "+50 % (+35…+65)", "+50 %"]],
    [2.3, "higher", "higher", ["better", "2.3× (2.1…2.5)", "2.3×"]],
    [23.4, "higher", "lower", ["worse", "23× (21…26)", "23×"]],
    [1.1, "none", "lower", ["level", "≈", "≈"]],
  ] as const
) {
  Deno.test(`detailOf() shows a ratio of ${ratio} as ${expected.slice(0, 2).join(", ")}`, () => {
    const entry = judged(ratio, difference, better);
    const { kind, text } = detailOf(entry, true)!;
    assert.deepEqual([kind, text, detailOf(entry, false)!.text], expected);
  });
}

Deno.test("detailOf() is undefined if nothing can be said", () => {
  const { verdict } = rival;
  const absent = { ...rival, verdict: { ...verdict!, judgement: { absent: "too few rounds" } } };
  assert.equal(detailOf(absent, true), undefined);
  assert.equal(detailOf({ ...baseline, interval: undefined }, true), undefined);
  assert.equal(detailOf({ ...baseline, cell: { value: null } }, true), undefined);
  assert.equal(detailOf({ ...baseline, cell: { value: 1, mark: "wrong" } }, true), undefined);
});
