/** The sheet that comes first: the answer, how far it can be trusted, then all figures. */

import type { Style } from "exceljs";
import type { Result } from "../../measure/model/result.ts";
import { type Answer, type AnswerRow, type Light, surely } from "../summary/answer/answer.ts";
import { summaryOf } from "../summary/summary.ts";
import { summaryTable } from "../tables/comparison_tables.ts";
import { figuresTable } from "../tables/figures_table.ts";
import { fieldTable, hasMany } from "../tables/field_table.ts";
import type { Section, Table } from "../tables/table.ts";
import { ANSWER, cellText, HEADING, NOTE, TEXT_CELL, toned } from "./cell.ts";
import { LINE_HEIGHT, textHeight, type Widths } from "./layout.ts";
import { type Opening, type Page, textLine } from "./sheet.ts";

/**
 * The section of the sheet, with its two tables: the servers side by side, many of them below one another, and all that is
 * known of each figure.
 */
export function summarySection(result: Result): Section {
  const first = hasMany(result) ? fieldTable(result) : sideBySide(result);
  return { id: "summary", title: "Summary", tables: [first, figuresTable(result)] };
}

/** The servers side by side, in a sheet of its own if they are many. */
export function sideBySide(result: Result): Table {
  return { ...summaryTable(result, false), title: "Side by side" };
}

/** Writes what a reader must know first: wrong replies, the answer, and the light. */
export function openingOf(result: Result): Opening {
  const { wrong, unasked, answer, warnings } = summaryOf(result);
  return (page) => {
    for (const sentence of wrong) textLine(page, `✗ ${sentence}`, toned(ANSWER, "red"));
    for (const sentence of answer.sentences) textLine(page, sentence, ANSWER);
    writeRows(page, answer);
    if (unasked.length > 0) page.sheet.addRow([]);
    for (const { sentence } of unasked) textLine(page, sentence, NOTE);
    writeLight(page, answer.light, warnings.length);
    page.sheet.addRow([]);
  };
}

/** The columns of the answer: a heading, the least width in digits, and the text of a row. */
const COLUMNS: readonly (readonly [string, number, (row: AnswerRow) => string])[] = [
  ["Use", 16, ({ use }) => use],
  ["Take", 20, ({ server }) => server],
  ["How sure", 14, surely],
  ["Figure", 44, ({ figure, metric }) => `${figure}\n${metric}`],
  ["But", 30, ({ warning }) => warning ?? ""],
];

function writeRows(page: Page, { rows }: Answer): void {
  if (rows.length === 0) return;
  page.sheet.addRow([]);
  const spans = spansOf(pageWidths(page), COLUMNS.map(([, width]) => width));
  writeSpans(page, spans, COLUMNS.map(([title]) => ({ text: title, style: HEADING })));
  for (const row of rows) {
    const cells = COLUMNS.map(([title, , read]) => ({
      text: read(row),
      style: styleOf(title, row),
    }));
    writeSpans(page, spans, cells);
  }
}

function styleOf(title: string, { sure, warning }: AnswerRow): Partial<Style> {
  if (title === "Take" || (title === "How sure" && sure === "sure")) {
    return { ...TEXT_CELL, font: { ...TEXT_CELL.font, bold: true } };
  }
  return title === "But" && warning !== undefined ? toned(TEXT_CELL, "amber") : TEXT_CELL;
}

const SYMBOLS = { green: "✓", amber: "!", red: "✗" } as const satisfies Record<
  Light["colour"],
  string
>;

function writeLight(page: Page, { colour, title, reasons }: Light, warnings: number): void {
  page.sheet.addRow([]);
  const spans = spansOf(pageWidths(page), [16, 180]);
  const [first = "", ...others] = reasons;
  const light = { text: `${SYMBOLS[colour]} ${title}`, style: toned(TEXT_CELL, colour) };
  writeSpans(page, spans, [light, { text: first, style: TEXT_CELL }]);
  const all = warnings === 0 ? [] : [`All warnings, ${warnings} in number: sheet Warnings.`];
  for (const reason of [...others, ...all]) {
    writeSpans(page, spans, [{ ...light, text: "" }, { text: reason, style: TEXT_CELL }]);
  }
}

/** Neighbouring columns of the sheet that are one column of the answer, by their numbers from 1. */
interface Span {
  readonly first: number;
  readonly last: number;
  /** In digits. */
  readonly width: number;
}

/** The widths of the columns of the first page. */
function pageWidths({ widths, blocks: [first] }: Page): Widths {
  return widths.slice(0, first!.to);
}

/**
 * Divides columns into spans of at least these widths; the last one gets what it needs of the rest. If there are too few
 * columns, the last spans have none.
 */
export function spansOf(widths: Widths, least: readonly number[]): Span[] {
  const spans: Span[] = [];
  let column = 0;
  for (const need of least) {
    if (column >= widths.length) break;
    const first = column + 1;
    let width = 0;
    while (column < widths.length && width < need) width += widths[column++]!;
    spans.push({ first, last: column, width });
  }
  return spans;
}

/** Writes a row of texts, each in the merged cells of a span; those without a span are joined to the last one. */
function writeSpans(
  { sheet }: Page,
  spans: readonly Span[],
  cells: readonly { readonly text: string; readonly style: Partial<Style> }[],
): void {
  const row = sheet.addRow([]);
  let height = LINE_HEIGHT;
  spans.forEach(({ first, last, width }, index) => {
    const isLast = index === spans.length - 1;
    const texts = cells.slice(index, isLast ? undefined : index + 1).map(({ text }) => text);
    const text = texts.filter((part) => part !== "").join(" ");
    for (let column = first; column <= last; column++) {
      row.getCell(column).style = cells[index]!.style;
    }
    row.getCell(first).value = text === "" ? null : cellText(text);
    if (last > first) sheet.mergeCells(row.number, first, row.number, last);
    height = Math.max(height, textHeight(text, width - 2, cells[index]!.style.font));
  });
  row.height = height + 3;
}
