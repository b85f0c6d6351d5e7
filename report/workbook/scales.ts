/** Figures that can be seen without reading them: ratios as colours, wrong replies as bars. */

import type { ConditionalFormattingRule, Worksheet } from "exceljs";
import { WRONG_COLUMNS } from "../summary/standings.ts";
import type { Table } from "../tables/table.ts";

/** Neither means better: whether a lower or a higher ratio is better depends on its metric. */
const LOWER = "FF8DB8DA";
const EVEN = "FFFFFFFF";
const HIGHER = "FFF2B880";
const BAR = "FFE5988E";

/** Full colours are at half and at double. */
const RATIO: ConditionalFormattingRule = {
  type: "colorScale",
  priority: 1,
  cfvo: [{ type: "num", value: 0.5 }, { type: "num", value: 1 }, { type: "num", value: 2 }],
  color: [{ argb: LOWER }, { argb: EVEN }, { argb: HIGHER }],
};

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

/** For each column of a table the rule that colours it; undefined for most. */
function rulesOf({ id, columns, rows }: Table): (ConditionalFormattingRule | undefined)[] {
  return columns.map((column, index) => {
    if (id === "verdicts" && /^(CPU r|R)atio$/.test(column.title)) return RATIO;
    if (!WRONG_COLUMNS.includes(column)) return undefined;
    return rows.some((row) => Number(row[index]?.value ?? 0) > 0) ? COUNT : undefined;
  });
}

/** Colours the columns of a table, below the row of headings in as many rows as were written. */
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

const RATIO_LEGEND =
  "Ratios: blue below 1, orange above 1, whichever is better; full colour at half and at double.";
const COUNT_LEGEND = "Bars: wrong replies, as long as there are many.";

/** What the colours mean, a sentence for each kind in the table. */
export function scalesLegend(table: Table): string[] {
  const rules = new Set(rulesOf(table));
  return [
    ...(rules.has(RATIO) ? [RATIO_LEGEND] : []),
    ...(rules.has(COUNT) ? [COUNT_LEGEND] : []),
  ];
}
