/** A cell of a table as a cell of a sheet: a typed value with its number format and style; and all other styles. */

import type { Cell as SheetCell, Style } from "exceljs";
import {
  type Cell,
  type Column,
  decimalsIn,
  isNumeric,
  LEAST_PROBABILITY,
  type Mark,
  type Sign,
} from "../tables/table.ts";
import { overflows, signedText, SIGNS } from "./layout.ts";

/** The most characters in a cell. */
const LONGEST_TEXT = 32_767;
/** Excel shows a longer text in the text format as `####`. */
const LONGEST_TEXT_FORMATTED = 255;

type Typed = string | number | Date | null;

/** Where a cell is. */
export interface Place {
  readonly column: Column;
  /** Width of the column, in digits. */
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

/** The value in a type that a spreadsheet can calculate with; text is never read as a formula. */
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
  // In the text format, a text that looks like a formula stays a text when the reader edits it.
  if (typeof value === "string") return value.length <= LONGEST_TEXT_FORMATTED ? "@" : "General";
  if ((cell.kind ?? column.kind) === "identifier") return "0";
  const decimals = decimalsIn(cell, column);
  const digits = decimals === 0 ? "#,##0" : `#,##0.${"0".repeat(decimals)}`;
  const { sign } = cell;
  if ((cell.kind ?? column.kind) === "probability") {
    return `[<${LEAST_PROBABILITY}]"<${LEAST_PROBABILITY}";${digits}`;
  }
  // The cell stays a number, because sign and footnote are in the format.
  return [
    sign === undefined ? "" : `"${SIGNS[sign]} "`,
    digits,
    footnote === undefined ? "" : `" [${footnote}]"`,
  ].join("");
}

/** Characters that XML forbids: with one of them no program opens the workbook. */
// deno-lint-ignore no-control-regex -- control characters are what it must find
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** A text that a cell can hold; `_x0041_` would be read as the character that it encodes. */
export function cellText(text: string): string {
  const plain = text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_").slice(0, LONGEST_TEXT);
  // Last, because the cut may split a surrogate pair.
  return plain.toWellFormed().replace(FORBIDDEN, " ");
}

/** Everything that the style of a cell depends on. */
interface Look {
  readonly format: string;
  /** Whether it is aligned right, as numbers are. */
  readonly right: boolean;
  /** Whether it has only a footnote. */
  readonly muted: boolean;
  readonly mark: Mark | undefined;
  readonly sign: Sign | undefined;
  readonly first: boolean;
  /** Whether its text may take several lines. */
  readonly wraps: boolean;
}

/** Without the indent a text would touch the number in the column before it. */
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
/** Colour-blind readers, too, can tell blue and orange apart. */
const SIGN_INKS = { better: "FF1B5E91", worse: "FFA34700" } as const satisfies Record<Sign, string>;
const SIGN_FILLS = { better: "FFDCEAF6", worse: "FFFCE8D2" } as const satisfies Record<
  Sign,
  string
>;

/** The library looks styles up by identity, so equal cells share one object. */
const shared = new Map<string, PartialStyle>();

function styleOf(look: Look): PartialStyle {
  const key = JSON.stringify(Object.values(look).map((value) => value ?? null));
  const style = shared.get(key) ?? makeStyle(look);
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

export const HEADING: PartialStyle = {
  font: { ...BODY_FONT, size: 9, bold: true, color: { argb: INK } },
  alignment: { vertical: "middle", ...LEFT, wrapText: true },
  fill: solid("FFE6ECF2"),
  border: { bottom: { style: "thin", color: { argb: GROUP_LINE } } },
};

export const NUMBER_HEADING: PartialStyle = {
  ...HEADING,
  alignment: { vertical: "middle", horizontal: "center", wrapText: true },
};

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

/** Style of a sentence that everybody must read. */
export const ANSWER: PartialStyle = {
  font: { ...BODY_FONT, size: 12, color: { argb: INK } },
  alignment: { vertical: "middle", horizontal: "left", wrapText: true },
};

/** Fills and inks of what is good, doubtful or bad; each text has a contrast of more than 4.5:1. */
const TONES = {
  green: { fill: "FFD5F0D8", ink: "FF0F5323" },
  amber: { fill: "FFFFE7B3", ink: "FF6B4200" },
  red: { fill: "FFFBD9D5", ink: "FF8E1408" },
} as const;

/** A style in the colours of a tone. */
export function toned(style: PartialStyle, tone: keyof typeof TONES): PartialStyle {
  const { fill, ink } = TONES[tone];
  return { ...style, font: { ...style.font, bold: true, color: { argb: ink } }, fill: solid(fill) };
}

/** Style of a text in a table that is not one of the model's. */
export const TEXT_CELL: PartialStyle = {
  font: { ...BODY_FONT, color: { argb: INK } },
  alignment: { vertical: "middle", ...LEFT, wrapText: true },
  border: { bottom: { style: "hair", color: { argb: LINE } } },
};

export const NOTE: PartialStyle = {
  font: { ...BODY_FONT, size: 9, color: { argb: MUTED } },
  alignment: { vertical: "top", horizontal: "left", wrapText: true },
};
