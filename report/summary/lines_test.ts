import assert from "node:assert/strict";
import type { Judgement } from "../../measure/judge/judge.ts";
import type { CompletedTrial, Trial } from "../../measure/model/result.ts";
import { summaryTable } from "../tables/comparison_tables.ts";
import { BEATEN, firstRounds, ROUNDS } from "../testing/rounds_testdata.ts";
import {
  bestNote,
  clientNote,
  detailLegend,
  detailOf,
  type Entry,
  summarize,
  widthOf,
} from "./lines.ts";
import { RESULT } from "../testing/testdata.ts";

/** A figure without the digits that are lost in computing a geometric mean. */
function shortened({ cell: { value } }: Entry): string | number | null {
  return typeof value === "number" ? Number(value.toPrecision(9)) : value;
}

Deno.test("summarize() has each case with its figures, its CPU times and its ceiling", () => {
  const lines = summarize(ROUNDS);
  assert.deepEqual(
    lines.map(({ primary, cpu, ceiling }) => [
      primary.metric.id,
      primary.entries.map(shortened),
      cpu?.metric.id,
      cpu?.entries.map(shortened),
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

Deno.test("summarize() has the median of the ceiling's trials", () => {
  const [ceiling, ...others] = ROUNDS.trials as [CompletedTrial, ...Trial[]];
  const trials = [700_000, 900_000, 720_000].map((rate): Trial => (
    { ...ceiling, metrics: { ...ceiling.metrics, rate } }
  ));
  const [line] = summarize({ ...ROUNDS, trials: [...trials, ...others] });
  assert.equal(line!.ceiling.value, 720_000);
  assert.equal(line!.ceiling.note, undefined);
});

Deno.test("summarize() calls a ceiling unreliable that a server beats", () => {
  const [line] = summarize(BEATEN);
  assert.equal(line!.ceiling.value, 100_000);
  assert.equal(line!.ceiling.note, "Unreliable: a server did better.");
});

Deno.test("bestNote() depends on the number of rounds", () => {
  assert.equal(bestNote(firstRounds(1)), "one round: differences may be noise");
  assert.equal(bestNote(firstRounds(4)), "several where their rounds overlap");
  assert.equal(bestNote(ROUNDS), "several where the others are not clearly worse");
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
function judged(ratio: number, certainty: Judgement["certainty"], better = "higher"): Entry {
  const { verdict } = rival;
  const interval = { low: ratio * 0.9, high: ratio * 1.1 };
  const difference = certainty !== "clear" ? "none" : ratio > 1 ? "higher" : "lower";
  return {
    ...rival,
    verdict: {
      ...verdict!,
      metric: { ...verdict!.metric, better: better as "higher" },
      judgement: {
        ratio,
        interval,
        p: 0.001,
        adjustedP: 0.002,
        comparisons: 8,
        rounds: 7,
        isApart: false,
        certainty,
        difference,
      },
    },
  };
}

Deno.test("detailOf() gives the interval of a figure that is compared with nothing, with its decimals", () => {
  const precision = (low: number, high: number, decimals?: number): string | undefined => {
    const cell = { value: 100, ...(decimals !== undefined && { decimals }) };
    return detailOf({ ...baseline, cell, interval: { low, high } }, true)?.text;
  };
  assert.equal(precision(96, 104), "(96…104)");
  assert.equal(precision(99.7, 100.3, 1), "(99.7…100.3)");
  assert.equal(detailOf({ ...baseline, interval: { low: 96, high: 104 } }, false), undefined);
});

Deno.test("widthOf() is the width of an interval in per cent of the figure", () => {
  assert.equal(widthOf(100, { low: 96, high: 105 }), 9);
});

for (
  const [ratio, certainty, better, expected] of [
    [0.8, "clear", "higher", ["worse", "−20 % (−28…−12)", "−20 %"]],
    [0.8, "clear", "lower", ["better", "−20 % (−28…−12)", "−20 %"]],
    [1.5, "clear", "none", ["different", "+50 % (+35…+65)", "+50 %"]],
    [2.3, "clear", "higher", ["better", "2.3× (2.1…2.5)", "2.3×"]],
    [23.4, "clear", "lower", ["worse", "23× (21…26)", "23×"]],
    [0.8, "probable", "higher", ["probable", "? −20 % (−28…−12)", "? −20 %"]],
    [1.1, "not told apart", "lower", ["level", "≈", "≈"]],
    [1.01, "same", "lower", ["same", "=", "="]],
  ] as const
) {
  Deno.test(`detailOf() shows a ratio of ${ratio} as ${expected.slice(0, 2).join(", ")}`, () => {
    const entry = judged(ratio, certainty, better);
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

Deno.test("detailLegend() explains what is shown, and nothing else", () => {
  assert.deepEqual(detailLegend([baseline, judged(0.8, "clear")]), [
    "In brackets the 95 % interval.",
    "+ − ×: against Deno.serve, in brackets its 95 % interval.",
  ]);
  assert.deepEqual(detailLegend([baseline, judged(0.8, "probable")], ""), [
    "? probably; among so many comparisons it may be chance.",
  ]);
  assert.deepEqual(detailLegend([judged(1.01, "same"), judged(1.1, "not told apart")]), [
    "= the same as Deno.serve within 5 %.",
    "≈ not told apart from Deno.serve.",
  ]);
  assert.deepEqual(detailLegend([]), []);
});
