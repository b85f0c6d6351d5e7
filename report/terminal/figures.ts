/** The figures of the summary on a terminal: in one table if it fits, or in a table for each case, or as a list. */

import { largest } from "../../measure/statistics/statistics.ts";
import {
  betterInWords,
  detailOf,
  entriesOf,
  type Entry,
  SIGNS,
  type SummaryFigures,
  type SummaryLine,
} from "../summary/lines.ts";
import { oneLine } from "../summary/text.ts";
import { wrap } from "../summary/wrap.ts";
import { type Cell, figureText } from "../tables/table.ts";
import { hanging, makeTable, type Paint, painted, type Screen, widthOf } from "./screen.ts";

/** Up to this number of servers a list is shorter than a table for each case. */
const MOST_BESIDE = 4;

/** The figures in the first form that fits, and whether it shows the intervals of changes. */
export function overview(
  lines: readonly SummaryLine[],
  screen: Screen,
): { text: string; hasIntervals: boolean } {
  const isMany = lines[0]!.primary.entries.length > MOST_BESIDE;
  for (const hasIntervals of [true, false]) {
    for (const isTall of [false, true]) {
      const text = serversBeside(lines, screen, isTall, hasIntervals);
      if (widthOf(text) <= screen.width) return { text, hasIntervals };
    }
  }
  for (const hasIntervals of isMany ? [true, false] : []) {
    const text = serversBelow(lines, screen, hasIntervals);
    if (widthOf(text) <= screen.width) return { text, hasIntervals };
  }
  return { text: list(lines, screen), hasIntervals: true };
}

/** One table with a column for each server; if it is tall, the name of a case has its own line above its figures. */
function serversBeside(
  lines: readonly SummaryLine[],
  screen: Screen,
  isTall: boolean,
  hasIntervals: boolean,
): string {
  const columns = columnsOf(lines, screen, hasIntervals);
  const hasCeiling = lines.some(({ ceiling }) => ceiling.value !== null);
  const titles = [...columns.map(({ title }) => title), ...(hasCeiling ? ["Ceiling"] : [])];
  const muted = inOneStyle(screen, "muted");
  const across = (content: string) => [{ content, colSpan: titles.length + 1 }];
  const row = (label: string, { entries }: SummaryFigures, on: Screen, limit: string) => [
    label,
    ...entries.map((entry, at) => alignedCell(entry, columns[at]!.width, on, hasIntervals)),
    ...(hasCeiling ? [limit] : []),
  ];
  const rows = [...grouped(lines)].flatMap(([heading, members]) => [
    across(screen.paint("heading", heading)),
    ...members.flatMap(({ case: one, primary, cpu, ceiling }) => {
      const title = `  ${oneLine(one.title)}`;
      const limit = screen.paint("muted", ceilingText(ceiling, screen));
      return [
        ...(isTall ? [across(title)] : []),
        row(isTall ? "" : title, primary, screen, limit),
        ...(cpu === undefined
          ? []
          : [row(muted.paint("muted", `    ${cpuLabel(cpu, isTall)}`), cpu, muted, "")]),
      ];
    }),
  ]);
  return makeTable({
    head: ["", ...titles].map((title) => screen.paint("heading", title)),
    colAligns: ["left", ...columns.map(() => "left" as const), "right"],
  }, rows);
}

/** The columns of the servers: their titles, and the width of the figures in them, which are aligned right. */
function columnsOf(
  lines: readonly SummaryLine[],
  screen: Screen,
  hasIntervals: boolean,
): { title: string; width: number }[] {
  return lines[0]!.primary.entries.map(({ server }) => {
    const entries = lines.flatMap(entriesOf).filter((entry) => entry.server === server);
    const title = oneLine(server.title);
    const isBare = entries.every((entry) => detailOf(entry, hasIntervals) === undefined);
    const width = Math.max(widest(entries, screen), isBare ? title.length : 0);
    return { title: title.padStart(width), width };
  });
}

/** Each case as a table: a row for each server with its figure and its CPU time. */
function serversBelow(
  lines: readonly SummaryLine[],
  screen: Screen,
  hasIntervals: boolean,
): string {
  return [...grouped(lines)].map(([heading, members]) =>
    [
      ...painted(screen, "heading", wrap(heading, screen.width)),
      ...members.map((line) => caseTable(line, screen, hasIntervals)),
    ].join("\n")
  ).join("\n\n");
}

function caseTable(
  { case: one, primary, cpu, ceiling }: SummaryLine,
  screen: Screen,
  hasIntervals: boolean,
): string {
  const muted = inOneStyle(screen, "muted");
  const width = widest(primary.entries, screen);
  const cpuWidth = widest(cpu?.entries ?? [], screen);
  const withCpu = (cell: () => string): string[] => cpu === undefined ? [] : [cell()];
  const rows = primary.entries.map((entry, at) => [
    `    ${oneLine(entry.server.title)}`,
    alignedCell(entry, width, screen, hasIntervals),
    ...withCpu(() => alignedCell(cpu!.entries[at]!, cpuWidth, muted, hasIntervals)),
  ]);
  const limit = ceiling.value === null ? [] : [[
    screen.paint("muted", "    Ceiling"),
    screen.paint("muted", ceilingText(ceiling, screen).padStart(width)),
    ...withCpu(() => ""),
  ]];
  const head = [
    `  ${oneLine(one.title)}`,
    "",
    ...withCpu(() => screen.paint("muted", cpuLabel(cpu!, false))),
  ];
  return makeTable({ head, chars: { "mid": "", "mid-mid": "" } }, [...rows, ...limit]);
}

/** The cases and their servers below one another. */
function list(lines: readonly SummaryLine[], screen: Screen): string {
  const blocks = [...grouped(lines)].flatMap(([heading, members]) => [
    painted(screen, "heading", wrap(heading, screen.width)).join("\n"),
    ...members.map((line) => listBlock(line, screen)),
  ]);
  return blocks.join("\n\n");
}

function listBlock({ case: one, primary, cpu, ceiling }: SummaryLine, screen: Screen): string {
  const muted = (lines: readonly string[]): string[] => painted(screen, "muted", lines);
  return [
    ...hanging("  ", "  ", oneLine(one.title), screen.width),
    ...primary.entries.flatMap((entry) => {
      const { mark } = entry.cell;
      const lines = listLines(entry, screen, "    ");
      return mark === undefined ? lines : painted(screen, mark, lines);
    }),
    ...(ceiling.value === null
      ? []
      : muted(hanging("    ", "      ", `Ceiling: ${ceilingText(ceiling, screen)}`, screen.width))),
    ...(cpu === undefined ? [] : muted([
      ...hanging("    ", "    ", cpuLabel(cpu, false), screen.width),
      ...cpu.entries.flatMap((entry) => listLines(entry, screen, "      ")),
    ])),
  ].join("\n");
}

function listLines(entry: Entry, screen: Screen, indent: string): string[] {
  const text = figureWithDetail(entry, inOneStyle(screen, "plain"), true);
  const name = oneLine(entry.server.title);
  return hanging(indent, `${indent}  `, `${name}: ${text}`, screen.width);
}

/** A screen that shows all text in the same style. */
function inOneStyle(screen: Screen, style: Parameters<Paint>[0] | "plain"): Screen {
  const paint: Paint = (_, text) => style === "plain" ? text : screen.paint(style, text);
  return { ...screen, paint };
}

/** `CPU time per message, µs`, or the short form `CPU µs/message`. */
function cpuLabel({ metric: { title, unit } }: SummaryFigures, isShort: boolean): string {
  const name = oneLine(title).replace(/^Server /, "");
  return isShort
    ? name.replace(" time per ", () => ` ${oneLine(unit)}/`)
    : `${name}, ${oneLine(unit)}`;
}

/** The cases of each scenario, by a heading with its title and its metric. */
function grouped(lines: readonly SummaryLine[]): Map<string, SummaryLine[]> {
  return Map.groupBy(lines, ({ scenario, primary: { metric } }) => {
    const unit = metric.unit === "" ? "" : ` in ${oneLine(metric.unit)}`;
    return `${oneLine(scenario.title)} · ${oneLine(metric.title)}${unit}, ${
      betterInWords(metric.better)
    }`;
  });
}

/** A figure with its mark and its footnote. */
function figure({ cell }: Entry, { paint, numberOf }: Screen): string {
  const number = numberOf(cell);
  const text = [
    ...(cell.mark === undefined ? [] : [SIGNS[cell.mark]]),
    figureText(cell) || "–",
    ...(number === undefined ? [] : [`[${number}]`]),
  ].join(" ");
  return cell.mark === undefined ? text : paint(cell.mark, text);
}

/** A ceiling with its footnote. */
function ceilingText(ceiling: Cell, { numberOf }: Screen): string {
  const number = numberOf(ceiling);
  return figureText(ceiling) + (number === undefined ? "" : ` [${number}]`);
}

/** A figure with its mark, its footnote and its detail. */
function figureWithDetail(entry: Entry, screen: Screen, withInterval: boolean): string {
  const detail = detailOf(entry, withInterval);
  const text = figure(entry, screen);
  return detail === undefined ? text : `${text} ${screen.paint(detail.kind, detail.text)}`;
}

/** A figure with its detail; the figure itself is aligned right in this width. */
function alignedCell(entry: Entry, width: number, screen: Screen, withInterval: boolean): string {
  return " ".repeat(width - widthOf(figure(entry, screen))) +
    figureWithDetail(entry, screen, withInterval);
}

function widest(entries: readonly Entry[], screen: Screen): number {
  return largest(entries.map((entry) => widthOf(figure(entry, screen))), 0);
}
