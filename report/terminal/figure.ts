/**
 * The figures of the summary on a terminal, whatever their arrangement.
 *
 * @module
 */

import { detailOf } from "../summary/detail.ts";
import { type Screen, SIGNS, widthOf } from "./screen.ts";
import {
  betterInWords,
  type Entry,
  type SummaryFigures,
  type SummaryLine,
} from "../summary/summary.ts";
import type { Cell } from "../tables/table.ts";
import { formatNumber, oneLine } from "../summary/text.ts";

/** A screen that shows whatever is written to it alike. */
export function inOneStyle(
  screen: Screen,
  style: Parameters<Screen["paint"]>[0] | "plain",
): Screen {
  const paint: Screen["paint"] = (_, text) => style === "plain" ? text : screen.paint(style, text);
  return { ...screen, paint };
}

/** `CPU time per message, µs`, in short `CPU µs/message`. */
export function cpuLabel({ metric: { title, unit } }: SummaryFigures, isShort: boolean): string {
  const name = oneLine(title).replace(/^Server /, "");
  const plain = oneLine(unit);
  return isShort ? name.replace(" time per ", () => ` ${plain}/`) : `${name}, ${plain}`;
}

/** A figure without its mark. */
export function plainFigure({ value, decimals }: Cell): string {
  return typeof value === "number" ? formatNumber(value, decimals) : "";
}

/** Cases of one scenario share its name, its metric and the metric's direction. */
export function grouped(lines: readonly SummaryLine[]): Map<string, SummaryLine[]> {
  return Map.groupBy(lines, ({ scenario, primary: { metric } }) => {
    const unit = metric.unit === "" ? "" : ` in ${oneLine(metric.unit)}`;
    return `${oneLine(scenario.title)} · ${oneLine(metric.title)}${unit}, ${
      betterInWords(metric.better)
    }`;
  });
}

/** A figure with its mark and its footnote. */
export function figure({ cell }: Entry, { paint, numberOf }: Screen): string {
  const number = numberOf(cell);
  const text = [
    ...(cell.mark === undefined ? [] : [SIGNS[cell.mark]]),
    plainFigure(cell) || "–",
    ...(number === undefined ? [] : [`[${number}]`]),
  ].join(" ");
  return cell.mark === undefined ? text : paint(cell.mark, text);
}

/** A figure with its mark, its footnote, and how well it is known. */
export function figureWithDetail(entry: Entry, screen: Screen, withInterval: boolean): string {
  const detail = detailOf(entry, withInterval);
  const text = figure(entry, screen);
  return detail === undefined ? text : `${text} ${screen.paint(detail.kind, detail.text)}`;
}

/** A figure with its detail, moved right so that figures of a width end at one place. */
export function alignedCell(
  entry: Entry,
  width: number,
  screen: Screen,
  withInterval: boolean,
): string {
  const text = figureWithDetail(entry, screen, withInterval);
  return " ".repeat(width - widthOf(figure(entry, screen))) + text;
}
