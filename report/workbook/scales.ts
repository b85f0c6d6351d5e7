/** Figures that are seen before they are read: ratios by colour, wrong replies by bars. */

import type { ConditionalFormattingRule, Worksheet } from "exceljs";
import { WRONG_COLUMNS } from "../summary/standings.ts";
import type { Column, Table } from "../tables/table.ts";

/** Neither says better: which way of a ratio is better depends on its metric. */
const LOWER = "FF8DB8DA";
const EVEN = "FFFFFFFF";
const HIGHER = "FFF2B880";
const BAR = "FFE5988E";

/** The colours are full at half and at double. */
const RATIO: ConditionalFormattingRule = {
  type: "colorScale",
  priority: 1,
  cfvo: [{ type: "num", value: 0.5 }, { type: "num", value: 1 }, { type: "num", value: 2 }],
  color: [{ argb: LOWER }, { argb: EVEN }, { argb: HIGHER }],
};

/** What the library's type does not know: a bar without its colour is not drawn. */
type Bar = ConditionalFormattingRule & { readonly color: { readonly argb: string } };

const COUNT: Bar = {
  type: "dataBar",
  priority: 1,
  gradient: true,
  // A bar begins at zero, not at the lowest count.
  cfvo: [{ type: "num", value: 0 }, { type: "max" }],
  color: { argb: BAR },
};

/** What a column is coloured by; undefined for most. */
function ruleOf(
  table: Table,
  column: Column,
  index: number,
): ConditionalFormattingRule | undefined {
  if (table.id === "verdicts" && /^(CPU r|R)atio$/.test(column.title)) return RATIO;
  if (!WRONG_COLUMNS.includes(column)) return undefined;
  return table.rows.some((row) => Number(row[index]?.value ?? 0) > 0) ? COUNT : undefined;
}

/**
 * Colours the columns of a table that it helps.
 *
 * @param sheet where the table is
 * @param table the table
 * @param headerRow number of the row of its headings
 * @param rows rows of it that were written
 */
export function addScales(
  sheet: Worksheet,
  table: Table,
  headerRow: number,
  rows: number = table.rows.length,
): void {
  table.columns.forEach((column, index) => {
    const rule = ruleOf(table, column, index);
    if (rule === undefined) return;
    const { letter } = sheet.getColumn(index + 1);
    const ref = `${letter}${headerRow + 1}:${letter}${headerRow + rows}`;
    sheet.addConditionalFormatting({ ref, rules: [rule] });
  });
}

/** What the colours mean, a sentence for each kind that the table has. */
export function scalesLegend(table: Table): string[] {
  const rules = new Set(table.columns.map((column, index) => ruleOf(table, column, index)));
  return [
    ...(rules.has(RATIO)
      ? [
        "Ratios: blue below 1, orange above 1, whichever is better; full colour at half and at double.",
      ]
      : []),
    ...(rules.has(COUNT) ? ["Bars: wrong replies, as long as there are many."] : []),
  ];
}
