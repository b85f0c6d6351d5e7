/** The workbook of a session at a prompt: its messages, its figures, the machine. */

import type { Worksheet } from "exceljs";
import { MOVING } from "../../measure/model/session_figures.ts";
import { latencyOf, type Session } from "../../measure/model/session.ts";
import { latencyListPlot } from "../plots/over_time.ts";
import type { Plot } from "../plots/chart.ts";
import { hardwareTable } from "../tables/run_tables.ts";
import {
  connectionTable,
  MESSAGE_COLUMNS,
  type MessageRow,
  messageRows,
  MESSAGES_NOTE,
  sessionTable,
} from "../tables/session_tables.ts";
import type { Row } from "../tables/table.ts";
import { formatNumber, oneLine } from "../summary/text.ts";
import { wrap } from "../summary/wrap.ts";
import {
  addPicturesOf,
  addSection,
  type Book,
  createBook,
  type Draft,
  draftOf,
  finish,
  stretch,
} from "./book.ts";
import { LINE_HEIGHT, overflows, type Widths } from "./layout.ts";
import { serialOf, type SheetRow } from "./rows.ts";
import { fillSheet } from "./sheet.ts";

/** Excel's limit of rows in a sheet, with room for the lines above the table. */
export const MOST_MESSAGES = 1_048_000;
const PRINTED = 1000;
/** The most lines of a message that a row shows; readers can make it higher. */
const MOST_LINES = 4;
/** How many characters are examined to find out how many lines a text has. */
const LOOKED_AT = 2000;
/** Lengths of texts that fit into one line of the widest column, that do not, and that need the general format. */
const LENGTHS = [60, 200, 300] as const;
const TIME = MESSAGE_COLUMNS.findIndex(({ kind }) => kind === "time");

/** Makes the `.xlsx` file of a session with its first {@linkcode MOST_MESSAGES} messages, and plots in the summary. */
export async function renderSession(
  session: Session,
  plots: readonly Plot[] = plotsOf(session),
): Promise<Uint8Array> {
  return await finish(await draft(session, plots), new Date(session.startedAt));
}

/** A separate function, so that all cells can leave the memory before the rows of messages are made. */
async function draft(session: Session, plots: readonly Plot[]): Promise<Draft> {
  const date = new Date(session.startedAt);
  const book = await createBook({
    title: `wsmark: session with ${oneLine(session.url)} on ${date.toISOString().slice(0, 10)}`,
    subject: "Messages to a WebSocket server and their replies",
    keywords: ["WebSocket", session.client],
    date,
  }, plots);
  addMessages(book, session);
  const summary = {
    id: "summary",
    title: "Summary",
    tables: [sessionTable(session), connectionTable(session)],
  };
  addPicturesOf(book, summary, addSection(book, summary));
  const hardware = hardwareTable(session);
  addSection(book, { id: "hardware", title: "Hardware", tables: [hardware] });
  return await draftOf(book);
}

function addMessages(book: Book, session: Session): void {
  const sheet: Worksheet = book.addSheet("Messages");
  const rows = Math.min(MOST_MESSAGES, session.exchanges.length);
  const shown = { ...session, exchanges: session.exchanges.slice(0, rows) };
  const left = session.exchanges.length - rows;
  const note = [
    MESSAGES_NOTE,
    ...(left > 0 ? [`${formatNumber(left, 0)} further messages did not fit.`] : []),
    ...(rows > PRINTED ? [`In print: the first ${formatNumber(PRINTED, 0)} rows.`] : []),
  ].join(" ");
  const { widths } = fillSheet(sheet, {
    id: "messages",
    title: "Messages",
    tables: [{
      id: "messages",
      title: "Messages",
      note,
      columns: MESSAGE_COLUMNS,
      keyColumns: 1,
      rows: patternOf(messageRows(shown)),
      empty: "",
    }],
  });
  alignTop(sheet, LENGTHS.length);
  stretch(book, sheet, { count: rows, printed: PRINTED }, () => sheetRows(shown, widths));
}

/** Aligns the last rows at the top: a message with more lines than its row shows must show the first ones. */
function alignTop(sheet: Worksheet, count: number): void {
  for (let row = sheet.rowCount - count + 1; row <= sheet.rowCount; row++) {
    sheet.getRow(row).eachCell({ includeEmpty: true }, (cell) => {
      cell.style = { ...cell.style, alignment: { ...cell.style.alignment, vertical: "top" } };
    });
  }
}

/** A row for each of {@linkcode LENGTHS}, with the longest text and the largest number of each column. */
function patternOf(rows: Iterable<MessageRow>): Row[] {
  const longest: number[] = MESSAGE_COLUMNS.map(() => 0);
  const largest: number[] = MESSAGE_COLUMNS.map(() => 0);
  for (const row of rows) {
    row.forEach((value, column) => {
      if (typeof value === "number") largest[column] = Math.max(largest[column]!, value);
      else if (value !== null) longest[column] = Math.max(longest[column]!, lengthOf(value));
    });
  }
  return LENGTHS.map((most) =>
    MESSAGE_COLUMNS.map(({ kind }, column) => {
      if (kind === "time") return { value: new Date(largest[column]!).toISOString() };
      if (kind !== "text") return { value: largest[column]! };
      // The column must not be wider than its longest text.
      return { value: "x".repeat(Math.min(most, longest[column]!)) };
    })
  );
}

/** A text of several lines is shown like one that is too long. */
function lengthOf(text: string): number {
  return text.includes("\n") ? Infinity : text.length;
}

function* sheetRows(session: Session, widths: Widths): Generator<SheetRow> {
  for (const row of messageRows(session)) {
    let lines = 1;
    const look = row.map((value, column) => {
      if (typeof value !== "string") return 0;
      const found = lookOf(value, widths[column]!);
      if (found > 0) lines = Math.max(lines, linesOf(value, widths[column]!));
      return found;
    });
    const values = row.with(TIME, serialOf(row[TIME] as number));
    yield { values, look, height: LINE_HEIGHT * lines + 2 };
  }
}

/** The index of the row of the pattern that a text must look like. */
function lookOf(text: string, width: number): number {
  if (text.length > 255) return 2;
  return text.includes("\n") || overflows(text, width) ? 1 : 0;
}

function linesOf(text: string, width: number): number {
  const lines = text.slice(0, LOOKED_AT).split("\n")
    .reduce((total, line) => total + wrap(line, Math.max(1, width - 3)).length, 0);
  return Math.min(MOST_LINES, lines);
}

/** The latencies in their order, if there are at least two. */
function plotsOf(session: Session): Plot[] {
  const values = session.exchanges.map(latencyOf).filter((value) => value !== undefined);
  if (values.length < 2) return [];
  return [
    latencyListPlot([{ name: session.client, values }], {
      heading: "Latency (ms)",
      source: `${session.library}, ${session.url}, ${session.startedAt.slice(0, 10)}`,
    }, MOVING),
  ];
}
