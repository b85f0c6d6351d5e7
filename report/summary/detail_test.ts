import assert from "node:assert/strict";
import type { Judgement } from "../../measure/judge/judge.ts";
import { detailOf } from "./detail.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { type Entry, summarize } from "./summary.ts";

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

Deno.test("detailOf() gives nothing where nothing can be said", () => {
  const { verdict } = rival;
  const absent = { ...rival, verdict: { ...verdict!, judgement: { absent: "too few rounds" } } };
  assert.equal(detailOf(absent, true), undefined);
  assert.equal(detailOf({ ...baseline, interval: undefined }, true), undefined);
  assert.equal(detailOf({ ...baseline, cell: { value: null } }, true), undefined);
  assert.equal(detailOf({ ...baseline, cell: { value: 1, mark: "wrong" } }, true), undefined);
});
