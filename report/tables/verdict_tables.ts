/** The verdicts as a table: each server against the baseline in each case, in figures and in words. */

import { NOISE, SIGNIFICANCE } from "../../measure/judge/judge.ts";
import type { Result } from "../../measure/model/result.ts";
import { type Verdict, verdictsOf } from "../../measure/judge/verdicts.ts";
import { type Cell, type Column, EMPTY, type Table, textColumns, words } from "./table.ts";
import { EXPLAINED_NOTE, saidDifferences } from "../summary/explained/explained.ts";
import { sentence, signOf } from "../summary/verdicts.ts";

const METHOD =
  "Ratio of the geometric means of the rounds; 95 % interval and p by a moderated paired t test of their logarithms; q " +
  "is p adjusted by Benjamini and Hochberg over all rows, those of CPU time apart. Clear is a difference with q ≤ " +
  `${SIGNIFICANCE}, an interval that excludes 1 and more than ${NOISE * 100} %.`;

/** Every server but the baseline in every case: by the scenario's primary metric, and by CPU time. */
export function verdictsTable(result: Result): Table {
  const byPlace = Map.groupBy(
    verdictsOf(result),
    ({ scenario, case: one, server }) => JSON.stringify([scenario.id, one.id, server.id]),
  );
  const verdicts = [...byPlace.values()].flat();
  const explained = saidDifferences(result);
  const isExplained = result.explanations !== undefined;
  return {
    id: "verdicts",
    title: "Verdicts",
    note: isExplained ? `${METHOD} ${EXPLAINED_NOTE}` : METHOD,
    ...(verdicts.some((verdict) => signOf(verdict).sign) &&
      { signNote: "better or worse than the server that it is compared with" }),
    columns: [
      ...textColumns("Scenario", "Case", "Server", "Compared with", "Metric"),
      ...ratioColumns(["Ratio", "Low", "High", "p", "q"]),
      ...textColumns("Verdict"),
      ...ratioColumns(["CPU ratio", "CPU low", "CPU high", "CPU p", "CPU q"]),
      ...textColumns("CPU verdict"),
      ...(isExplained ? textColumns("Goes with it") : []),
    ],
    keyColumns: 3,
    rows: [...byPlace.values()].map((verdicts) => {
      const [{ scenario, case: one, server, baseline }] = verdicts as [Verdict];
      const primary = verdicts.find(({ aspect }) => aspect === "primary");
      return [
        words(scenario.title),
        words(one.title),
        words(server.title),
        words(baseline.title),
        words(primary?.metric.title),
        ...verdictCells(primary),
        ...verdictCells(verdicts.find(({ aspect }) => aspect === "cpu")),
        ...(isExplained
          ? [words(explained.find(({ verdict }) => verdicts.includes(verdict))?.said)]
          : []),
      ];
    }),
    empty: "There is nothing to compare: the run has one server, or no cases.",
  };
}

function ratioColumns(titles: readonly string[]): Column[] {
  return titles.map((title, index) => ({
    title,
    ...(index < 3 ? { kind: "number", decimals: 3 } : { kind: "probability" }),
  }));
}

function verdictCells(verdict: Verdict | undefined): Cell[] {
  if (verdict === undefined) {
    return [EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, words("The scenario does not report it.")];
  }
  const { judgement } = verdict;
  const figures = "absent" in judgement
    ? [null, null, null, null, null]
    : [judgement.ratio, judgement.interval.low, judgement.interval.high, judgement.p]
      .concat(judgement.adjustedP);
  const sign = signOf(verdict);
  const [ratio, ...others] = figures.map((value): Cell => ({ value }));
  return [{ ...ratio!, ...sign }, ...others, { ...words(sentence(verdict)), ...sign }];
}
