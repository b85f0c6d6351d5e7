/**
 * The sheets of single latencies. The library keeps every cell in memory, so it is given one row for each trial, and
 * the sheet that it makes of them is the pattern: each of its rows is written again for every sample of the trial,
 * with the same styles and texts. The rows are compressed while they are made and never exist together.
 *
 * @module
 */

import type { LatencySamples, Result } from "../../measure/model/result.ts";
import {
  SAMPLE_COLUMNS,
  samplePages,
  type SampleRange,
  samplesTable,
} from "../tables/samples_table.ts";
import type { Table } from "../tables/table.ts";

/** Excel's limit of rows in a sheet, with room for the lines above the table. */
const MOST_SAMPLES = 1_048_000;
/** How many of the columns are the same in all samples of a trial. */
const SHARED_COLUMNS = SAMPLE_COLUMNS.length - 3;

/** A sheet of samples. */
export interface SampleSheet {
  /** The table of the pattern: one row for each range. */
  readonly table: Table;
  /** What its rows stand for. */
  readonly ranges: readonly SampleRange[];
}

/**
 * The sheets of a run; there is always one.
 *
 * @param result the run
 * @param size the most samples of a sheet
 */
export function sampleSheets(result: Result, size: number = MOST_SAMPLES): SampleSheet[] {
  const pages = samplePages(result, size);
  return (pages.length === 0 ? [[]] : pages).map((ranges, index) => ({
    table: samplesTable(result, ranges, index + 1),
    ranges,
  }));
}

/** Samples of some ranges. */
export function samplesIn(ranges: readonly SampleRange[]): number {
  return ranges.reduce((total, { from, to }) => total + to - from, 0);
}

/**
 * Makes the XML of a sheet out of its pattern.
 *
 * @param pattern XML of a sheet whose last rows are one for each range, as the library writes it
 * @param headerRow number of the row before those
 * @param ranges what the rows stand for
 * @returns the XML in pieces
 * @throws {SyntaxError} when the pattern has no such rows
 */
export function* expand(
  pattern: string,
  headerRow: number,
  ranges: readonly SampleRange[],
): Generator<string> {
  const start = pattern.indexOf(`<row r="${headerRow + 1}"`);
  const end = pattern.indexOf("</sheetData>");
  const rows = start < 0 ? [] : pattern.slice(start, end).split(/(?<=<\/row>)/);
  if (rows.length !== ranges.length) {
    throw new SyntaxError(
      `Cannot make the rows of samples as the sheet must have ${ranges.length}: received ${rows.length}`,
    );
  }
  const last = headerRow + samplesIn(ranges);
  yield pattern.slice(0, start)
    .replace(/(<dimension ref="[A-Z]+\d+:[A-Z]+)\d+/, (_, before: string) => `${before}${last}`);
  let number = headerRow;
  for (const [index, { trial: { samples }, from, to }] of ranges.entries()) {
    const write = rowWriter(rows[index]!, samples);
    for (let place = from; place < to; place++) yield write(++number, place);
  }
  yield pattern.slice(end);
}

/** Makes a function that writes a row like this one for a sample, as the row with this number. */
function rowWriter(
  row: string,
  samples: LatencySamples,
): (number: number, place: number) => string {
  const height = / ht="[^"]*" customHeight="1"/.exec(row)?.[0] ?? "";
  const cells = [...row.matchAll(/<c r="([A-Z]+)\d+"([^>]*?)(?:\/>|>(.*?)<\/c>)/g)]
    .map(([, column, attributes, content]) => ({ column, attributes, content }));
  const shared = cells.slice(0, SHARED_COLUMNS);
  const [index, at, latency] = cells.slice(SHARED_COLUMNS)
    .map(({ column, attributes }) => [`<c r="${column}`, `"${attributes}`] as const);
  if (index === undefined || at === undefined || latency === undefined) {
    throw new SyntaxError(`Cannot make a row of samples of ${cells.length} cells`);
  }
  const cell = ([before, after]: readonly [string, string], number: number, value: number) =>
    Number.isFinite(value)
      ? `${before}${number}${after}><v>${value}</v></c>`
      : `${before}${number}${after}/>`;
  const same = shared.map((
    { column, attributes, content },
  ) => [
    `<c r="${column}`,
    content === undefined ? `"${attributes}/>` : `"${attributes}>${content}</c>`,
  ]);
  return (number, place) => {
    let text = `<row r="${number}"${height}>`;
    for (const [before, after] of same) text += `${before}${number}${after}`;
    return text + cell(index, number, place + 1) + cell(at, number, samples.atMs[place]!) +
      cell(latency, number, samples.latencyMs[place]!) + "</row>";
  };
}
