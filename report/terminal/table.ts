/**
 * The summary on a terminal: a table where it fits, else a list.
 *
 * @module
 */

import Table from "cli-table3";
import { largest } from "../../measure/judge/statistics.ts";
import { detailOf } from "../summary/detail.ts";
import { type Screen, THIN, widthOf } from "./screen.ts";
import type { SummaryFigures, SummaryLine } from "../summary/summary.ts";
import { alignedCell, cpuLabel, figure, grouped, inOneStyle, plainFigure } from "./figure.ts";
import { list } from "./list.ts";
import { rows } from "./rows.ts";
import { oneLine } from "../summary/text.ts";

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

/** With no more servers than this a list is shorter than a table for each case. */
const MOST_BESIDE = 4;

/** The summary in the first form that fits, and whether it shows the intervals of changes. */
export function overview(
  lines: readonly SummaryLine[],
  screen: Screen,
): { text: string; hasIntervals: boolean } {
  for (const form of FORMS) {
    const text = makeTable(lines, screen, form);
    if (widthOf(text) <= screen.width) return { text, hasIntervals: form.hasIntervals };
  }
  for (const hasIntervals of [true, false]) {
    const text = rows(lines, screen, hasIntervals);
    if (lines[0]!.primary.entries.length > MOST_BESIDE && widthOf(text) <= screen.width) {
      return { text, hasIntervals };
    }
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
    const cells = entries.map((entry, at) =>
      alignedCell(entry, columns[at]!.width, on, hasIntervals)
    );
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
  const all = lines.flatMap(({ primary, cpu }) => cpu === undefined ? [primary] : [primary, cpu]);
  return lines[0]!.primary.entries.map(({ server }, at) => {
    const entries = all.map((row) => row.entries[at]!);
    const title = oneLine(server.title);
    const isBare = entries.every((entry) => detailOf(entry, false) === undefined);
    const widths = entries.map((entry) => widthOf(figure(entry, screen)));
    const width = largest(widths, isBare ? title.length : 0);
    return { title: title.padStart(width), width };
  });
}
