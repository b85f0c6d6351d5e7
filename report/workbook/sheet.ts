/** Lays a section out on a sheet of the workbook. */

import type { Style, Worksheet } from "exceljs";
import { largest } from "../../measure/statistics/statistics.ts";
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
import {
  type Block,
  columnWidths,
  headingHeight,
  notePlace,
  printBlocks,
  rowHeight,
  SIGNS,
  type Widths,
} from "./layout.ts";
import { DIGIT, PAGE } from "./pictures.ts";
import { addScales, scalesLegend } from "./scales.ts";

/** Margins, which count as width; with them no width is 9, which the library takes as the default and does not write. */
const CELL_MARGIN = 0.7;
/** The library keeps a sheet in memory: at this many rows it takes 10 s and 1.5 GB. */
const MOST_ROWS = 100_000;

/** Per cent of the page's width: columns are wider where the font is substituted. */
const SPARE = 91;
/** How many rows of a list of all that was recorded are printed: those of a page. */
export const PRINTED_ROWS = 25;

export interface Page {
  readonly sheet: Worksheet;
  readonly widths: Widths;
  /** The columns of each page in print; a text stays on the first one. */
  readonly blocks: readonly Block[];
}

/** A part of a sheet that is printed on pages of its own. */
interface Area extends Block {
  readonly top: number;
  readonly bottom: number;
}

/** A table on a sheet: the numbers of the row of headings and of the last row. */
interface Written {
  readonly headerRow: number;
  readonly lastRow: number;
}

/** What is written before the first table of a sheet, for the page that it becomes. */
export type Opening = (page: Page) => void;

/** How a sheet differs from others. */
export interface SheetOptions {
  /** Whether only its beginning is printed, because it would be too long to read on paper. */
  readonly isList?: boolean;
  /** What comes before the tables. */
  readonly opening?: Opening;
  /** Id of the table that has a filter and repeated headings, if there are several. */
  readonly main?: string;
}

/** Writes a section on an empty sheet: its title, what it is about, then each table with its notes. */
export function fillSheet(
  sheet: Worksheet,
  section: Section,
  { isList = false, opening, main }: SheetOptions = {},
): Page {
  const page = pageOf(sheet, section.tables);
  page.widths.forEach((width, index) => sheet.getColumn(index + 1).width = width + CELL_MARGIN);
  titleLine(page, section.title, TITLE);
  if (section.about !== undefined) textLine(page, section.about, ABOUT);
  opening?.(page);
  const isAlone = section.tables.length === 1;
  const written = section.tables.flatMap((table): Written[] => {
    if (table.id === main) beginPage(page);
    if (!isAlone && table.title !== section.title) subtitleLine(page, table.title);
    const isCut = isList && (table.rows.length > PRINTED_ROWS || page.blocks.length > 1);
    const headerRow = writeTable(page, table, isCut ? printedNote(page, table) : "");
    if (headerRow === undefined) return [];
    if (isAlone) freeze(page, table, headerRow);
    if (isAlone || table.id === main) anchor(page, table, headerRow);
    return [{ headerRow, lastRow: headerRow + Math.min(MOST_ROWS, table.rows.length) }];
  });
  setPrinted(page, section.tables[0]?.keyColumns ?? 0, areasOf(page, written, isList));
  return page;
}

/** Begins a page in print. Programs ignore breaks on sheets that are fitted to a width: it gets a scale instead. */
function beginPage({ sheet, widths, blocks }: Page): void {
  if (blocks.length > 1 || sheet.lastRow === undefined) return;
  const width = widths.reduce((total, one) => total + one, 0) * DIGIT;
  const scale = Math.min(100, Math.floor(PAGE.width / width * SPARE));
  Object.assign(sheet.pageSetup, { fitToPage: false, scale });
  sheet.lastRow.addPageBreak();
}

function pageOf(sheet: Worksheet, tables: readonly Table[]): Page {
  const widths = columnWidths(tables);
  return { sheet, widths, blocks: printBlocks(widths, tables[0]?.keyColumns ?? 0) };
}

function printedNote({ blocks: [first] }: Page, { rows, columns }: Table): string {
  const cut = [
    ...(rows.length > PRINTED_ROWS ? [`${PRINTED_ROWS} of ${rows.length} rows`] : []),
    ...(first!.to < columns.length ? [`${first!.to} of ${columns.length} columns`] : []),
  ];
  return `In print: the first ${cut.join(" and ")}; all are in this sheet.`;
}

/** The whole sheet, but of the columns for which the first page has no room only the tables. */
function areasOf({ sheet, blocks }: Page, written: readonly Written[], isList: boolean): Area[] {
  const [first, ...others] = blocks as [Block, ...Block[]];
  const [table] = written;
  if (isList && table !== undefined) {
    const bottom = Math.min(table.lastRow, table.headerRow + PRINTED_ROWS);
    return [{ ...first, top: 1, bottom }];
  }
  if (others.length === 0 || table === undefined) return [];
  const bottom = largest(written.map(({ lastRow }) => lastRow));
  return [
    { ...first, top: 1, bottom: sheet.rowCount },
    ...others.map((block): Area => ({ ...block, top: table.headerRow, bottom })),
  ];
}

/** Prints these areas, or the whole sheet if there are none; areas after the first repeat the columns of the keys. */
function setPrinted({ sheet }: Page, keyColumns: number, areas: readonly Area[]): void {
  if (areas.length === 0) return;
  const letter = (number: number): string => sheet.getColumn(number).letter;
  // The library adds a "$" before each end, and writes a name for each area, which the book makes one.
  sheet.pageSetup.printArea = areas.map(({ from, to, top, bottom }) =>
    `${letter(from)}$${top}:${letter(to)}$${bottom}`
  ).join("&&");
  if (areas.length > 1 && keyColumns > 0) {
    sheet.pageSetup.printTitlesColumn = `A:${letter(keyColumns)}`;
  }
}

/** Writes a table at the end of the sheet; returns the number of the row of headings. */
function writeTable(page: Page, table: Table, printed: string): number | undefined {
  const signs = table.signNote === undefined
    ? ""
    : `${SIGNS.better} ${SIGNS.worse}: ${table.signNote}; without a sign no difference is clear, or none was judged.`;
  const note = [table.note ?? "", signs, printed].filter((part) => part !== "").join(" ");
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

/** Keeps the headings visible. */
function freeze({ sheet }: Page, table: Table, headerRow: number): void {
  sheet.views = [{
    state: "frozen",
    xSplit: table.keyColumns,
    ySplit: headerRow,
    showGridLines: false,
  }];
}

/** Lets readers filter the table, and repeats its headings in print. */
function anchor({ sheet }: Page, table: Table, headerRow: number): void {
  sheet.pageSetup.printTitlesRow = `${headerRow}:${headerRow}`;
  sheet.autoFilter = {
    from: { row: headerRow, column: 1 },
    to: { row: headerRow + Math.min(MOST_ROWS, table.rows.length), column: table.columns.length },
  };
}

function subtitleLine(page: Page, text: string): void {
  page.sheet.addRow([]);
  titleLine(page, text, SUBTITLE);
}

function titleLine({ sheet }: Page, text: string, style: Partial<Style>): void {
  const cell = sheet.addRow([]).getCell(1);
  cell.value = cellText(text);
  cell.style = style;
}

/** A line of text across the columns, with the height that it needs. */
export function textLine(page: Page, text: string, style: Partial<Style>): void {
  const { sheet, widths, blocks: [first] } = page;
  const row = sheet.addRow([]);
  const cell = row.getCell(1);
  cell.value = cellText(text);
  cell.style = style;
  const { last, height } = notePlace(text, widths.slice(0, first!.to), style.font);
  if (last > 1) sheet.mergeCells(row.number, 1, row.number, last);
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
