/** References of a chart to the cells of its sheet. */

import { escapeMarkup } from "../../summary/text.ts";
import { cellText } from "../cell.ts";
import type { CellColumn, ChartCells } from "./cells.ts";
import type { ChartRow } from "./chart.ts";
import { tag, val } from "./xml.ts";

/** Rows of a chart that are drawn as one series. */
export interface Series {
  readonly from: number;
  readonly rows: readonly ChartRow[];
}

/** The cells of a column that belong to a series. */
export function refer(cells: ChartCells, column: CellColumn, { from, rows }: Series): string {
  return cells.refer(column, from, from + rows.length);
}

/** Numbers in cells, with what they are: programs that do not read cells show these. */
export function numberRef(
  cells: ChartCells,
  column: Exclude<CellColumn, "group">,
  series: Series,
): string {
  const numbers = series.rows.map(({ place, value, error }) =>
    ({ place: Number(place), value, minus: error?.minus ?? null, plus: error?.plus ?? null })[
      column
    ]
  );
  return tag(
    "c:numRef",
    {},
    tag("c:f", {}, escapeMarkup(refer(cells, column, series))),
    tag(
      "c:numCache",
      {},
      tag("c:formatCode", {}, "General"),
      val("c:ptCount", numbers.length),
      numbers.flatMap((number, idx) =>
        number === null ? [] : tag("c:pt", { idx }, tag("c:v", {}, String(number)))
      ),
    ),
  );
}

/** Texts in cells, with what they are. */
export function stringRef(reference: string, texts: readonly (string | number)[]): string {
  return tag(
    "c:strRef",
    {},
    tag("c:f", {}, escapeMarkup(reference)),
    tag("c:strCache", {}, val("c:ptCount", texts.length), points(texts)),
  );
}

function points(texts: readonly (string | number)[]): string[] {
  return texts.flatMap((text, idx) =>
    text === "" ? [] : tag("c:pt", { idx }, tag("c:v", {}, escapeMarkup(cellText(String(text)))))
  );
}
