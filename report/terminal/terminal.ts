/**
 * The summary for a terminal: the servers side by side, what may be claimed, then the findings about the measurement.
 */

import type { Result } from "../../measure/model/result.ts";
import { detailLegend, markLegend, SIGNS } from "../summary/lines.ts";
import type { SaidClaim } from "../summary/study.ts";
import { type Summary, summaryOf } from "../summary/summary.ts";
import { capitalized, oneLine, wrap } from "../summary/text.ts";
import { spokenCases } from "../summary/verdicts.ts";
import { overview } from "./figures.ts";
import { hanging, type Paint, type Screen, screenOf, type TerminalOptions } from "./screen.ts";

export type { TerminalOptions } from "./screen.ts";

/** More verdicts than this are counted instead of being written out. */
const MOST_SENTENCES = 8;

const STYLES = {
  "holds": "better",
  "contradicted": "wrong",
  "not shown": "heading",
  "not measured": "muted",
} as const satisfies Record<SaidClaim["verdict"], Parameters<Paint>[0]>;

/**
 * The summary of a run as text for a terminal.
 *
 * @param result the run
 * @param options what the terminal can show
 * @returns lines that end with a line break; none is wider than the terminal, if that has 20 columns or more
 */
export function renderTerminal(result: Result, options: TerminalOptions): string {
  const summary = summaryOf(result);
  const screen = screenOf(options, [summary.entries.map(({ cell }) => cell)]);
  const parts = [
    wrongLines(summary, screen),
    ...figures(result, summary, screen),
    muted(
      screen,
      summary.leftOut.flatMap(({ title, reason }) =>
        hanging("", "  ", `Left out: ${title}: ${reason}`, screen.width)
      ),
    ),
    slowReaderLines(summary, screen),
    verdictLines(summary, screen),
    studyLines(summary, screen),
    warningLines(summary, screen),
    failureLines(summary, screen),
  ];
  return `${parts.map((lines) => lines.join("\n")).filter((part) => part !== "").join("\n\n")}\n`;
}

/** Before anything else: figures of work that was not done are none. */
function wrongLines({ wrong }: Summary, { width, paint }: Screen): string[] {
  return wrong.flatMap((sentence) => hanging(`${SIGNS.wrong} `, "  ", sentence, width))
    .map((line) => paint("wrong", line));
}

function headed({ width, paint }: Screen, heading: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [...wrap(heading, width).map((line) => paint("heading", line)), ...lines];
}

function muted({ paint }: Screen, lines: readonly string[]): string[] {
  return lines.map((line) => paint("muted", line));
}

function figures(
  result: Result,
  { lines, entries, notes: about }: Summary,
  screen: Screen,
): string[][] {
  if (lines.length === 0) return [["The run has no cases."]];
  const { text, hasIntervals } = overview(lines, screen);
  const marks = [
    ...markLegend(result, entries),
    ...detailLegend(entries, hasIntervals ? undefined : ""),
  ].join(" ");
  const legend = [marks, ...about].filter((line) => line !== "")
    .flatMap((line) => wrap(line, screen.width));
  const notes = screen.notes.flatMap((note, index) =>
    hanging(`[${index + 1}] `, "    ", note, screen.width)
  );
  return [[text], muted(screen, [...legend, ...notes])];
}

/** A line for each server, below the case where there are several. */
function slowReaderLines({ scenarios }: Summary, screen: Screen): string[] {
  const found = scenarios.flatMap(({ slowReaders, policies }) =>
    slowReaders.map(({ case: one }, index) => ({ case: one, policy: policies[index]! }))
  );
  const byCase = [...Map.groupBy(found, ({ case: one }) => one.id).values()];
  return headed(
    screen,
    "What each server does with slow readers",
    byCase.flatMap((group) =>
      [
        ...(byCase.length === 1 ? [] : [oneLine(group[0]!.case.title)]),
        ...group.map(({ policy }) => policy),
      ].flatMap((line) => hanging("", "  ", line, screen.width))
    ),
  );
}

/** What may be claimed of the servers against the baseline: in words where the verdicts are few, else counted. */
export function verdictLines({ verdicts, obstacle, scenarios }: Summary, screen: Screen): string[] {
  const { width } = screen;
  const [first] = verdicts.flatMap(({ baseline }) => baseline ?? []);
  if (first === undefined) return [];
  const all = scenarios.flatMap((scenario) => scenario.verdicts);
  return headed(screen, `Compared with ${first}`, [
    ...(obstacle !== undefined
      ? hanging("", "", obstacle, width)
      : all.length <= MOST_SENTENCES
      ? spokenCases(all).flatMap(({ scenario, title, sentences }) => [
        ...hanging("", "", `${scenario} · ${title}`, width),
        ...sentences.flatMap((sentence) => hanging("  ", "    ", sentence, width)),
      ])
      : [
        ...verdicts.filter(({ baseline }) => baseline !== undefined)
          .flatMap(({ server, primary, cpu }) => {
            const counts = cpu === "" ? primary : `${primary}; CPU time: ${cpu}`;
            return hanging("", "  ", `${server}: ${counts}.`, width);
          }),
        ...hanging("", "", "All verdicts: sheet Verdicts of the workbook.", width),
      ]),
  ]);
}

/** What becomes of the claims that the run repeats. */
export function studyLines({ study }: Summary, screen: Screen): string[] {
  if (study === undefined) return [];
  return headed(screen, `Study: ${study.title}`, [
    ...study.claims.flatMap((claim) => claimLines(claim, screen)),
    ...muted(screen, wrap(study.note, screen.width)),
  ]);
}

/** The claim, what was found below it, and the remark. */
function claimLines(
  { verdict, text, found, figures = "", remark = "" }: SaidClaim,
  screen: Screen,
): string[] {
  const { width, paint } = screen;
  const [head = "", ...rest] = hanging("  ", "    ", found, width);
  // The sentence begins with the verdict.
  const begin = `  ${capitalized(verdict)}`;
  return [
    ...hanging("“", "  ", `${text}”`, width),
    head.startsWith(begin)
      ? `  ${paint(STYLES[verdict], begin.slice(2))}${head.slice(begin.length)}`
      : head,
    ...rest,
    ...(figures === "" ? [] : hanging("  ", "    ", figures, width)),
    ...(remark === "" ? [] : muted(screen, hanging("  ", "  ", remark, width))),
  ];
}

function warningLines({ warnings }: Summary, screen: Screen): string[] {
  return headed(
    screen,
    "Warnings",
    warnings.flatMap(({ finding, advice, places }) => [
      ...hanging("! ", "  ", `${finding}${places}`, screen.width),
      ...muted(screen, hanging("  ", "  ", advice, screen.width)),
    ]),
  );
}

function failureLines({ failures }: Summary, screen: Screen): string[] {
  return headed(
    screen,
    "Failed trials",
    failures.flatMap(({ reason, places }) =>
      hanging(`${SIGNS.failed} `, "  ", `${reason}${places}`, screen.width)
    ),
  );
}
