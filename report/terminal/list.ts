/**
 * The summary on a terminal as a list, for what fits no table.
 *
 * @module
 */

import { hanging, type Screen } from "./screen.ts";
import type { Entry, SummaryLine } from "../summary/summary.ts";
import { cpuLabel, figureWithDetail, grouped, inOneStyle, plainFigure } from "./figure.ts";
import { oneLine, wrap } from "../summary/text.ts";

/** Each case with the servers below one another. */
export function list(lines: readonly SummaryLine[], screen: Screen): string {
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
