/**
 * The summary for a terminal: a table where it fits, else a list, then the findings about the measurement.
 *
 * @module
 */

import { stripVTControlCharacters } from "node:util";
import Table from "cli-table3";
import type { Result } from "../measure/result.ts";
import {
  bestNote,
  betterInWords,
  CEILING_NOTE,
  clientNote,
  FIGURE_NOTE,
  SPREAD,
  summarize,
  type SummaryLine,
} from "./comparison_tables.ts";
import { failures, findings } from "./findings.ts";
import { placesOf } from "./names.ts";
import type { Contender } from "./standings.ts";
import { type Cell, footnotesOf, type Mark } from "./table.ts";
import { formatNumber, oneLine, wrap } from "./text.ts";

/** What a terminal can show. */
export interface TerminalOptions {
  /** Columns that a line may take. */
  readonly width: number;
  /** Whether escape sequences for bold and colour are understood. */
  readonly color: boolean;
}

/** Below this no table or list can be read; lines are then longer than the terminal. */
const NARROWEST = 20;

const SIGNS = { best: "★", wrong: "✗", failed: "✗" } as const satisfies Record<Mark, string>;
const STYLES = { best: "1;32", wrong: "31", failed: "31", heading: "1", muted: "2" } as const;

type Paint = (style: keyof typeof STYLES, text: string) => string;

/** What the parts of the output have in common. */
interface Screen {
  readonly width: number;
  readonly paint: Paint;
  readonly numberOf: (cell: Cell) => number | undefined;
  readonly best: string;
  readonly client: string;
}

/**
 * The summary of a run as text for a terminal.
 *
 * @param result the run
 * @param options what the terminal can show
 * @returns lines that end with a line break; none is wider than the terminal, if that has 20 columns or more
 */
export function renderTerminal(result: Result, { width, color }: TerminalOptions): string {
  const paint: Paint = (style, text) => color ? `\x1b[${STYLES[style]}m${text}\x1b[0m` : text;
  const lines = summarize(result);
  const { numberOf, notes } = footnotesOf(lines.map(shownCells));
  const screen = {
    width: Math.max(NARROWEST, width),
    paint,
    numberOf,
    best: bestNote(result),
    client: clientNote(result),
  };
  const parts = [
    ...(lines.length === 0 ? ["The run has no cases."] : overview(lines, notes, screen)),
    warningLines(result, screen),
    failureLines(result, screen),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function shownCells({ contenders }: SummaryLine): Cell[] {
  return contenders.map(({ cell }) => cell);
}

/** The first form that fits, with its legend: a table with the spreads, one without them, a list. */
function overview(
  lines: readonly SummaryLine[],
  notes: readonly string[],
  screen: Screen,
): string[] {
  for (const spreads of [true, false]) {
    const table = makeTable(lines, screen, spreads);
    if (widthOf(table) <= screen.width) return [table, legend(lines, notes, spreads, screen)];
  }
  return [list(lines, screen), legend(lines, notes, true, screen)];
}

function makeTable(lines: readonly SummaryLine[], screen: Screen, spreads: boolean): string {
  const servers = lines[0]!.contenders.map(({ server }) => oneLine(server.title));
  const withCeiling = hasCeiling(lines);
  if (withCeiling) servers.push("Ceiling");
  const table = new Table({
    head: ["", ...servers].map((title) => screen.paint("heading", title)),
    colAligns: ["left", ...servers.map(() => "right" as const)],
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 2 },
    chars: THIN,
  });
  for (const [heading, members] of grouped(lines)) {
    table.push([{ content: screen.paint("heading", heading), colSpan: servers.length + 1 }]);
    for (const { case: one, contenders, ceiling } of members) {
      table.push([
        `  ${oneLine(one.title)}`,
        ...contenders.map((one) => figure(one, screen, spreads)),
        ...(withCeiling ? [screen.paint("muted", plainFigure(ceiling))] : []),
      ]);
    }
  }
  return table.toString().split("\n").map((line) => line.trimEnd()).join("\n");
}

function hasCeiling(lines: readonly SummaryLine[]): boolean {
  return lines.some(({ ceiling }) => ceiling.value !== null);
}

function plainFigure({ value, decimals }: Cell): string {
  return typeof value === "number" ? formatNumber(value, decimals) : "";
}

function widthOf(text: string): number {
  return Math.max(...stripVTControlCharacters(text).split("\n").map(({ length }) => length));
}

const LINES = "top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right " +
  "left left-mid right right-mid middle";

/** Nothing but a rule below the headings. */
const THIN = {
  ...Object.fromEntries(LINES.split(" ").map((name) => [name, ""])),
  "mid": "─",
  "mid-mid": "─",
};

/** Cases of one scenario share its name, its metric and the metric's direction. */
function grouped(lines: readonly SummaryLine[]): Map<string, SummaryLine[]> {
  return Map.groupBy(lines, ({ scenario, metric }) => {
    const unit = metric.unit === "" ? "" : ` in ${metric.unit}`;
    return `${oneLine(scenario.title)} · ${oneLine(metric.title)}${unit}, ${
      betterInWords(metric.better)
    }`;
  });
}

function figure(
  { cell, spread }: Contender,
  { paint, numberOf }: Screen,
  spreads: boolean,
): string {
  const number = numberOf(cell);
  const text = [
    ...(cell.mark === undefined ? [] : [SIGNS[cell.mark]]),
    typeof cell.value === "number" ? formatNumber(cell.value, cell.decimals) : "–",
    ...(number === undefined ? [] : [`[${number}]`]),
    ...(spreads && typeof spread.value === "number"
      ? [`(${formatNumber(spread.value, 1)} %)`]
      : []),
  ].join(" ");
  return cell.mark === undefined ? text : paint(cell.mark, text);
}

/** Each case with the servers below one another. */
function list(lines: readonly SummaryLine[], screen: Screen): string {
  const blocks = [...grouped(lines)].flatMap(([heading, members]) => [
    wrap(heading, screen.width).map((line) => screen.paint("heading", line)).join("\n"),
    ...members.map((line) => listBlock(line, screen)),
  ]);
  return blocks.join("\n\n");
}

function listBlock({ case: one, contenders, ceiling }: SummaryLine, screen: Screen): string {
  return [
    ...hanging("  ", "  ", oneLine(one.title), screen.width),
    ...contenders.flatMap((contender) => listLine(contender, screen)),
    ...(ceiling.value === null
      ? []
      : [screen.paint("muted", `    Ceiling: ${plainFigure(ceiling)}`)]),
  ].join("\n");
}

function listLine(contender: Contender, screen: Screen): string[] {
  const plain = { ...screen, paint: (_: keyof typeof STYLES, text: string): string => text };
  const { mark } = contender.cell;
  const lines = hanging(
    "    ",
    "      ",
    `${oneLine(contender.server.title)}: ${figure(contender, plain, true)}`,
    screen.width,
  );
  return mark === undefined ? lines : lines.map((line) => screen.paint(mark, line));
}

function legend(
  lines: readonly SummaryLine[],
  notes: readonly string[],
  spreads: boolean,
  screen: Screen,
): string {
  const marks = new Set(lines.flatMap(shownCells).map(({ mark }) => mark));
  const signs = [
    ...(marks.has("best") ? [`${SIGNS.best} best; ${screen.best}.`] : []),
    ...(marks.has("wrong") || marks.has("failed")
      ? [`${SIGNS.wrong} wrong or failed, not compared.`]
      : []),
  ];
  return [
    ...wrap(signs.join(" "), screen.width),
    ...wrap(
      spreads && hasSpread(lines)
        ? `${FIGURE_NOTE} In brackets the spread: ${SPREAD}.`
        : FIGURE_NOTE,
      screen.width,
    ),
    ...wrap(screen.client, screen.width),
    ...(hasCeiling(lines) ? wrap(CEILING_NOTE, screen.width) : []),
    ...notes.flatMap((note, index) => hanging(`[${index + 1}] `, "    ", note, screen.width)),
  ].filter((line) => line !== "").map((line) => screen.paint("muted", line)).join("\n");
}

function hasSpread(lines: readonly SummaryLine[]): boolean {
  return lines.some(({ contenders }) =>
    contenders.some(({ spread }) => typeof spread.value === "number")
  );
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

/** A text in lines of the given width, the first after one indent and the rest after another. */
function hanging(first: string, rest: string, text: string, width: number): string[] {
  const indent = Math.max(first.length, rest.length);
  return wrap(text, width - indent).map((line, index) => (index === 0 ? first : rest) + line);
}
