/** Reads latencies from a workbook of wsmark, or any workbook with a column of them. */

import type { CellValue, Workbook, Worksheet } from "exceljs";
import type { JSZipObject } from "jszip";

/** Latencies in the order of their rows. */
export interface LatencySeries {
  /** The server, or the sheet if the workbook names no server. */
  readonly name: string;
  /** In the unit of the heading. */
  readonly values: readonly number[];
}

export interface Latencies {
  readonly heading: string;
  readonly sheet: string;
  /** One series for each server. */
  readonly series: readonly LatencySeries[];
}

/** Only this many rows are searched for headings. */
const HEADING_ROWS = 50;
/** A column with fewer numbers is a summary, not a series. */
const FEWEST = 2;
/** The most bytes that a workbook may unpack to: one with a million latencies has a fifth of it. */
const MOST_UNPACKED = 500_000_000;
/** The heading of the column with the names of the servers. */
const SERVER = /^server$/i;

/**
 * Finds the column of latencies in a workbook: the one whose heading is `column`, otherwise one whose heading contains it,
 * ignoring case; among several, the one with the most numbers.
 *
 * @param most the most bytes that the file may unpack to
 * @throws {SyntaxError} if it is not a workbook, or has no such column with at least two numbers; the message lists
 * its headings
 */
export async function readLatencies(
  bytes: Uint8Array<ArrayBuffer>,
  column: string,
  most: number = MOST_UNPACKED,
): Promise<Latencies> {
  const { default: zips } = await import("jszip");
  const zip = await zips.loadAsync(bytes).catch(noWorkbook);
  let unpacked = 0;
  for (const file of Object.values(zip.files)) unpacked += await sizeOf(file, most, unpacked);
  const { default: exceljs } = await import("exceljs");
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(bytes.buffer).catch(noWorkbook);
  const headings = headingsOf(workbook);
  const isMeant = (test: (heading: string) => boolean): Heading[] =>
    headings.filter(({ text }) => test(text.toLowerCase()));
  const wanted = column.toLowerCase();
  const exact = isMeant((text) => text === wanted);
  const candidates = exact.length > 0 ? exact : isMeant((text) => text.includes(wanted));
  const [best] = candidates.map((heading) => ({ heading, series: seriesOf(heading) }))
    .toSorted((a, b) => countOf(b.series) - countOf(a.series));
  if (best === undefined || countOf(best.series) < FEWEST) {
    const known = [...new Set(headings.map(({ text }) => `"${text}"`))].slice(0, 20).join(", ");
    throw new SyntaxError(`it has no column "${column}" of numbers. Headings: ${known || "none"}`);
  }
  const { heading: { text, sheet }, series } = best;
  return { heading: text, sheet: sheet.name, series };
}

function noWorkbook(cause: unknown): never {
  throw new SyntaxError("it is not an .xlsx workbook", { cause });
}

/** Kilobytes may unpack to gigabytes, and the stated size may be wrong: the file is unpacked to find out. */
function sizeOf(file: JSZipObject, most: number, before: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let size = 0;
    const stream = file.nodeStream();
    stream.on("data", ({ length }: Uint8Array) => {
      size += length;
      if (before + size <= most) return;
      stream.pause();
      reject(new SyntaxError(`it unpacks to more than ${most} bytes, which is too much`));
    });
    stream.on("end", () => resolve(size));
    stream.on("error", (cause: unknown) => {
      const name = JSON.stringify(file.name.slice(0, 100));
      reject(new SyntaxError(`${name} in it does not unpack`, { cause }));
    });
  });
}

interface Heading {
  readonly sheet: Worksheet;
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/** Every text directly above a number. */
function headingsOf(workbook: Workbook): Heading[] {
  return workbook.worksheets.flatMap((sheet) => {
    const found: Heading[] = [];
    for (let row = 1; row <= Math.min(HEADING_ROWS, sheet.rowCount - 1); row++) {
      sheet.getRow(row).eachCell((cell, column) => {
        if (typeof cell.value !== "string" || cell.value.trim() === "") return;
        if (numberIn(sheet.getRow(row + 1).getCell(column).value) === undefined) return;
        found.push({ sheet, row, column, text: cell.value.trim() });
      });
    }
    return found;
  });
}

function seriesOf({ sheet, row, column }: Heading): LatencySeries[] {
  let serverColumn: number | undefined;
  sheet.getRow(row).eachCell((cell, at) => {
    if (typeof cell.value === "string" && SERVER.test(cell.value.trim())) serverColumn ??= at;
  });
  const byName = new Map<string, number[]>();
  for (let at = row + 1; at <= sheet.rowCount; at++) {
    const cells = sheet.getRow(at);
    const value = numberIn(cells.getCell(column).value);
    // An empty line ends the table.
    if (value === undefined) {
      if (cells.hasValues) continue;
      break;
    }
    const server = serverColumn === undefined ? null : cells.getCell(serverColumn).value;
    const name = typeof server === "string" ? server : sheet.name;
    const values = byName.get(name) ?? [];
    values.push(value);
    byName.set(name, values);
  }
  return [...byName].map(([name, values]) => ({ name, values }));
}

function countOf(series: readonly LatencySeries[]): number {
  return series.reduce((sum, { values }) => sum + values.length, 0);
}

/** The number in a cell; of a formula, its last result. */
function numberIn(value: CellValue): number | undefined {
  const plain = value !== null && typeof value === "object" && "result" in value
    ? value.result
    : value;
  return typeof plain === "number" && Number.isFinite(plain) ? plain : undefined;
}
