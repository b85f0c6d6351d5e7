/** Runs for tests of histories. */

import { RATE, rounds, runOf } from "../judge/changes_testdata.ts";
import type { Result } from "../model/result.ts";
import { seededRandom } from "../record/random.ts";
import type { HistoryFigure, HistoryRun } from "./series.ts";

/** A figure with a value and no interval. */
export function figureOf(value: number): HistoryFigure {
  return {
    key: "a",
    title: "Throughput: 64 B",
    server: "ws",
    metric: RATE,
    value,
    interval: undefined,
  };
}

/** What a run of {@linkcode runsOf} has, beside what all have. */
interface RunParts extends Partial<HistoryRun> {
  readonly value?: number;
  /** Share of the value by which it varies at most; 1 % when left out. */
  readonly noise?: number;
}

/** A run a day, each with a commit of its own. */
export function runsOf(count: number, partsOf: (index: number) => RunParts): HistoryRun[] {
  const random = seededRandom(1);
  return Array.from({ length: count }, (_, index): HistoryRun => {
    const { value = 100, noise = 0.01, ...parts } = partsOf(index);
    return {
      name: `results/${index}`,
      startedAt: new Date(Date.UTC(2026, 0, index + 1)).toISOString(),
      commit: index.toString(16).padStart(40, "0"),
      isChanged: false,
      machine: "one",
      versions: {},
      figures: [figureOf(value * (1 + noise * (2 * random() - 1)))],
      ...parts,
    };
  });
}

/** A result of two servers, made at a commit with changed files. */
export const COMMITTED: Result = {
  ...runOf([...rounds("native"), ...rounds("ws")]),
  machine: [
    { group: "Source", name: "Commit", value: "0123456789abcdef0123456789abcdef01234567" },
    { group: "Source", name: "Changed files", value: 2, unit: "files" },
    { group: "Processor", name: "Model", value: "A processor" },
    { group: "Memory", name: "Total", value: 2 ** 34 - 5e7, unit: "bytes" },
    { group: "Software", name: "Deno", value: "2.9.6" },
  ],
};
