/**
 * The workbook: a sheet for each section of the report.
 *
 * @module
 */

import type { Result } from "../../measure/model/result.ts";
import type { RenderedFile } from "../mod.ts";
import { plotsOf } from "../plots/mod.ts";
import type { Plot } from "../plots/types.ts";
import type { Section } from "../tables/table.ts";
import { sections } from "../tables/tables.ts";
import {
  addSection,
  type Book,
  type BookFacts,
  createBook,
  type Draft,
  draftOf,
  finish,
  stretch,
} from "./book.ts";
import { fillCharts } from "./charts.ts";
import { expand, type SampleSheet, sampleSheets, samplesIn } from "./samples.ts";
import { fillSheet } from "./sheet.ts";
import { withSigns } from "./signs.ts";

/** Rows of samples that are printed. */
const PRINTED = 100;

/** The file of the workbook. */
export async function render(result: Result): Promise<RenderedFile[]> {
  return [{ path: "results.xlsx", content: await renderWorkbook(result) }];
}

/**
 * Makes the workbook of a run. The same result gives the same bytes.
 *
 * @param result the run
 * @param plots what is to be seen on its sheets
 * @returns the bytes of an `.xlsx` file
 */
export async function renderWorkbook(
  result: Result,
  plots: readonly Plot[] = plotsOf(result),
): Promise<Uint8Array> {
  return await finish(await draft(result, plots), startOf(result));
}

/** By itself, so that all cells can leave the memory before the rows of samples come. */
async function draft(result: Result, plots: readonly Plot[]): Promise<Draft> {
  const book = await createBook(factsOf(result), plots);
  const all = sections(result);
  for (const section of all) {
    addSection(book, withSigns(result, section));
    if (section.id === "verdicts") addCharts(book, all);
    if (section.id === "timeline") {
      for (const samples of sampleSheets(result)) addSamples(book, samples);
    }
  }
  return await draftOf(book);
}

function addCharts({ addSheet, pictures }: Book, all: readonly Section[]): void {
  fillCharts(addSheet("Charts"), pictures, all);
}

function addSamples(book: Book, { table, ranges }: SampleSheet): void {
  const sheet = book.addSheet(table.title);
  const rows = samplesIn(ranges);
  const note = rows > PRINTED ? `${table.note} In print: the first ${PRINTED} rows.` : table.note!;
  fillSheet(sheet, { id: table.id, title: table.title, tables: [{ ...table, note }] });
  if (ranges.length === 0) return;
  stretch(
    book,
    sheet,
    { rows, printed: PRINTED },
    (pattern, headerRow) => expand(pattern, headerRow, ranges),
  );
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
