/** The workbook: a sheet for each section of the report. */

import type { Result } from "../../measure/model/result.ts";
import type { RenderedFile } from "../format.ts";
import { plotsOf } from "../plots/mod.ts";
import { captionOf, type Plot } from "../plots/chart.ts";
import {
  SAMPLE_COLUMNS,
  samplePages,
  type SampleRange,
  samplesTable,
} from "../tables/samples_table.ts";
import type { Table } from "../tables/table.ts";
import { sections } from "../tables/tables.ts";
import {
  addSection,
  type Book,
  type BookFacts,
  createBook,
  type Draft,
  draftOf,
  finish,
  piecesOf,
  stretch,
} from "./book.ts";
import { fillCharts } from "./charts.ts";
import { foldColumns } from "./fold.ts";
import type { SheetRow } from "./rows.ts";
import { chartsOf, withoutCharts } from "./native_charts/mod.ts";
import { fillSheet, PRINTED_ROWS } from "./sheet.ts";
import { openingOf, sideBySide, summarySection } from "./summary.ts";

/** Sections that list all that was recorded. */
const LISTS = ["trials", "timeline", "warnings"];
/** Excel's limit of rows in a sheet, with room for the lines above the table. */
const MOST_SAMPLES = 1_048_000;

export async function render(result: Result): Promise<RenderedFile[]> {
  const written = await draft(result, plotsOf(result));
  return [{ path: "results.xlsx", content: piecesOf(written, startOf(result)) }];
}

/** Makes the `.xlsx` file of a run, with plots on its sheets. The same result gives the same bytes. */
export async function renderWorkbook(
  result: Result,
  plots: readonly Plot[] = plotsOf(result),
): Promise<Uint8Array> {
  return await finish(await draft(result, plots), startOf(result));
}

/** A separate function, so that all cells can leave the memory before the rows of samples are made. */
async function draft(result: Result, plots: readonly Plot[]): Promise<Draft> {
  const charts = chartsOf(result);
  const book = await createBook(factsOf(result), withoutCharts(plots, charts));
  const all = sections(result);
  for (const section of all) {
    if (section.id === "summary") {
      const options = { opening: openingOf(result), main: "figures" };
      addSection(book, summarySection(result), options);
    } else if (section.id === "field") {
      addSection(book, { ...section, title: "Side by side", tables: [sideBySide(result)] });
    } else {
      const isFolded = [...result.scenarios, { id: "verdicts" }].some(({ id }) =>
        id === section.id
      );
      const tables = isFolded ? section.tables.map(foldColumns) : section.tables;
      addSection(book, { ...section, tables }, { isList: LISTS.includes(section.id) });
    }
    if (section.id === "verdicts") {
      const sheet = book.addSheet("Charts");
      const captions = [captionOf(result)];
      book.charts.set(sheet.id, fillCharts(sheet, { ...book, charts, captions }, all));
    }
    if (section.id === "timeline") addSamples(book, result);
  }
  return await draftOf(book);
}

/** The sheets of single latencies. The library gets one row for each trial, as the pattern of the rows of its samples. */
function addSamples(book: Book, result: Result): void {
  for (const { table, ranges } of sampleSheets(result)) {
    const sheet = book.addSheet(table.title);
    const count = ranges.reduce((total, { from, to }) => total + to - from, 0);
    const note = count > PRINTED_ROWS
      ? `${table.note} In print: the first ${PRINTED_ROWS} rows.`
      : table.note!;
    fillSheet(sheet, { id: table.id, title: table.title, tables: [{ ...table, note }] });
    if (ranges.length > 0) {
      stretch(book, sheet, { count, printed: PRINTED_ROWS }, () => sampleRows(ranges));
    }
  }
}

/** The sheets of samples, at least one, with at most `size` samples each: the pattern with one row for each range. */
export function sampleSheets(
  result: Result,
  size: number = MOST_SAMPLES,
): { table: Table; ranges: SampleRange[] }[] {
  const pages = samplePages(result, size);
  return (pages.length === 0 ? [[]] : pages).map((ranges, index) => ({
    table: samplesTable(result, ranges, index + 1),
    ranges,
  }));
}

/** A row for each sample, like that of the pattern except for the last three cells. */
export function* sampleRows(ranges: readonly SampleRange[]): Generator<SheetRow> {
  const shared = Array<undefined>(SAMPLE_COLUMNS.length - 3).fill(undefined);
  for (const [look, { trial: { samples }, from, to }] of ranges.entries()) {
    for (let at = from; at < to; at++) {
      yield { look, values: [...shared, at + 1, samples.atMs[at]!, samples.latencyMs[at]!] };
    }
  }
}

function factsOf(result: Result): BookFacts {
  const date = startOf(result);
  return {
    title: `wsmark: WebSocket benchmark of ${date.toISOString().slice(0, 10)}`,
    subject: "Benchmark of WebSocket servers",
    keywords: ["WebSocket", "benchmark", ...result.servers.map(({ title }) => title)],
    date,
  };
}

function startOf({ startedAt }: Result): Date {
  const date = new Date(startedAt);
  return Number.isNaN(date.getTime()) ? new Date(0) : date;
}
