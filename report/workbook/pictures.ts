/** The plots in the workbook: on the sheets of their sections, and together on a sheet for all of them. */

import type { Workbook, Worksheet } from "exceljs";
import { largest } from "../../measure/statistics/statistics.ts";
import { DENSITY, drawn } from "../drawings/drawn.ts";
import type { Plot } from "../plots/chart.ts";
import { escapeMarkup, oneLine } from "../summary/text.ts";
import { wrap } from "../summary/wrap.ts";
import { cellText, NOTE, SUBTITLE } from "./cell.ts";
import { LINE_HEIGHT } from "./layout.ts";
import type { NativeChart } from "./native_charts/chart.ts";

/** Larger pictures are shown smaller: two side by side, and none higher than a page of the sheet of charts. */
const WIDEST = 720;
const HIGHEST = 840;
/** Width of a digit of the normal font, in pixels: the unit of the widths of columns. */
export const DIGIT = 7;
/** Width of a column without a table, in digits. */
export const PLAIN_COLUMN = 8;
/** Size of a landscape page without its margins, in pixels of 1/96 inch. */
export const PAGE = { width: 1040, height: 680 } as const;
/** Between two pictures side by side, and below them, in pixels. */
const GAP = 24;
/** Height of a line of a sheet, in pixels. */
export const LINE = LINE_HEIGHT * 96 / 72;
/** Average width of the letters of a title and of a note, in digits. */
const TITLE_LETTER = 1.15;
const NOTE_LETTER = 0.85;

/** What is drawn on a sheet; width and height are in pixels. */
export interface Drawing {
  /** Id of the section that it belongs to. */
  readonly section: string;
  readonly title: string;
  readonly width: number;
  readonly height: number;
}

/** A plot as a picture in a workbook. */
export interface Picture extends Drawing, Pick<Plot, "alt" | "caption"> {
  /** Number of the picture among the workbook's files. */
  readonly image: number;
}

/** A chart that the spreadsheet draws, with its title within it. */
export interface ChartDrawing extends Drawing {
  readonly chart: NativeChart;
}

/** Draws plots and adds them to the files of a workbook; several sheets may show them. */
export async function addPictures(workbook: Workbook, plots: readonly Plot[]): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const plot of plots) {
    const png = await drawn(plot, "sheet");
    const { width, height } = sizeOf(png);
    const scale = Math.min(1 / DENSITY, WIDEST / width, HIGHEST / height);
    pictures.push({
      section: plot.section,
      title: oneLine(plot.title),
      alt: oneLine(plot.alt),
      caption: oneLine(plot.caption),
      image: workbook.addImage({ buffer: png as unknown as ArrayBuffer, extension: "png" }),
      width: Math.round(width * scale),
      height: Math.round(height * scale),
    });
  }
  return pictures;
}

/**
 * Width and height of a PNG in pixels, from its header: PNG specification, 11.2.1.
 *
 * @throws {SyntaxError} if the bytes are not a PNG
 */
export function sizeOf(png: Uint8Array): { width: number; height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  if (png.length < 24 || view.getUint32(0) !== 0x89504e47) {
    throw new SyntaxError(
      `Cannot read the size of a picture as it must be a PNG: received ${png.length} bytes`,
    );
  }
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

export interface Area {
  /** Number of the first column, from 1. */
  readonly column: number;
  /** In pixels; wider pictures go beyond it. */
  readonly width: number;
  /** Height of a printed page, in pixels of the sheet. */
  readonly pageHeight: number;
}

/** A drawing with the numbers of its columns, from 1. */
export interface Placed<T extends Drawing = Picture> {
  readonly drawing: T;
  readonly first: number;
  readonly last: number;
}

/** A chart with its upper left cell, counted from 0. */
export interface ChartPlace {
  readonly drawing: ChartDrawing;
  readonly column: number;
  readonly row: number;
}

/** Places pictures at the end of a sheet, side by side if there is room; each line of them is printed on one page. */
export function placePictures(sheet: Worksheet, pictures: readonly Picture[], area: Area): void {
  let used = usedHeight(sheet) % area.pageHeight;
  for (const line of linesOf(sheet, pictures, area)) {
    const height = lineHeight(line);
    if (used + height > area.pageHeight) {
      sheet.lastRow?.addPageBreak();
      used = 0;
    }
    placeLine(sheet, line);
    used += height;
  }
}

/** Height of the rows of a sheet, in pixels. */
function usedHeight(sheet: Worksheet): number {
  let points = 0;
  for (let row = 1; row <= sheet.rowCount; row++) points += sheet.getRow(row).height ?? LINE_HEIGHT;
  return points * 96 / 72;
}

/** Finds the columns of drawings, line by line; each line has at least one. */
export function linesOf<T extends Drawing>(
  sheet: Worksheet,
  drawings: readonly T[],
  area: Area,
): Placed<T>[][] {
  const lines: Placed<T>[][] = [];
  let column = area.column;
  let left = 0;
  for (const drawing of drawings) {
    if (lines.length === 0 || left + drawing.width > area.width) {
      lines.push([]);
      column = area.column;
      left = 0;
    }
    const first = column;
    const end = left + drawing.width;
    while (left < end) left += columnWidth(sheet, column++);
    lines.at(-1)!.push({ drawing, first, last: column - 1 });
    for (const next = left + GAP; left < next;) left += columnWidth(sheet, column++);
  }
  return lines;
}

/** Width of a column in pixels; it is set if it has none, because programs do not agree on the default. */
function columnWidth(sheet: Worksheet, number: number): number {
  const column = sheet.getColumn(number);
  column.width ??= PLAIN_COLUMN;
  return Math.round(column.width * DIGIT);
}

/** Places drawings side by side at the end of a sheet; returns where the charts among them are to be. */
export function placeLine(
  sheet: Worksheet,
  line: readonly Placed<Picture | ChartDrawing>[],
): ChartPlace[] {
  sheet.addRow([]);
  const title = sheet.addRow([]);
  title.height = LINE_HEIGHT * titleLines(line);
  const charts: ChartPlace[] = [];
  for (const { drawing, first, last } of line) {
    const isChart = "chart" in drawing;
    const cell = title.getCell(first);
    cell.value = cellText(isChart ? drawing.chart.note : drawing.title);
    cell.style = {
      ...(isChart ? NOTE : SUBTITLE),
      alignment: { vertical: "bottom", horizontal: "left", wrapText: true },
    };
    sheet.mergeCells(title.number, first, title.number, last);
    if (isChart) charts.push({ drawing, column: first - 1, row: title.number });
    else {sheet.addImage(drawing.image, {
        tl: { col: first - 1, row: title.number },
        ext: { width: drawing.width, height: drawing.height },
        editAs: "oneCell",
      });}
  }
  for (let row = 0; row < rowsOf(line); row++) sheet.addRow([]).height = LINE_HEIGHT;
  return charts;
}

/** Height of the row of texts above drawings, in lines: titles of pictures, notes on charts, whose titles are within them. */
function titleLines(line: readonly Placed<Picture | ChartDrawing>[]): number {
  const lines = line.map(({ drawing }) => {
    const isChart = "chart" in drawing;
    const letters = drawing.width / DIGIT / (isChart ? NOTE_LETTER : TITLE_LETTER);
    const text = isChart ? drawing.chart.note : drawing.title;
    return wrap(text, Math.max(1, Math.floor(letters))).length;
  });
  return largest(lines) + 0.5;
}

/** Height of a line of drawings with titles and the gap above, in pixels. */
export function lineHeight(line: readonly Placed<Picture | ChartDrawing>[]): number {
  return LINE * (1 + titleLines(line) + rowsOf(line));
}

/** Rows of the sheet that the drawings of a line cover, below the row of titles. */
function rowsOf(line: readonly Placed<Drawing>[]): number {
  return Math.ceil(largest(line.map(({ drawing: { height } }) => height)) / LINE);
}

/** Adds titles and descriptions to the pictures of a sheet's drawing, as the library writes it. */
export function describePictures(drawing: string, pictures: readonly Picture[]): string {
  let index = 0;
  // The schema knows the attribute only of pictures with two corners.
  const valid = drawing.replaceAll('<xdr:oneCellAnchor editAs="oneCell">', "<xdr:oneCellAnchor>");
  return valid.replace(/<xdr:cNvPr id="\d+" name="[^"]*"/g, (tag) => {
    const picture = pictures[index++];
    return picture === undefined
      ? tag
      : `${tag} descr="${escapeMarkup(picture.alt)}" title="${escapeMarkup(picture.title)}"`;
  });
}
