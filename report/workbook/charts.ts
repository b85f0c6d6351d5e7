/** The sheet with all plots, for readers who start with the pictures. */

import type { Style, Worksheet } from "exceljs";
import type { Section } from "../tables/table.ts";
import { ABOUT, cellText, NOTE, SUBTITLE, TITLE } from "./cell.ts";
import { LINE_HEIGHT } from "./layout.ts";
import {
  type Area,
  DIGIT,
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
/** Programs ignore manual page breaks on sheets that are fitted to a width. */
const SCALE = PAGE.width / WIDTH;
const AREA: Area = { column: 1, width: WIDTH, pageHeight: PAGE.height / SCALE };

/** Fills an empty sheet: a heading for each of the sections, followed by its plots. */
export function fillCharts(
  sheet: Worksheet,
  pictures: readonly Picture[],
  sections: readonly Section[],
): void {
  for (let number = 1; number <= COLUMNS; number++) sheet.getColumn(number).width = PLAIN_COLUMN;
  Object.assign(sheet.pageSetup, { fitToPage: false, scale: Math.floor(SCALE * 100) });
  let used = LINE * 2;
  textLine(sheet, "Charts", TITLE);
  if (pictures.length === 0) textLine(sheet, "The run has nothing to plot.", ABOUT);
  for (const caption of new Set(pictures.map(({ caption }) => caption))) {
    textLine(sheet, caption, NOTE);
    used += LINE;
  }
  for (const { title, pictures: own } of bySection(pictures, sections)) {
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
      placeLine(sheet, line);
      used += height;
      before = 0;
    }
  }
}

/** The pictures of each section that has some; those of unknown sections come last. */
function bySection(
  pictures: readonly Picture[],
  sections: readonly Section[],
): { title: string; pictures: Picture[] }[] {
  const groups = Map.groupBy(pictures, ({ section }) => sections.find(({ id }) => id === section));
  return [...sections, undefined].flatMap((section) => {
    const own = groups.get(section);
    return own === undefined ? [] : [{ title: section?.title ?? "Others", pictures: own }];
  });
}

function textLine(sheet: Worksheet, text: string, style: Partial<Style>): void {
  const row = sheet.addRow([]);
  row.height = style === TITLE ? LINE_HEIGHT * 1.5 : LINE_HEIGHT;
  const cell = row.getCell(1);
  cell.value = cellText(text);
  cell.style = { ...style, alignment: { vertical: "middle", horizontal: "left" } };
}
