/** The sheet with all charts and pictures. */

import type { Style, Worksheet } from "exceljs";
import type { Section } from "../tables/table.ts";
import { ABOUT, cellText, NOTE, SUBTITLE, TITLE } from "./cell.ts";
import { LINE_HEIGHT, textHeight } from "./layout.ts";
import { chartXml } from "./native_charts/chart_xml.ts";
import { sizeOf } from "./native_charts/layout_xml.ts";
import { writeCells } from "./native_charts/cells.ts";
import type { NativeChart } from "./native_charts/chart.ts";
import type { PlacedChart } from "./native_charts/package.ts";
import {
  type Area,
  type ChartDrawing,
  type ChartPlace,
  DIGIT,
  type Drawing,
  LINE,
  lineHeight,
  linesOf,
  PAGE,
  type Picture,
  placeLine,
  PLAIN_COLUMN,
} from "./pictures.ts";

/** Enough for two of the widest pictures side by side. */
const COLUMNS = 27;
const WIDTH = COLUMNS * PLAIN_COLUMN * DIGIT;
/** Number of the first column of the charts' figures. */
const FIGURES = COLUMNS + 2;
/** Where the substitute of a font is wider, columns are wider, too. */
const ROOM = 1.07;
/** Programs ignore manual page breaks on sheets that are fitted to a width. */
const SCALE = PAGE.width / (WIDTH * ROOM);
const AREA: Area = { column: 1, width: WIDTH, pageHeight: PAGE.height / SCALE };

/** What the sheet shows. */
export interface Shown {
  readonly charts: readonly NativeChart[];
  readonly pictures: readonly Picture[];
  /** Machine, versions and date. */
  readonly captions: readonly string[];
}

/**
 * Fills an empty sheet: a heading for each of the sections, followed by its charts and pictures; and beside them, out of
 * print, the cells that the charts draw. Returns the charts for the archive.
 */
export function fillCharts(
  sheet: Worksheet,
  { charts, pictures, captions }: Shown,
  sections: readonly Section[],
): PlacedChart[] {
  for (let number = 1; number < FIGURES; number++) sheet.getColumn(number).width = PLAIN_COLUMN;
  Object.assign(sheet.pageSetup, { fitToPage: false, scale: Math.floor(SCALE * 100) });
  let used = textLine(sheet, "Charts", TITLE);
  const drawings = [
    ...charts.map((chart): ChartDrawing => ({ ...chart, chart, ...sizeOf(chart) })),
    ...pictures,
  ];
  if (drawings.length === 0) {
    textLine(sheet, "The run has nothing to plot.", ABOUT);
    return [];
  }
  const figures = charts.length === 0 ? [] : [
    `Excel draws these charts from the cells in columns ${
      sheet.getColumn(FIGURES).letter
    } and on: ` +
    "a figure that is changed there changes its chart. The pictures among them are of what it cannot draw.",
  ];
  for (const line of [...new Set(captions), ...figures]) {
    used += textLine(sheet, line, NOTE);
  }
  const places: ChartPlace[] = [];
  for (const { title, drawings: own } of bySection(drawings, sections)) {
    let before = LINE * 2;
    for (const line of linesOf(sheet, own, AREA)) {
      const height = before + lineHeight(line);
      if (used + height > AREA.pageHeight) {
        sheet.lastRow!.addPageBreak();
        used = 0;
      }
      if (before > 0) {
        sheet.addRow([]);
        textLine(sheet, title, SUBTITLE);
      }
      for (const place of placeLine(sheet, line)) places.push(place);
      used += height;
      before = 0;
    }
  }
  sheet.pageSetup.printArea = `A$1:${sheet.getColumn(COLUMNS).letter}$${sheet.rowCount}`;
  const cells = writeCells(sheet, FIGURES, places.map(({ drawing }) => drawing.chart));
  return places.map(({ drawing: { chart, width, height }, column, row }, index) => (
    { ...chart, xml: chartXml(chart, cells[index]!), column, row, width, height }
  ));
}

/** The drawings of each section that has some; those of unknown sections come last. */
function bySection<T extends Drawing>(
  drawings: readonly T[],
  sections: readonly Section[],
): { title: string; drawings: T[] }[] {
  const groups = Map.groupBy(drawings, ({ section }) => sections.find(({ id }) => id === section));
  return [...sections, undefined].flatMap((section) => {
    const own = groups.get(section);
    return own === undefined ? [] : [{ title: section?.title ?? "Others", drawings: own }];
  });
}

/** A line of text across the printed columns; returns its height in pixels. */
function textLine(sheet: Worksheet, text: string, style: Partial<Style>): number {
  const row = sheet.addRow([]);
  const height = textHeight(text, WIDTH / DIGIT, style.font);
  row.height = height;
  const cell = row.getCell(1);
  cell.value = cellText(text);
  cell.style = { ...style, alignment: { vertical: "middle", horizontal: "left", wrapText: true } };
  sheet.mergeCells(row.number, 1, row.number, COLUMNS);
  return height * LINE / LINE_HEIGHT;
}
