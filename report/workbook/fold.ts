/** Columns that say the same in every row are a sentence above the table: what differs then has room on a page. */

import { formatCell, heading, type Table } from "../tables/table.ts";

/** The table without the columns that have the same content in all rows, of which there are at least two. */
export function foldColumns(table: Table): Table {
  const { columns, rows, keyColumns, note } = table;
  const [first] = rows;
  if (first === undefined || rows.length < 2) return table;
  const isSame = columns.map((_, index) =>
    index >= keyColumns && JSON.stringify(first[index]) !== JSON.stringify({ value: null }) &&
    rows.every((row) => JSON.stringify(row[index]) === JSON.stringify(first[index]))
  );
  const folded = columns.flatMap((column, index) =>
    isSame[index] ? [`${heading(column)} ${formatCell(first[index]!, column)}`] : []
  );
  if (folded.length === 0) return table;
  const isKept = (_: unknown, index: number): boolean => !isSame[index];
  return {
    ...table,
    note: [...(note === undefined ? [] : [note]), `In every row: ${folded.join(", ")}.`].join(" "),
    columns: columns.filter(isKept),
    rows: rows.map((row) => row.filter(isKept)),
  };
}
