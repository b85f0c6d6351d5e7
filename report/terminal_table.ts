/**
 * The summary on a terminal: a table where it fits, else a list.
 *
 * @module
 */

import Table from "cli-table3";
import { detailOf } from "./detail.ts";
import { hanging, type Screen, SIGNS, THIN, widthOf } from "./screen.ts";
import { betterInWords, type Entry, type SummaryFigures, type SummaryLine } from "./summary.ts";
import type { Cell } from "./table.ts";
import { formatNumber, oneLine, wrap } from "./text.ts";

/** How much a table shows. */
interface Form {
  /** Whether a case's name has a line of its own, above its figures. */
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

/** The summary in the first form that fits, and whether it shows the intervals of changes. */
export function overview(
  lines: readonly SummaryLine[],
  screen: Screen,
): { text: string; hasIntervals: boolean } {
  for (const form of FORMS) {
    const text = makeTable(lines, screen, form);
    if (widthOf(text) <= screen.width) return { text, hasIntervals: form.hasIntervals };
  }
  return { text: list(lines, screen), hasIntervals: true };
}

function makeTable(
  lines: readonly SummaryLine[],
  screen: Screen,
  { isTall, hasIntervals }: Form,
): string {
  const columns = columnsOf(lines, screen);
  const hasCeiling = lines.some(({ ceiling }) => ceiling.value !== null);
  const titles = [...columns.map(({ title }) => title), ...(hasCeiling ? ["Ceiling"] : [])];
  const table = new Table({
    head: ["", ...titles].map((title) => screen.paint("heading", title)),
    colAligns: ["left", ...columns.map(() => "left" as const), "right"],
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 2 },
    chars: THIN,
  });
  const addAcross = (content: string): void => {
    table.push([{ content, colSpan: titles.length + 1 }]);
  };
  const addRow = (label: string, { entries }: SummaryFigures, on: Screen, limit: string): void => {
    const cells = entries.map((entry, at) => alignedCell(entry, columns[at]!, on, hasIntervals));
    table.push([label, ...cells, ...(hasCeiling ? [limit] : [])]);
  };
  for (const [heading, members] of grouped(lines)) {
    addAcross(screen.paint("heading", heading));
    for (const { case: one, primary, cpu, ceiling } of members) {
      const title = `  ${oneLine(one.title)}`;
      if (isTall) addAcross(title);
      addRow(isTall ? "" : title, primary, screen, screen.paint("muted", plainFigure(ceiling)));
      if (cpu === undefined) continue;
      const muted = inOneStyle(screen, "muted");
      addRow(muted.paint("muted", `    ${cpuLabel(cpu, isTall)}`), cpu, muted, "");
    }
  }
  return table.toString().split("\n").map((line) => line.trimEnd()).join("\n");
}

/** A server's column: figures end at one place, what stands behind them begins at one. */
interface ServerColumn {
  readonly title: string;
  /** Width of the figures. */
  readonly width: number;
}

function columnsOf(lines: readonly SummaryLine[], screen: Screen): ServerColumn[] {
  const rows = lines.flatMap(({ primary, cpu }) => cpu === undefined ? [primary] : [primary, cpu]);
  return lines[0]!.primary.entries.map(({ server }, at) => {
    const entries = rows.map((row) => row.entries[at]!);
    const title = oneLine(server.title);
    const isBare = entries.every((entry) => detailOf(entry, false) === undefined);
    const widths = entries.map((entry) => widthOf(figure(entry, screen)));
    const width = Math.max(...widths, isBare ? title.length : 0);
    return { title: title.padStart(width), width };
  });
}

function alignedCell(
  entry: Entry,
  { width }: ServerColumn,
  screen: Screen,
  withInterval: boolean,
): string {
  const text = figureWithDetail(entry, screen, withInterval);
  return " ".repeat(width - widthOf(figure(entry, screen))) + text;
}

/** A screen that shows whatever is written to it alike. */
function inOneStyle(screen: Screen, style: Parameters<Screen["paint"]>[0] | "plain"): Screen {
  const paint: Screen["paint"] = (_, text) => style === "plain" ? text : screen.paint(style, text);
  return { ...screen, paint };
}

/** `CPU time per message, µs`, in short `CPU µs/message`. */
function cpuLabel({ metric: { title, unit } }: SummaryFigures, isShort: boolean): string {
  const name = oneLine(title).replace(/^Server /, "");
  return isShort ? name.replace(" time per ", ` ${unit}/`) : `${name}, ${unit}`;
}

function plainFigure({ value, decimals }: Cell): string {
  return typeof value === "number" ? formatNumber(value, decimals) : "";
}

/** Cases of one scenario share its name, its metric and the metric's direction. */
function grouped(lines: readonly SummaryLine[]): Map<string, SummaryLine[]> {
  return Map.groupBy(lines, ({ scenario, primary: { metric } }) => {
    const unit = metric.unit === "" ? "" : ` in ${metric.unit}`;
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
    plainFigure(cell) || "–",
    ...(number === undefined ? [] : [`[${number}]`]),
  ].join(" ");
  return cell.mark === undefined ? text : paint(cell.mark, text);
}

function figureWithDetail(entry: Entry, screen: Screen, withInterval: boolean): string {
  const detail = detailOf(entry, withInterval);
  const text = figure(entry, screen);
  return detail === undefined ? text : `${text} ${screen.paint(detail.kind, detail.text)}`;
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
      : muted(hanging("    ", "      ", `Ceiling: ${plainFigure(ceiling)}`, screen.width))),
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
