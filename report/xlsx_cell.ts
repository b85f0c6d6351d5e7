/**
 * A cell of a table as a cell of a sheet: a typed value with its number format and style.
 *
 * @module
 */

import type { Cell as SheetCell } from "exceljs";
import { decimalsIn } from "./number_format.ts";
import type { Cell, Column } from "./table.ts";
import { isNumeric, overflows } from "./xlsx_layout.ts";
import { styleOf } from "./xlsx_style.ts";

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
  return cellText(value);
}

function numberFormat(value: Typed, cell: Cell, { column, footnote }: Place): string {
  if (value instanceof Date) return "yyyy-mm-dd hh:mm:ss";
  // The text format keeps a text that looks like a formula a text when the reader edits it.
  if (typeof value === "string") return value.length <= LONGEST_TEXT_FORMATTED ? "@" : "General";
  if ((cell.kind ?? column.kind) === "identifier") return "0";
  const decimals = decimalsIn(cell, column);
  const digits = decimals === 0 ? "#,##0" : `#,##0.${"0".repeat(decimals)}`;
  // In the format a footnote leaves the cell a number.
  return footnote === undefined ? digits : `${digits}" [${footnote}]"`;
}

/** A text that a cell can hold; `_x0041_` would otherwise be read as the character that it encodes. */
export function cellText(text: string): string {
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_").slice(0, LONGEST_TEXT);
}
