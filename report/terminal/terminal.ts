/**
 * The summary for a terminal: the servers side by side, what may be claimed, then the findings about the measurement.
 *
 * @module
 */

import type { Result } from "../../measure/model/result.ts";
import { detailOf } from "../summary/detail.ts";
import { failures, findings } from "../summary/findings.ts";
import { placesOf } from "../summary/names.ts";
import { hanging, type Screen, screenOf, SIGNS, type TerminalOptions } from "./screen.ts";
import {
  bestNote,
  CEILING_NOTE,
  clientNote,
  FIGURE_NOTE,
  summarize,
  type SummaryLine,
} from "../summary/summary.ts";
import { overview } from "./table.ts";
import { slowReaderLines } from "./slow_readers.ts";
import { leftOutLines, studyLines } from "./study.ts";
import { verdictLines } from "./verdicts.ts";
import { oneLine, wrap } from "../summary/text.ts";
import { wrongReplies } from "../summary/wrong_replies.ts";

export type { TerminalOptions } from "./screen.ts";

/**
 * The summary of a run as text for a terminal.
 *
 * @param result the run
 * @param options what the terminal can show
 * @returns lines that end with a line break; none is wider than the terminal, if that has 20 columns or more
 */
export function renderTerminal(result: Result, options: TerminalOptions): string {
  const lines = summarize(result);
  const screen = screenOf(options, lines.map((line) => entriesOf(line).map(({ cell }) => cell)));
  const parts = [
    wrongLines(result, screen),
    ...(lines.length === 0 ? ["The run has no cases."] : figures(result, lines, screen)),
    leftOutLines(result, screen),
    slowReaderLines(result, screen),
    verdictLines(result, screen),
    studyLines(result, screen),
    warningLines(result, screen),
    failureLines(result, screen),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function entriesOf({ primary, cpu }: SummaryLine): SummaryLine["primary"]["entries"] {
  return [...primary.entries, ...cpu?.entries ?? []];
}

function figures(result: Result, lines: readonly SummaryLine[], screen: Screen): string[] {
  const { text, hasIntervals } = overview(lines, screen);
  const legend = [
    [markLegend(result, lines), detailLegend(lines, hasIntervals)].join(" ").trim(),
    FIGURE_NOTE,
    clientNote(result),
    lines.some(({ ceiling }) => ceiling.value !== null) ? CEILING_NOTE : "",
  ].filter((line) => line !== "").flatMap((line) => wrap(line, screen.width));
  const notes = screen.notes.flatMap((note, index) =>
    hanging(`[${index + 1}] `, "    ", note, screen.width)
  );
  return [text, [...legend, ...notes].map((line) => screen.paint("muted", line)).join("\n")];
}

function markLegend(result: Result, lines: readonly SummaryLine[]): string {
  const marks = new Set(lines.flatMap(entriesOf).map(({ cell }) => cell.mark));
  return [
    ...(marks.has("best") ? [`${SIGNS.best} best; ${bestNote(result)}.`] : []),
    ...(marks.has("wrong") || marks.has("failed")
      ? [`${SIGNS.wrong} wrong or failed, not compared.`]
      : []),
  ].join(" ");
}

function detailLegend(lines: readonly SummaryLine[], hasIntervals: boolean): string {
  const entries = lines.flatMap(entriesOf);
  const kinds = new Set(entries.map((entry) => detailOf(entry, hasIntervals)?.kind));
  const verdict = entries.find((entry) => entry.verdict !== undefined)?.verdict;
  const baseline = oneLine(verdict?.baseline.title ?? "");
  const range = hasIntervals ? ", in brackets its 95 % interval" : "";
  return [
    ...(kinds.has("precision") ? ["± half the 95 % interval of the rounds' median."] : []),
    ...(kinds.has("better") || kinds.has("worse") || kinds.has("different")
      ? [`+ − ×: the median of the rounds' changes against ${baseline}${range}.`]
      : []),
    ...(kinds.has("level") ? [`≈ no difference from ${baseline} shown.`] : []),
  ].join(" ");
}

/** Before anything else: figures of work that was not done are none. */
function wrongLines(result: Result, screen: Screen): string {
  return wrongReplies(result)
    .flatMap((sentence) => hanging(`${SIGNS.wrong} `, "  ", sentence, screen.width))
    .map((line) => screen.paint("wrong", line)).join("\n");
}

function warningLines(result: Result, screen: Screen): string {
  const all = findings(result);
  if (all.length === 0) return "";
  const lines = all.flatMap(({ finding, advice, trials }) => [
    ...hanging("! ", "  ", `${finding}${placesOf(result, trials)}`, screen.width),
    ...hanging("  ", "  ", advice, screen.width).map((line) => screen.paint("muted", line)),
  ]);
  return [screen.paint("heading", "Warnings"), ...lines].join("\n");
}

function failureLines(result: Result, screen: Screen): string {
  const all = failures(result);
  if (all.length === 0) return "";
  const lines = all.flatMap(({ reason, trials }) =>
    hanging(`${SIGNS.failed} `, "  ", `${reason}${placesOf(result, trials)}`, screen.width)
  );
  return [screen.paint("heading", "Failed trials"), ...lines].join("\n");
}
