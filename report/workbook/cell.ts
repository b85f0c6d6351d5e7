/** A cell of a table as a cell of a sheet: a typed value with its number format and style; the styles of all else. */

import type { Cell as SheetCell, Style } from "exceljs";
import { type Cell, type Column, decimalsIn, type Mark, type Sign } from "../tables/table.ts";
import { isNumeric, overflows, signedText, SIGNS } from "./layout.ts";

/** A cell holds no more characters than this. */
const LONGEST_TEXT = 32_767;
/** Excel shows a longer text in the text format as `####`. */
const LONGEST_TEXT_FORMATTED = 255;

type Typed = string | number | Date | null;

/** Where a cell is. */
export interface Place {
  /** Its column. */
  readonly column: Column;
  /** Width of that, in digits. */
  readonly width: number;
  /** Number of the footnote to the cell. */
  readonly footnote: number | undefined;
  /** Whether its row begins a new group. */
  readonly first: boolean;
}

/** Writes a cell. */
export function writeCell(sheetCell: SheetCell, cell: Cell, place: Place): void {
  const value = typed(cell, place);
  sheetCell.value = value;
  sheetCell.style = styleOf({
    format: numberFormat(value, cell, place),
    right: isNumeric(place.column),
    muted: place.footnote !== undefined && typeof value !== "number",
    mark: cell.mark,
    sign: cell.sign,
    first: place.first,
    wraps: typeof value === "string" && overflows(value, place.width),
  });
}

/** The value in the type that a spreadsheet calculates with; a text is never read as a formula. */
function typed(cell: Cell, { column, footnote }: Place): Typed {
  const { value } = cell;
  if (value === null || (typeof value === "number" && !Number.isFinite(value))) {
    return footnote === undefined ? null : `– [${footnote}]`;
  }
  if (typeof value === "number") return value;
  if ((cell.kind ?? column.kind) === "time") {
    const date = new Date(value);
    if (!Number.isNaN(date.getTime())) return date;
  }
  return cellText(signedText(value, cell.sign));
}

function numberFormat(value: Typed, cell: Cell, { column, footnote }: Place): string {
  if (value instanceof Date) return "yyyy-mm-dd hh:mm:ss";
  // The text format keeps a text that looks like a formula a text when the reader edits it.
  if (typeof value === "string") return value.length <= LONGEST_TEXT_FORMATTED ? "@" : "General";
  if ((cell.kind ?? column.kind) === "identifier") return "0";
  const decimals = decimalsIn(cell, column);
  const digits = decimals === 0 ? "#,##0" : `#,##0.${"0".repeat(decimals)}`;
  const { sign } = cell;
  // In the format a sign and a footnote leave the cell a number.
  return [
    sign === undefined ? "" : `"${SIGNS[sign]} "`,
    digits,
    footnote === undefined ? "" : `" [${footnote}]"`,
  ].join("");
}

/** What no XML may have: with one of them no program opens the workbook. */
// deno-lint-ignore no-control-regex -- these are what it is about
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** A text that a cell can hold; `_x0041_` would otherwise be read as the character that it encodes. */
export function cellText(text: string): string {
  const plain = text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_").slice(0, LONGEST_TEXT);
  // Cut last: the cut may halve a surrogate pair.
  return plain.toWellFormed().replace(FORBIDDEN, " ");
}

/** What decides how a cell of a table looks. */
interface Look {
  /** Number format. */
  readonly format: string;
  /** Whether it stands at the right edge of its column, as numbers do. */
  readonly right: boolean;
  /** Whether it holds a footnote only. */
  readonly muted: boolean;
  /** Why it stands out. */
  readonly mark: Mark | undefined;
  /** What a verdict claims of it. */
  readonly sign: Sign | undefined;
  /** Whether its row begins a new group. */
  readonly first: boolean;
  /** Whether its text may take several lines. */
  readonly wraps: boolean;
}

/** Without the indent a text touches the number in the column before it. */
const LEFT = { horizontal: "left", indent: 1 } as const;

type PartialStyle = Partial<Style>;

const INK = "FF1F2933";
const MUTED = "FF6B7280";
const LINE = "FFD9DEE4";
const GROUP_LINE = "FF8A94A0";
const FILLS = {
  best: "FFDDF3DF",
  wrong: "FFFADBD8",
  failed: "FFE7E7E7",
} as const satisfies Record<Mark, string>;
/** Blue and orange differ for the colour-blind too. */
const SIGN_INKS = { better: "FF1B5E91", worse: "FFA34700" } as const satisfies Record<Sign, string>;
const SIGN_FILLS = { better: "FFDCEAF6", worse: "FFFCE8D2" } as const satisfies Record<
  Sign,
  string
>;

/** The library looks a style up by identity, so cells that look alike share one object. */
const shared = new Map<string, PartialStyle>();

/** Style of a cell in a table. */
function styleOf(look: Look): PartialStyle {
  const key = JSON.stringify(Object.values(look).map((value) => value ?? null));
  const known = shared.get(key);
  if (known !== undefined) return known;
  const style = makeStyle(look);
  shared.set(key, style);
  return style;
}

function makeStyle(look: Look): PartialStyle {
  const { format, right, muted, mark, sign, first, wraps } = look;
  const ink = muted ? MUTED : sign === undefined ? INK : SIGN_INKS[sign];
  const fill = mark !== undefined ? FILLS[mark] : sign !== undefined ? SIGN_FILLS[sign] : undefined;
  return {
    numFmt: format,
    font: { ...BODY_FONT, bold: mark === "best", color: { argb: ink } },
    alignment: { vertical: "middle", ...(right ? { horizontal: "right" } : LEFT), wrapText: wraps },
    border: {
      ...(first ? { top: { style: "thin", color: { argb: GROUP_LINE } } } : {}),
      bottom: { style: "hair", color: { argb: LINE } },
    },
    ...(fill === undefined ? {} : { fill: solid(fill) }),
  };
}

function solid(argb: string): NonNullable<PartialStyle["fill"]> {
  return { type: "pattern", pattern: "solid", fgColor: { argb } };
}

const BODY_FONT = { name: "Arial", family: 2, size: 10 } as const;

/** Style of a heading of a column of words. */
export const HEADING: PartialStyle = {
  font: { ...BODY_FONT, size: 9, bold: true, color: { argb: INK } },
  alignment: { vertical: "middle", ...LEFT, wrapText: true },
  fill: solid("FFE6ECF2"),
  border: { bottom: { style: "thin", color: { argb: GROUP_LINE } } },
};

/** Style of a heading of a column of numbers. */
export const NUMBER_HEADING: PartialStyle = {
  ...HEADING,
  alignment: { vertical: "middle", horizontal: "center", wrapText: true },
};

/** Style of the sheet's title. */
export const TITLE: PartialStyle = {
  font: { ...BODY_FONT, size: 15, bold: true, color: { argb: INK } },
};

/** Style of the title of a table below another. */
export const SUBTITLE: PartialStyle = {
  font: { ...BODY_FONT, size: 12, bold: true, color: { argb: INK } },
};

/** Style of what a table is about. */
export const ABOUT: PartialStyle = {
  font: { ...BODY_FONT, color: { argb: INK } },
  alignment: { vertical: "top", horizontal: "left", wrapText: true },
};

/** Style of notes. */
export const NOTE: PartialStyle = {
  font: { ...BODY_FONT, size: 9, color: { argb: MUTED } },
  alignment: { vertical: "top", horizontal: "left", wrapText: true },
};
