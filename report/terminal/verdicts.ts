/**
 * The verdicts on a terminal: in words where they are few, else counted.
 *
 * @module
 */

import type { Result } from "../../measure/model/result.ts";
import { type Verdict, verdictsOf } from "../../measure/judge/verdicts.ts";
import { tally } from "../summary/outcome.ts";
import { hanging, type Screen } from "./screen.ts";
import { oneLine, wrap } from "../summary/text.ts";
import { sentence } from "../tables/verdict_tables.ts";

/** More sentences than this are counted instead. */
const MOST_SENTENCES = 8;

/** What may be claimed of the servers against the baseline; nothing where there is nothing to compare. */
export function verdictLines(result: Result, { width, paint }: Screen): string {
  const verdicts = verdictsOf(result);
  const [first] = verdicts;
  if (first === undefined) return "";
  const heading = wrap(`Compared with ${oneLine(first.baseline.title)}`, width);
  return [
    ...heading.map((line) => paint("heading", line)),
    ...linesOf(verdicts, width),
  ].join("\n");
}

function linesOf(verdicts: readonly Verdict[], width: number): string[] {
  const obstacles = verdicts.flatMap(({ judgement }) =>
    "absent" in judgement ? [oneLine(judgement.absent)] : []
  );
  if (obstacles.length === verdicts.length) {
    return hanging("", "", `No verdict: ${[...new Set(obstacles)].join("; ")}.`, width);
  }
  if (verdicts.length <= MOST_SENTENCES) return sentences(verdicts, width);
  const byServer = Map.groupBy(verdicts, ({ server }) => server);
  return [
    ...[...byServer.values()].flatMap((own) => hanging("", "  ", countInWords(own), width)),
    ...hanging("", "", "All verdicts: sheet Verdicts of the workbook.", width),
  ];
}

/** Each case with its verdicts below it. */
function sentences(verdicts: readonly Verdict[], width: number): string[] {
  const byCase = Map.groupBy(
    verdicts,
    ({ scenario, case: one }) => `${oneLine(scenario.title)} · ${oneLine(one.title)}`,
  );
  return [...byCase].flatMap(([title, own]) => [
    ...hanging("", "", title, width),
    ...own.flatMap((verdict) => hanging("  ", "    ", sentence(verdict), width)),
  ]);
}

/** `ws: worse in 9 of 16 cases, better in 7; CPU time: higher in 16 of 16 cases.` */
function countInWords(verdicts: readonly Verdict[]): string {
  const { primary = [], cpu = [] } = Object.groupBy(verdicts, ({ aspect }) => aspect);
  return [
    `${oneLine(verdicts[0]!.server.title)}: ${tally(primary)}`,
    ...(cpu.length === 0 ? [] : [`CPU time: ${tally(cpu)}`]),
  ].join("; ") + ".";
}
