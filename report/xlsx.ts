/**
 * The workbook: a sheet for each section of the report.
 *
 * @module
 */

import type { Workbook, Worksheet } from "exceljs";
import type { Result } from "../measure/result.ts";
import { plotsOf } from "./plots/mod.ts";
import type { Plot } from "./plots/types.ts";
import type { Section } from "./table.ts";
import { sections } from "./tables.ts";
import { oneLine } from "./text.ts";
import { fillCharts } from "./xlsx_charts.ts";
import {
  addPictures,
  type Area,
  describePictures,
  DIGIT,
  PAGE,
  type Picture,
  placePictures,
} from "./xlsx_pictures.ts";
import { expand, type SampleSheet, sampleSheets, samplesIn } from "./xlsx_samples.ts";
import { fillSheet, type Page } from "./xlsx_sheet.ts";
import { withSigns } from "./xlsx_signs.ts";
import { deflated, readZip, textOf, writeZip, type ZipEntry } from "./xlsx_zip.ts";

const LONGEST_NAME = 31;
const A4 = 9;
/** Rows of samples that are printed. */
const PRINTED = 100;

/** Makes the final XML of a file of the workbook out of what the library wrote. */
type Change = (xml: string) => Iterable<string>;

/** A workbook that is being written. */
interface Book {
  readonly workbook: Workbook;
  readonly pictures: readonly Picture[];
  /** Files that the library cannot write as they must be, by path. */
  readonly changes: Map<string, Change>;
  /** Makes an empty sheet. */
  addSheet(title: string): Worksheet;
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
  const { entries, changes } = await draft(result, plots);
  return writeZip(await changed(entries, changes), startOf(result));
}

/**
 * The workbook as the library writes it, with what is to be changed of it. By itself, so that all cells can leave the
 * memory before the rows of samples come.
 */
async function draft(
  result: Result,
  plots: readonly Plot[],
): Promise<{ entries: ZipEntry[]; changes: ReadonlyMap<string, Change> }> {
  const { default: exceljs } = await import("exceljs");
  const workbook = new exceljs.Workbook();
  describeWorkbook(workbook, result);
  const names = sheetNamer();
  const book: Book = {
    workbook,
    pictures: await addPictures(workbook, plots),
    changes: new Map([["xl/styles.xml", setFont]]),
    addSheet: (title) => workbook.addWorksheet(names(title), setUp()),
  };
  const all = sections(result);
  for (const section of all) {
    addSection(book, withSigns(result, section));
    if (section.id === "verdicts") addCharts(book, all);
    if (section.id === "timeline") {
      for (const samples of sampleSheets(result)) addSamples(book, samples);
    }
  }
  describeAll(book);
  const zip = new Uint8Array(await workbook.xlsx.writeBuffer());
  return { entries: readZip(zip), changes: book.changes };
}

/** How every sheet begins. */
function setUp(): Parameters<Workbook["addWorksheet"]>[1] {
  return {
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
  };
}

function addSection({ addSheet, pictures }: Book, section: Section): void {
  const sheet = addSheet(section.title);
  const page = fillSheet(sheet, section);
  const own = pictures.filter((picture) => picture.section === section.id);
  placePictures(sheet, own, areaOf(page));
}

/** Where pictures go: beside the columns that are repeated on each page. */
function areaOf({ widths, pagesWide, textColumn }: Page): Area {
  const sum = (some: readonly number[]): number =>
    some.reduce((total, width) => total + width * DIGIT, 0);
  const repeated = sum(widths.slice(0, textColumn - 1));
  const width = (sum(widths) - repeated) / pagesWide;
  const scale = Math.min(1, PAGE.width / (repeated + width));
  return { column: textColumn, width, pageHeight: PAGE.height / scale };
}

function addCharts({ addSheet, pictures }: Book, all: readonly Section[]): void {
  fillCharts(addSheet("Charts"), pictures, all);
}

function addSamples({ addSheet, changes }: Book, { table, ranges }: SampleSheet): void {
  const sheet = addSheet(table.title);
  const samples = samplesIn(ranges);
  const isCut = samples > PRINTED;
  const note = isCut ? `${table.note} In print: the first ${PRINTED} rows.` : table.note!;
  fillSheet(sheet, { id: table.id, title: table.title, tables: [{ ...table, note }] });
  const { autoFilter } = sheet;
  if (ranges.length === 0 || typeof autoFilter !== "object") return;
  const { from, to } = autoFilter as Exclude<typeof autoFilter, string>;
  if (typeof from === "string" || typeof to === "string") return;
  const headerRow = from.row;
  sheet.autoFilter = { from, to: { ...to, row: headerRow + samples } };
  // The library puts a "$" before each end only. A million rows would be twenty thousand pages.
  if (isCut) {
    sheet.pageSetup.printArea = `A$1:${sheet.getColumn(to.column).letter}$${headerRow + PRINTED}`;
  }
  changes.set(sheetPath(sheet), (pattern) => expand(pattern, headerRow, ranges));
}

/** The library numbers the files of drawings by the order of the sheets that have one. */
function describeAll({ workbook, pictures, changes }: Book): void {
  const drawn = workbook.worksheets.filter((sheet) => sheet.getImages().length > 0);
  drawn.forEach((sheet, index) => {
    const shown = sheet.getImages().map(({ imageId }) =>
      pictures.find(({ image }) => image === Number(imageId))!
    );
    changes.set(`xl/drawings/drawing${index + 1}.xml`, (xml) => [describePictures(xml, shown)]);
  });
}

/**
 * Widths of columns are in digits of the workbook's first font. The library's is not on every machine, and its
 * substitutes are wider; this one's are not.
 */
function setFont(styles: string): string[] {
  return [
    styles.replace(
      /<font>.*?<\/font>/,
      '<font><sz val="10"/><color theme="1"/><name val="Arial"/><family val="2"/></font>',
    ),
  ];
}

function sheetPath({ id }: Worksheet): string {
  return `xl/worksheets/sheet${id}.xml`;
}

async function changed(
  entries: readonly ZipEntry[],
  changes: ReadonlyMap<string, Change>,
): Promise<ZipEntry[]> {
  return await Promise.all(entries.map(async (entry) => {
    const change = changes.get(entry.name);
    return change === undefined ? entry : await deflated(entry.name, change(await textOf(entry)));
  }));
}

/** The library would put the current time and its own name where nothing is given. */
function describeWorkbook(workbook: Workbook, result: Result): void {
  const start = startOf(result);
  workbook.creator = "wsmark";
  workbook.lastModifiedBy = "wsmark";
  workbook.created = start;
  workbook.modified = start;
  workbook.title = `wsmark: WebSocket benchmark of ${start.toISOString().slice(0, 10)}`;
  workbook.subject = "Benchmark of WebSocket servers";
  workbook.keywords = ["WebSocket", "benchmark", ...result.servers.map(({ title }) => title)]
    .map(oneLine).join(", ");
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
