/**
 * The figures of the summary on a terminal: a table where it fits, a row for each server where they are many, else a
 * list.
 */

import { largest } from "../../measure/judge/statistics.ts";
import {
  betterInWords,
  detailOf,
  entriesOf,
  type Entry,
  SIGNS,
  type SummaryFigures,
  type SummaryLine,
} from "../summary/lines.ts";
import { oneLine, wrap } from "../summary/text.ts";
import { figureText } from "../tables/table.ts";
import { hanging, makeTable, type Paint, type Screen, widthOf } from "./screen.ts";

/** How much a table shows. */
interface Form {
  /** Whether a case's name has its own line above its figures. */
  readonly isTall: boolean;
  /** Whether changes are followed by their intervals. */
  readonly hasIntervals: boolean;
}

/** The best one first. */
const FORMS: readonly Form[] = [
  { isTall: false, hasIntervals: true },
  { isTall: true, hasIntervals: true },
  { isTall: false, hasIntervals: false },
  { isTall: true, hasIntervals: false },
];

/** With no more servers than this a list is shorter than a table for each case. */
const MOST_BESIDE = 4;

/** The figures in the first form that fits, and whether it shows the intervals of changes. */
export function overview(
  lines: readonly SummaryLine[],
  screen: Screen,
): { text: string; hasIntervals: boolean } {
  for (const form of FORMS) {
    const text = serversBeside(lines, screen, form);
    if (widthOf(text) <= screen.width) return { text, hasIntervals: form.hasIntervals };
  }
  for (const hasIntervals of [true, false]) {
    const text = serversBelow(lines, screen, hasIntervals);
    if (lines[0]!.primary.entries.length > MOST_BESIDE && widthOf(text) <= screen.width) {
      return { text, hasIntervals };
    }
  }
  return { text: list(lines, screen), hasIntervals: true };
}

/** One table with a column for each server. */
function serversBeside(
  lines: readonly SummaryLine[],
  screen: Screen,
  { isTall, hasIntervals }: Form,
): string {
  const columns = columnsOf(lines, screen);
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
      const limit = screen.paint("muted", figureText(ceiling));
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

/** A server's column: figures end at one place, their details begin at one. */
interface ServerColumn {
  readonly title: string;
  /** Width of the figures. */
  readonly width: number;
}

function columnsOf(lines: readonly SummaryLine[], screen: Screen): ServerColumn[] {
  return lines[0]!.primary.entries.map(({ server }) => {
    const entries = lines.flatMap(entriesOf).filter((entry) => entry.server === server);
    const title = oneLine(server.title);
    const isBare = entries.every((entry) => detailOf(entry) === undefined);
    const width = Math.max(widest(entries, screen), isBare ? title.length : 0);
    return { title: title.padStart(width), width };
  });
}

/** Each case as its own table: a row for each server, its figure, and what it cost the CPU. */
function serversBelow(
  lines: readonly SummaryLine[],
  screen: Screen,
  hasIntervals: boolean,
): string {
  return [...grouped(lines)].map(([heading, members]) =>
    [
      ...wrap(heading, screen.width).map((line) => screen.paint("heading", line)),
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
    screen.paint("muted", figureText(ceiling).padStart(width)),
    ...withCpu(() => ""),
  ]];
  const head = [
    `  ${oneLine(one.title)}`,
    "",
    ...withCpu(() => screen.paint("muted", cpuLabel(cpu!, false))),
  ];
  return makeTable({ head, chars: { "mid": "", "mid-mid": "" } }, [...rows, ...limit]);
}

/** Each case with the servers below one another. */
function list(lines: readonly SummaryLine[], screen: Screen): string {
  const blocks = [...grouped(lines)].flatMap(([heading, members]) => [
    wrap(heading, screen.width).map((line) => screen.paint("heading", line)).join("\n"),
    ...members.map((line) => listBlock(line, screen)),
  ]);
  return blocks.join("\n\n");
}

function listBlock({ case: one, primary, cpu, ceiling }: SummaryLine, screen: Screen): string {
  const muted = (lines: readonly string[]): string[] =>
    lines.map((line) => screen.paint("muted", line));
  return [
    ...hanging("  ", "  ", oneLine(one.title), screen.width),
    ...primary.entries.flatMap((entry) => {
      const { mark } = entry.cell;
      const lines = listLines(entry, screen, "    ");
      return mark === undefined ? lines : lines.map((line) => screen.paint(mark, line));
    }),
    ...(ceiling.value === null
      ? []
      : muted(hanging("    ", "      ", `Ceiling: ${figureText(ceiling)}`, screen.width))),
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

/** A screen that shows whatever is written to it alike. */
function inOneStyle(screen: Screen, style: Parameters<Paint>[0] | "plain"): Screen {
  const paint: Paint = (_, text) => style === "plain" ? text : screen.paint(style, text);
  return { ...screen, paint };
}

/** `CPU time per message, µs`, in short `CPU µs/message`. */
function cpuLabel({ metric: { title, unit } }: SummaryFigures, isShort: boolean): string {
  const name = oneLine(title).replace(/^Server /, "");
  return isShort
    ? name.replace(" time per ", () => ` ${oneLine(unit)}/`)
    : `${name}, ${oneLine(unit)}`;
}

/** Cases of one scenario share its name, its metric and the metric's direction. */
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

/** A figure with its mark, its footnote, and how well it is known. */
function figureWithDetail(entry: Entry, screen: Screen, withInterval: boolean): string {
  const detail = detailOf(entry, withInterval);
  const text = figure(entry, screen);
  return detail === undefined ? text : `${text} ${screen.paint(detail.kind, detail.text)}`;
}

/** A figure with its detail, moved right so that figures of a width end at one place. */
function alignedCell(entry: Entry, width: number, screen: Screen, withInterval: boolean): string {
  return " ".repeat(width - widthOf(figure(entry, screen))) +
    figureWithDetail(entry, screen, withInterval);
}

function widest(entries: readonly Entry[], screen: Screen): number {
  return largest(entries.map((entry) => widthOf(figure(entry, screen))), 0);
}
