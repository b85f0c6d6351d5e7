/** A table of the report as a table of a page: its rows in groups, each tagged with its server. */

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
import type { Result } from "../../measure/model/result.ts";
import { formatNumber, oneLine } from "../summary/text.ts";
import { anchor, type Content, type Markup, markup } from "./markup.ts";

/** Places of the servers in the result, by title: what `data-server` says. */
export type ServerPlaces = ReadonlyMap<string, number>;

/** The places of the servers of a run; titles that two of them share are left out. */
export function serverPlaces({ servers }: Pick<Result, "servers">): ServerPlaces {
  const titles = servers.map(({ title }) => oneLine(title));
  const isUnique = (title: string): boolean => titles.indexOf(title) === titles.lastIndexOf(title);
  return new Map(
    titles.map((title, place) => [title, place] as const)
      .filter(([title]) => isUnique(title)),
  );
}

/** The attribute by which whatever belongs to a server is hidden with it. */
export function ofServer(place: number | undefined): Content {
  return place !== undefined && markup` data-server="${place}"`;
}

/** The attribute by which whatever belongs to a scenario is hidden with it. */
export function ofScenario(title: string): Content {
  return markup` data-scenario="${oneLine(title)}"`;
}

export interface TableOptions {
  /** The most rows to show; absent: all. */
  readonly most?: number;
  /** Where the other rows are, as a phrase; needed with `most`. */
  readonly rest?: string;
  /** Whether its title is shown; otherwise only screen readers have it. */
  readonly isTitled?: boolean;
  /** The servers that its rows may be about; absent: they are about none. */
  readonly servers?: ServerPlaces;
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

/**
 * Rows whose first keys are the same stand under a common heading, unless most of them would have one of their own: so
 * that they can be sorted and hidden one by one.
 */
export function tableMarkup(table: Table, options: TableOptions = {}): Markup {
  const { most = Infinity, rest = "", isTitled = false, servers } = options;
  const { columns, rows, title, note, empty, keyColumns } = table;
  if (rows.length === 0) return markup`<p class="muted">${empty}</p>`;
  const shown = rows.slice(0, most);
  const footnotes = footnotesOf(shown);
  const hidden = rows.length - shown.length;
  const groups = grouped(shown, keyColumns - 1);
  const isGrouped = keyColumns > 1 && groups.length * 3 <= shown.length * 2;
  const scenario = columns.findIndex(({ title }) => title === "Scenario");
  // Within a scenario the servers of a case are sorted; several scenarios are sorted as a whole.
  const isMixed = isGrouped && scenario >= 0 && scenario < keyColumns - 1;
  const layout: Layout = {
    columns,
    keys: isGrouped ? keyColumns - 1 : 0,
    key: keyColumns - 1,
    server: columns.findIndex(({ title }) => title === "Server"),
    scenario,
    servers,
    footnotes,
  };
  return markup`<div class="table" id="${anchor("table", table.id)}">${
    scrolled(
      title,
      markup`<table class="figures"${isMixed && markup` data-sort="whole"`}>
<caption${!isTitled && markup` class="unseen"`}>${title}</caption>
<thead><tr>${
        columns.slice(layout.keys).map((column, index) =>
          headCell(column, index + layout.keys === layout.key)
        )
      }</tr></thead>
${
        isGrouped
          ? groups.map((group) => groupMarkup(group, layout))
          : markup`<tbody>\n${shown.map((row) => rowMarkup(row, layout))}</tbody>\n`
      }</table>`,
    )
  }
${note !== undefined && markup`<p class="muted">${note}</p>`}${notes(footnotes)}${
    hidden > 0 &&
    markup`<p class="muted">The first ${shown.length} of ${
      formatNumber(rows.length, 0)
    } rows; the rest is in ${rest}.</p>`
  }</div>`;
}

/** What the rows of a table have in common. */
interface Layout {
  readonly columns: readonly Column[];
  /** How many of the first columns are in the headings of groups. */
  readonly keys: number;
  /** The column that names the row. */
  readonly key: number;
  /** The columns of the server and of the scenario; -1 if there is none. */
  readonly server: number;
  readonly scenario: number;
  readonly servers: ServerPlaces | undefined;
  readonly footnotes: Footnotes;
}

/** Divides rows where one of their first columns changes. */
function grouped(rows: readonly Row[], keys: number): Row[][] {
  const groups: Row[][] = [];
  for (const row of rows) {
    const before = groups.at(-1)?.[0];
    const isSame = before !== undefined &&
      row.slice(0, keys).every(({ value }, index) => value === before[index]!.value);
    if (isSame) groups.at(-1)!.push(row);
    else groups.push([row]);
  }
  return groups;
}

function groupMarkup(rows: readonly Row[], layout: Layout): Markup {
  const { columns, keys, footnotes } = layout;
  const [first] = rows as [Row];
  const name = first.slice(0, keys).map((cell, index) => [
    index > 0 && cell.value !== null && ", ",
    cellContent(cell, columns[index]!, footnotes),
  ]);
  return markup`<tbody>
<tr class="group"${scenarioIn(first, layout)}><th scope="rowgroup" colspan="${
    columns.length - keys
  }"><div>${name}</div></th></tr>
${rows.map((row) => rowMarkup(row, layout))}</tbody>
`;
}

function scenarioIn(row: Row, { scenario }: Layout): Content {
  const title = row[scenario]?.value;
  return typeof title === "string" && ofScenario(title);
}

function headCell(column: Column, isKey: boolean): Markup {
  const text = heading(column);
  const named = classOf(
    !isNumeric(column) && "text",
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

function rowMarkup(row: Row, layout: Layout): Markup {
  const { columns, keys, key, server, servers, footnotes } = layout;
  const place = servers?.get(String(row[server]?.value));
  return markup`<tr${ofServer(place)}${scenarioIn(row, layout)}>${
    row.slice(keys).map((cell, at) => {
      const index = at + keys;
      const column = columns[index]!;
      const text = cellContent(cell, column, footnotes);
      const named = classOf(
        !isNumeric(column) && "text",
        cell.mark,
        (cell.kind ?? column.kind) === "time" && "time",
        index === key && "key",
        widthOf(cell),
      );
      return index === key
        ? markup`<th scope="row"${named}>${text}</th>`
        : markup`<td${named}>${text}</td>`;
    })
  }</tr>
`;
}

function cellContent(cell: Cell, column: Column, footnotes: Footnotes): Content {
  const number = footnotes.numberOf(cell);
  const text = formatCell(cell, column);
  return [sign(cell.mark), text === "" && number !== undefined ? "–" : text, reference(number)];
}
