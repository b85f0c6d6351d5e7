/** Lays a section out on a sheet of the workbook. */

import type { Style, Worksheet } from "exceljs";
import { counted } from "../summary/text.ts";
import { footnotesOf, heading, isNumeric, type Section, type Table } from "../tables/table.ts";
import {
  ABOUT,
  cellText,
  HEADING,
  NOTE,
  NUMBER_HEADING,
  SUBTITLE,
  TITLE,
  writeCell,
} from "./cell.ts";
import { columnWidths, headingHeight, notePlace, rowHeight, SIGNS, type Widths } from "./layout.ts";
import { addScales, scalesLegend } from "./scales.ts";

/** A wider page, in digits, would be too small to read in print. */
const PAGE_WIDTH = 240;
/** Margins, which count as width; with them no width is 9, which the library takes as the default and does not write. */
const CELL_MARGIN = 0.7;
/** The library keeps a sheet in memory: at this many rows it takes 10 s and 1.5 GB. */
const MOST_ROWS = 100_000;

export interface Page {
  readonly sheet: Worksheet;
  readonly widths: Widths;
  /** How many pages wide it is in print. */
  readonly pagesWide: number;
  /** Number of the column in which its texts begin: after those that are repeated on each page. */
  readonly textColumn: number;
}

/** Writes a section on an empty sheet: its title, what it is about, then each table with its notes. */
export function fillSheet(sheet: Worksheet, section: Section): Page {
  const page = pageOf(sheet, section.tables);
  page.widths.forEach((width, index) => sheet.getColumn(index + 1).width = width + CELL_MARGIN);
  sheet.pageSetup.fitToWidth = page.pagesWide;
  if (page.textColumn > 1) {
    sheet.pageSetup.printTitlesColumn = `A:${sheet.getColumn(page.textColumn - 1).letter}`;
  }
  titleLine(page, section.title, TITLE);
  if (section.about !== undefined) textLine(page, section.about, ABOUT);
  const isAlone = section.tables.length === 1;
  for (const table of section.tables) {
    if (!isAlone && table.title !== section.title) subtitleLine(page, table.title);
    const headerRow = writeTable(page, table);
    if (isAlone && headerRow !== undefined) anchor(page, table, headerRow);
  }
  const { warnings = [] } = section;
  if (warnings.length > 0) subtitleLine(page, "Warnings");
  for (const warning of warnings) textLine(page, warning, ABOUT);
  return page;
}

function pageOf(sheet: Worksheet, tables: readonly Table[]): Page {
  const widths = columnWidths(tables);
  const pagesWide = Math.ceil(widths.reduce((total, width) => total + width, 0) / PAGE_WIDTH);
  const keyColumns = tables[0]?.keyColumns ?? 0;
  return { sheet, widths, pagesWide, textColumn: pagesWide > 1 ? keyColumns + 1 : 1 };
}

/** Writes a table at the end of the sheet; returns the number of the row of headings. */
function writeTable(page: Page, table: Table): number | undefined {
  const signs = table.signNote === undefined
    ? ""
    : `${SIGNS.better} ${SIGNS.worse}: ${table.signNote}, as the sheet Verdicts says; without a sign no difference is clear, or none was judged.`;
  const note = [table.note ?? "", signs].join(" ").trim();
  if (note !== "") textLine(page, note, NOTE);
  if (table.rows.length === 0) {
    textLine(page, table.empty, ABOUT);
    return undefined;
  }
  const legend = legendOf(table);
  if (legend !== "") textLine(page, legend, NOTE);
  const headerRow = writeHeadings(page, table);
  addScales(page.sheet, table, headerRow, Math.min(MOST_ROWS, table.rows.length));
  const notes = writeRows(page, table);
  if (notes.length > 0) page.sheet.addRow([]);
  for (const note of notes) textLine(page, note, NOTE);
  return headerRow;
}

function writeHeadings({ sheet, widths }: Page, { columns }: Table): number {
  const row = sheet.addRow(columns.map((column) => cellText(heading(column))));
  columns.forEach((column, index) => {
    row.getCell(index + 1).style = isNumeric(column) ? NUMBER_HEADING : HEADING;
  });
  row.height = headingHeight(columns, widths);
  return row.number;
}

/** Writes the rows of a table; returns the lines for below them. */
function writeRows({ sheet, widths }: Page, { columns, rows, keyColumns }: Table): string[] {
  const written = rows.slice(0, MOST_ROWS);
  const { numberOf, notes } = footnotesOf(written);
  written.forEach((row, index) => {
    const before = written[index - 1];
    const first = keyColumns > 1 && before !== undefined && before[0]?.value !== row[0]?.value;
    const sheetRow = sheet.addRow([]);
    row.forEach((cell, at) => {
      const place = { column: columns[at]!, width: widths[at]!, footnote: numberOf(cell), first };
      writeCell(sheetRow.getCell(at + 1), cell, place);
    });
    sheetRow.height = rowHeight(row, columns, widths);
  });
  const left = rows.length - written.length;
  const cut = left === 0 ? [] : [`${counted(left, "further row")} did not fit; see results.json.`];
  return [...notes.map((note, index) => `[${index + 1}] ${note}`), ...cut];
}

/** Keeps the headings visible, and lets readers filter and print the table. */
function anchor({ sheet }: Page, table: Table, headerRow: number): void {
  sheet.views = [{
    state: "frozen",
    xSplit: table.keyColumns,
    ySplit: headerRow,
    showGridLines: false,
  }];
  sheet.autoFilter = {
    from: { row: headerRow, column: 1 },
    to: { row: headerRow + Math.min(MOST_ROWS, table.rows.length), column: table.columns.length },
  };
  sheet.pageSetup.printTitlesRow = `${headerRow}:${headerRow}`;
}

function subtitleLine(page: Page, text: string): void {
  page.sheet.addRow([]);
  titleLine(page, text, SUBTITLE);
}

function titleLine({ sheet, textColumn }: Page, text: string, style: Partial<Style>): void {
  const cell = sheet.addRow([]).getCell(textColumn);
  cell.value = cellText(text);
  cell.style = style;
}

/** A line of text across the columns, with the height that it needs. */
function textLine(page: Page, text: string, style: Partial<Style>): void {
  const { sheet, widths, pagesWide, textColumn } = page;
  const row = sheet.addRow([]);
  const cell = row.getCell(textColumn);
  cell.value = cellText(text);
  cell.style = style;
  const { last, height } = notePlace(text, widths, textColumn, pagesWide);
  if (last > textColumn) sheet.mergeCells(row.number, textColumn, row.number, last);
  row.height = height;
}

function legendOf(table: Table): string {
  const marks = new Set(table.rows.flat().map(({ mark }) => mark));
  return [
    ...(marks.has("best") ? [`Bold on green: best; ${table.bestNote}.`] : []),
    ...(marks.has("wrong") ? ["Red: wrong replies, not compared."] : []),
    ...(marks.has("failed") ? ["Grey: failed."] : []),
    ...scalesLegend(table),
  ].join(" ");
}
