/**
 * The workbook: a sheet for each section of the report.
 *
 * @module
 */

import type { Workbook } from "exceljs";
import type { Result } from "../measure/result.ts";
import { sections } from "./tables.ts";
import { fillSheet } from "./xlsx_sheet.ts";
import { setZipDates } from "./zip_dates.ts";

const LONGEST_NAME = 31;
const A4 = 9;

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
