/** Figures that can be seen without reading them: wrong replies as bars. */

import type { ConditionalFormattingRule, Worksheet } from "exceljs";
import { WRONG_COLUMNS } from "../summary/standings.ts";
import type { Table } from "../tables/table.ts";

const BAR = "FFE5988E";

/** The library's type has no colour, but a bar without one is not drawn. */
type Bar = ConditionalFormattingRule & { readonly color: { readonly argb: string } };

const COUNT: Bar = {
  type: "dataBar",
  priority: 1,
  gradient: true,
  // A bar begins at zero, not at the lowest count.
  cfvo: [{ type: "num", value: 0 }, { type: "max" }],
  color: { argb: BAR },
};

/** For each column of a table the bars in it; undefined for most. */
function rulesOf({ columns, rows }: Table): (Bar | undefined)[] {
  return columns.map((column, index) => {
    if (!WRONG_COLUMNS.includes(column)) return undefined;
    return rows.some((row) => Number(row[index]?.value ?? 0) > 0) ? COUNT : undefined;
  });
}

/** Draws bars in columns of a table, below the row of headings in as many rows as were written. */
export function addScales(
  sheet: Worksheet,
  table: Table,
  headerRow: number,
  rows: number = table.rows.length,
): void {
  rulesOf(table).forEach((rule, index) => {
    if (rule === undefined) return;
    const { letter } = sheet.getColumn(index + 1);
    const ref = `${letter}${headerRow + 1}:${letter}${headerRow + rows}`;
    sheet.addConditionalFormatting({ ref, rules: [rule] });
  });
}

/** What the bars mean; empty if the table has none. */
export function scalesLegend(table: Table): string[] {
  const hasBars = rulesOf(table).some((rule) => rule !== undefined);
  return hasBars ? ["Bars: wrong replies, as long as there are many."] : [];
}
