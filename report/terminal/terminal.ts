/** The summary for a terminal, the most important at its end: the servers side by side, the verdicts, the answer. */

import type { Result } from "../../measure/model/result.ts";
import { detailLegend, markLegend, SIGNS } from "../summary/lines.ts";
import { foremostDifferences, type SaidDifferences } from "../summary/explained/explained.ts";
import { namer } from "../summary/names.ts";
import type { SaidClaim } from "../summary/study.ts";
import { passedInShort } from "../summary/conformance.ts";
import { type Summary, summaryOf } from "../summary/summary.ts";
import { hasMany } from "../tables/field_table.ts";
import { capitalized, oneLine } from "../summary/text.ts";
import { wrap } from "../summary/wrap.ts";
import { spokenCases } from "../summary/verdicts.ts";
import { closingLines, useLines } from "./answer.ts";
import { overview } from "./figures.ts";
import {
  hanging,
  noteLines,
  type Paint,
  painted,
  type Screen,
  screenOf,
  type TerminalOptions,
} from "./screen.ts";

/** More verdicts than this are counted instead of written out. */
const MOST_SENTENCES = 8;

/** Of more servers not even the counts are read on a screen. */
const MOST_COUNTED = 16;

const STYLES = {
  "holds": "better",
  "contradicted": "wrong",
  "not shown": "heading",
  "not measured": "muted",
} as const satisfies Record<SaidClaim["verdict"], Parameters<Paint>[0]>;

/** The summary of a run as lines that end with a line break, none wider than a terminal of at least 20 columns. */
export function renderTerminal(result: Result, options: TerminalOptions): string {
  const summary = summaryOf(result);
  const screen = screenOf(options, [
    summary.entries.map(({ cell }) => cell),
    summary.lines.flatMap(({ ceiling }) => ceiling.value === null ? [] : ceiling),
  ]);
  const parts = [
    wrongLines(summary, screen),
    ...figures(result, summary, screen),
    painted(
      screen,
      "muted",
      summary.leftOut.flatMap(({ title, reason }) =>
        hanging("", "  ", `Left out: ${title}: ${reason}`, screen.width)
      ),
    ),
    conformanceLines(result, screen),
    slowReaderLines(summary, screen),
    verdictLines(summary, screen),
    studyLines(summary, screen),
    failureLines(summary, screen),
    unexplainedLines(result, screen),
    ...(summary.lines.length === 0 ? [] : [
      useLines(summary.answer, screen),
      unaskedLines(summary, screen),
      closingLines(summary, screen),
    ]),
  ];
  return `${parts.map((lines) => lines.join("\n")).filter((part) => part !== "").join("\n\n")}\n`;
}

/** They come first, because figures of work that was not done mean nothing. */
function wrongLines({ wrong }: Summary, screen: Screen): string[] {
  const lines = wrong.flatMap((one) => hanging(`${SIGNS.wrong} `, "  ", one, screen.width));
  return painted(screen, "wrong", lines);
}

/** A greeting on each connection is not worth a line. */
function unaskedLines({ unasked }: Summary, screen: Screen): string[] {
  return painted(
    screen,
    "muted",
    unasked.filter(({ isMany }) => isMany)
      .flatMap(({ sentence }) => hanging("", "  ", sentence, screen.width)),
  );
}

function headed(screen: Screen, heading: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [...painted(screen, "heading", wrap(heading, screen.width)), ...lines];
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
  return [[text], painted(screen, "muted", [...legend, ...noteLines(screen)])];
}

/** A line for each server, below the title of the case if there are several. */
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

/** How many cases of the conformance suite each of many servers passed; few are in a note. */
function conformanceLines(result: Result, screen: Screen): string[] {
  if (!hasMany(result)) return [];
  const passed = result.servers.flatMap((server) => {
    const short = passedInShort(server);
    return short === undefined ? [] : [`${oneLine(server.title)} ${short}`];
  });
  return passed.length === 0 ? [] : headed(
    screen,
    "RFC 6455, cases passed",
    hanging("", "  ", `${passed.join(", ")}.`, screen.width),
  );
}

/** The verdicts on the servers: in words if they are few, otherwise counted. */
export function verdictLines({ verdicts, obstacle, scenarios }: Summary, screen: Screen): string[] {
  const { width } = screen;
  const [first] = verdicts.flatMap(({ baseline }) => baseline ?? []);
  if (first === undefined) return [];
  const all = scenarios.flatMap((scenario) => scenario.verdicts);
  const differences = scenarios.flatMap((scenario) => scenario.differences);
  const foremost = foremostDifferences(differences);
  return headed(screen, `Compared with ${first}`, [
    ...(obstacle !== undefined
      ? hanging("", "", obstacle, width)
      : all.length <= MOST_SENTENCES
      ? spokenCases(all).flatMap(({ scenario, title, sentences }) => [
        ...hanging("", "", `${scenario} · ${title}`, width),
        ...sentences.flatMap((sentence) => hanging("  ", "    ", sentence, width)),
        ...differences.filter((one) =>
          oneLine(one.verdict.scenario.title) === scenario && one.case === title
        ).flatMap((one) => differenceLines(`Goes with it (${one.pair})`, one, screen)),
      ])
      : [
        ...(verdicts.length > MOST_COUNTED ? [] : verdicts)
          .filter(({ baseline }) => baseline !== undefined)
          .flatMap(({ server, primary, cpu }) => {
            const counts = cpu === "" ? primary : `${primary}; CPU time: ${cpu}`;
            return hanging("", "  ", `${server}: ${counts}.`, width);
          }),
        ...(foremost === undefined ? [] : differenceLines(
          `Goes with the largest difference (${foremost.pair}, ${
            oneLine(foremost.verdict.scenario.title)
          } · ${foremost.case})`,
          foremost,
          screen,
        )),
        ...hanging("", "", "All verdicts: sheet Verdicts of the workbook.", width),
      ]),
  ]);
}

/** What goes with a verdict. */
function differenceLines(intro: string, { said }: SaidDifferences, screen: Screen): string[] {
  return painted(screen, "muted", hanging("  ", "    ", `${intro}: ${said}`, screen.width));
}

/** The verdicts on the claims that the run repeats. */
export function studyLines({ study }: Summary, screen: Screen): string[] {
  if (study === undefined) return [];
  return headed(screen, `Study: ${study.title}`, [
    ...study.claims.flatMap((claim) => claimLines(claim, screen)),
    ...painted(screen, "muted", wrap(study.note, screen.width)),
  ]);
}

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
    ...(remark === "" ? [] : painted(screen, "muted", hanging("  ", "  ", remark, width))),
  ];
}

/** The trials that were to tell why and failed; what the others counted is too much for a screen. */
function unexplainedLines(result: Result, screen: Screen): string[] {
  const name = namer(result);
  const lines = (result.explanations ?? []).flatMap((one) => {
    if (one.failed === undefined) return [];
    const { server, scenario, case: title } = name({ ...one, trial: 0, round: 0 });
    const what = [server, scenario, title].filter((part) => part !== "").join(", ");
    return hanging(`${SIGNS.failed} `, "  ", `${what}: ${oneLine(one.failed)}`, screen.width);
  });
  return headed(screen, "Not explained", lines);
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
