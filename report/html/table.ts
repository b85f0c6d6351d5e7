/** A table of the report as a table of a page. */

import { SIGNS } from "../summary/lines.ts";
import {
  type Cell,
  type Column,
  type Footnotes,
  footnotesOf,
  formatCell,
  heading,
  isNumeric,
  type Mark,
  type Row,
  type Table,
} from "../tables/table.ts";
import { formatNumber } from "../summary/text.ts";
import { anchor, type Content, type Markup, markup } from "./markup.ts";

export interface TableOptions {
  /** The most rows to show; absent: all. */
  readonly most?: number;
  /** Where the other rows are, as a phrase; needed with `most`. */
  readonly rest?: string;
  /** Whether its title is shown; otherwise only screen readers have it. */
  readonly isTitled?: boolean;
}

const SPOKEN = { best: "best", wrong: "wrong replies", failed: "failed" } as const satisfies Record<
  Mark,
  string
>;

/** Texts beyond these lengths need a wide or a very wide column. */
const LONG = 24;
const LONGER = 60;
/** A heading beyond this length would take many lines in a narrow column. */
const LONG_HEADING = 20;

/** The sign of a mark, with its meaning for screen readers. */
export function sign(mark: Mark | undefined): Content {
  return mark !== undefined &&
    markup`<span class="sign" aria-hidden="true">${SIGNS[mark]}</span> <span class="unseen">${
      SPOKEN[mark]
    }: </span>`;
}

/** The reference to a note below a table. */
export function reference(number: number | undefined): Content {
  return number !== undefined && markup`<sup class="note">[${number}]</sup>`;
}

export function notes({ notes }: Pick<Footnotes, "notes">): Content {
  return notes.length > 0 &&
    markup`<ol class="notes">${notes.map((note) => markup`<li>${note}</li>`)}</ol>`;
}

/** A box that scrolls if its content is too wide for the page. */
export function scrolled(label: string, content: Content): Markup {
  return markup`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${content}</div>`;
}

export function tableMarkup(table: Table, options: TableOptions = {}): Markup {
  const { most = Infinity, rest = "", isTitled = false } = options;
  const { columns, rows, title, note, empty } = table;
  if (rows.length === 0) return markup`<p class="muted">${empty}</p>`;
  const shown = rows.slice(0, most);
  const footnotes = footnotesOf(shown);
  const hidden = rows.length - shown.length;
  return markup`<div class="table" id="${anchor("table", table.id)}">${
    scrolled(
      title,
      markup`<table>
<caption${!isTitled && markup` class="unseen"`}>${title}</caption>
<thead><tr>${
        columns.map((column, index) => headCell(column, index === table.keyColumns - 1))
      }</tr></thead>
<tbody>
${shown.map((_, place) => rowMarkup(table, shown, place, footnotes))}</tbody>
</table>`,
    )
  }
${note !== undefined && markup`<p class="muted">${note}</p>`}${bestLegend(table, shown)}${
    notes(footnotes)
  }${
    hidden > 0 &&
    markup`<p class="muted">The first ${shown.length} of ${
      formatNumber(rows.length, 0)
    } rows; the rest is in ${rest}.</p>`
  }</div>`;
}

function bestLegend({ bestNote }: Table, rows: readonly Row[]): Content {
  const hasBest = rows.some((row) => row.some(({ mark }) => mark === "best"));
  return hasBest &&
    markup`<p class="muted">${SIGNS.best} best${bestNote !== undefined && `; ${bestNote}`}.</p>`;
}

function headCell(column: Column, isKey: boolean): Markup {
  const text = heading(column);
  const named = classOf(
    isNumeric(column) && "number",
    isKey && "key",
    text.length > LONG_HEADING && "long",
  );
  return markup`<th scope="col"${named}>${text}</th>`;
}

function widthOf({ value }: Cell): string | false {
  if (typeof value !== "string" || value.length <= LONG) return false;
  return value.length > LONGER ? "prose" : "phrase";
}

function classOf(...names: readonly (string | false | undefined)[]): Content {
  const classes = names.filter(Boolean);
  return classes.length > 0 && markup` class="${classes.join(" ")}"`;
}

function rowMarkup(
  { columns, keyColumns }: Table,
  rows: readonly Row[],
  place: number,
  footnotes: Footnotes,
): Markup {
  const isFirst = place > 0 && keyColumns > 1 && !isRepeated(rows, place, 0);
  return markup`<tr${isFirst && markup` class="first"`}>${
    rows[place]!.map((cell, index) => {
      const column = columns[index]!;
      const text = cellContent(cell, column, footnotes);
      const named = classOf(
        isNumeric(column) && "number",
        cell.mark,
        (cell.kind ?? column.kind) === "time" && "time",
        index === keyColumns - 1 && "key",
        widthOf(cell),
      );
      if (index >= keyColumns) return markup`<td${named}>${text}</td>`;
      if (index === keyColumns - 1) return markup`<th scope="row"${named}>${text}</th>`;
      if (isRepeated(rows, place, index)) return "";
      return markup`<th scope="rowgroup" rowspan="${
        span(rows, place, index)
      }"${named}>${text}</th>`;
    })
  }</tr>
`;
}

/** Whether a row has the same values as the one before it, up to a column. */
function isRepeated(rows: readonly Row[], place: number, last: number): boolean {
  const before = rows[place - 1];
  return before !== undefined &&
    rows[place]!.slice(0, last + 1).every(({ value }, index) => value === before[index]!.value);
}

/** How many rows, from this one on, have the same values up to a column. */
function span(rows: readonly Row[], place: number, last: number): number {
  let end = place + 1;
  while (end < rows.length && isRepeated(rows, end, last)) end++;
  return end - place;
}

function cellContent(cell: Cell, column: Column, footnotes: Footnotes): Content {
  const number = footnotes.numberOf(cell);
  const text = formatCell(cell, column);
  return [sign(cell.mark), text === "" && number !== undefined ? "–" : text, reference(number)];
}
