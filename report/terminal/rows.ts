/**
 * The summary on a terminal with a row for each server, for more servers than fit beside one another.
 *
 * @module
 */

import Table from "cli-table3";
import { largest } from "../../measure/judge/statistics.ts";
import { type Screen, THIN, widthOf } from "./screen.ts";
import type { Entry, SummaryLine } from "../summary/summary.ts";
import { alignedCell, cpuLabel, figure, grouped, inOneStyle, plainFigure } from "./figure.ts";
import { oneLine, wrap } from "../summary/text.ts";

/** Each case as a table of its own: a row for each server, its figure, and what it cost the CPU. */
export function rows(
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
  const titles = [
    `  ${oneLine(one.title)}`,
    "",
    ...(cpu === undefined ? [] : [cpuLabel(cpu, false)]),
  ];
  const table = new Table({
    head: titles.map((title, at) => at === 2 ? screen.paint("muted", title) : title),
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 2 },
    chars: { ...THIN, mid: "", "mid-mid": "" },
  });
  const width = widest(primary.entries, screen);
  const cpuWidth = widest(cpu?.entries ?? [], screen);
  primary.entries.forEach((entry, at) => {
    table.push([
      `    ${oneLine(entry.server.title)}`,
      alignedCell(entry, width, screen, hasIntervals),
      ...(cpu === undefined ? [] : [alignedCell(cpu.entries[at]!, cpuWidth, muted, hasIntervals)]),
    ]);
  });
  if (ceiling.value !== null) {
    table.push([
      screen.paint("muted", "    Ceiling"),
      screen.paint("muted", plainFigure(ceiling).padStart(width)),
      ...(cpu === undefined ? [] : [""]),
    ]);
  }
  return table.toString().split("\n").map((line) => line.trimEnd()).join("\n");
}

function widest(entries: readonly Entry[], screen: Screen): number {
  return largest(entries.map((entry) => widthOf(figure(entry, screen))), 0);
}
