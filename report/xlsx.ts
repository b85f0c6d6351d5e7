/**
 * The workbook: a sheet for each section of the report.
 *
 * @module
 */

import type { Workbook } from "exceljs";
import type { Result } from "../measure/result.ts";
import { sections } from "./tables.ts";
import { fillSheet } from "./xlsx_sheet.ts";

const LONGEST_NAME = 31;
const A4 = 9;

// Lengths and offsets in a ZIP archive are those of PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;

/**
 * Makes the workbook of a run. The same result gives the same bytes.
 *
 * @param result the run
 * @returns the bytes of an `.xlsx` file
 */
export async function renderWorkbook(result: Result): Promise<Uint8Array> {
  const { default: exceljs } = await import("exceljs");
  const workbook = new exceljs.Workbook();
  describeWorkbook(workbook, result);
  const names = sheetNamer();
  for (const section of sections(result)) {
    const sheet = workbook.addWorksheet(names(section.title), {
      views: [{ state: "normal", showGridLines: false }],
      pageSetup: {
        paperSize: A4,
        orientation: "landscape",
        fitToPage: true,
        fitToWidth: 1,
        fitToHeight: 0,
        margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
      },
      headerFooter: { oddFooter: "&L&8wsmark&C&8&A&R&8&P / &N" },
    });
    fillSheet(sheet, section);
  }
  const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
  setZipDates(bytes, startOf(result));
  return bytes;
}

/** The library would put the current time and its own name where nothing is given. */
function describeWorkbook(workbook: Workbook, result: Result): void {
  const start = startOf(result);
  workbook.creator = "wsmark";
  workbook.lastModifiedBy = "wsmark";
  workbook.created = start;
  workbook.modified = start;
  workbook.title = `wsmark: WebSocket benchmark of ${start.toISOString().slice(0, 10)}`;
}

function startOf({ startedAt }: Result): Date {
  const date = new Date(startedAt);
  return Number.isNaN(date.getTime()) ? new Date(0) : date;
}

/** Makes a function that turns a title into a name that a workbook accepts and that no other sheet has. */
function sheetNamer(): (title: string) => string {
  // Excel keeps the name "History" for itself.
  const taken = new Set(["history"]);
  return (title) => {
    // An apostrophe delimits sheet names in references, which the library does not escape.
    const plain =
      title.replaceAll("'", "’").replace(/[*?:\\/[\]]/g, " ").replace(/\s+/g, " ").trim() ||
      "Sheet";
    for (let number = 1;; number++) {
      const suffix = number === 1 ? "" : ` (${number})`;
      const name = plain.slice(0, LONGEST_NAME - suffix.length).trimEnd() + suffix;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  };
}

/**
 * Sets the date of every entry of a ZIP archive, in place: the library would put the current time there.
 *
 * @param zip an archive without ZIP64 extensions
 * @param date the date, taken as UTC; one outside 1980 to 2107 is brought to the nearest that the format can hold
 * @throws {SyntaxError} when the bytes are no ZIP archive
 */
export function setZipDates(zip: Uint8Array, date: Date): void {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = endOf(view);
  const stamp = dosStamp(date);
  let entry = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    view.setUint32(entry + 12, stamp, true);
    view.setUint32(view.getUint32(entry + 42, true) + 10, stamp, true);
    entry += ENTRY_LENGTH + view.getUint16(entry + 28, true) + view.getUint16(entry + 30, true) +
      view.getUint16(entry + 32, true);
  }
}

function endOf(view: DataView): number {
  for (let at = view.byteLength - END_LENGTH; at >= 0; at--) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  throw new SyntaxError(`Cannot find the directory of a ZIP archive in ${view.byteLength} bytes`);
}

/** The time in the low half, the date in the high one, as MS-DOS keeps them. */
function dosStamp(date: Date): number {
  const year = Math.min(2107, Math.max(1980, date.getUTCFullYear()));
  const day = (year - 1980) << 9 | (date.getUTCMonth() + 1) << 5 | date.getUTCDate();
  const time = date.getUTCHours() << 11 | date.getUTCMinutes() << 5 | date.getUTCSeconds() >> 1;
  return (day << 16 | time) >>> 0;
}
