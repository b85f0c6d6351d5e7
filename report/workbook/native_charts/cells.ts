/** The cells that charts draw: a table for each chart, one below another, and where each of its columns is. */

import type { Worksheet } from "exceljs";
import { cellText, HEADING, NOTE, NUMBER_HEADING, SUBTITLE, TITLE } from "../cell.ts";
import type { NativeChart } from "./chart.ts";

/** Widths of group, place, value, and the two distances to the ends of the interval, in digits. */
const WIDTHS = [42, 26, 20, 12, 12] as const;
const COLUMNS = ["group", "place", "value", "minus", "plus"] as const;

/** A column of a chart's table. */
export type CellColumn = typeof COLUMNS[number];

/** Where the cells of a chart are. */
export interface ChartCells {
  /** The reference to a column in some of the rows: from an index up to another one, which is not included. */
  readonly refer: (column: CellColumn, from: number, to: number) => string;
  /** The reference to the heading of the values. */
  readonly heading: string;
}

/**
 * Writes the tables of charts on a sheet.
 *
 * @param first number of the first column, from 1
 */
export function writeCells(
  sheet: Worksheet,
  first: number,
  charts: readonly NativeChart[],
): ChartCells[] {
  if (charts.length === 0) return [];
  WIDTHS.forEach((width, index) => sheet.getColumn(first + index).width = width);
  const write = (row: number, index: number, value: string | number | null) => {
    const cell = sheet.getCell(row, first + index);
    cell.value = typeof value === "string" ? cellText(value) : value;
    return cell;
  };
  write(1, 0, "Figures of the charts").style = TITLE;
  write(
    2,
    0,
    "Change a figure and its chart follows. To low, to high: from the figure to the ends of its 95 % interval.",
  ).style = { ...NOTE, alignment: { vertical: "top", horizontal: "left" } };
  let row = 3;
  return charts.map((chart) => {
    write(row + 1, 0, `${chart.scenario}: ${chart.title}`).style = SUBTITLE;
    const header = row + 2;
    [...chart.headings, chart.y.title, "To low", "To high"].forEach((text, index) => {
      write(header, index, text).style = index < 2 ? HEADING : NUMBER_HEADING;
    });
    const format = numberFormat(chart.decimals);
    chart.rows.forEach(({ group, place, value, error }, index) => {
      [group, place, value, error?.minus ?? null, error?.plus ?? null].forEach(
        (content, column) => {
          const cell = write(header + 1 + index, column, content);
          cell.numFmt = typeof content === "string" ? "@" : column === 1 ? "#,##0" : format;
        },
      );
    });
    row = header + chart.rows.length + 1;
    const at = (column: CellColumn): string =>
      `$${sheet.getColumn(first + COLUMNS.indexOf(column)).letter}$`;
    const name = `'${sheet.name}'!`;
    return {
      heading: `${name}${at("value")}${header}`,
      refer: (column, from, to) =>
        `${name}${at(column)}${header + 1 + from}:${at(column)}${header + to}`,
    };
  });
}

/** The format of numbers with these decimals, separators of thousands included. */
export function numberFormat(decimals: number): string {
  return decimals === 0 ? "#,##0" : `#,##0.${"0".repeat(decimals)}`;
}
