/**
 * A workbook that is being written: how every sheet begins, how a section becomes one, and how the file is finished.
 */

import type { Workbook, Worksheet } from "exceljs";
import type JSZip from "jszip";
import { Buffer } from "node:buffer";
import { Readable } from "node:stream";
import type { Plot } from "../plots/chart.ts";
import type { Section } from "../tables/table.ts";
import { oneLine } from "../summary/text.ts";
import {
  addPictures,
  type Area,
  describePictures,
  DIGIT,
  PAGE,
  type Picture,
  placePictures,
} from "./pictures.ts";
import { expandRows, type SheetRow } from "./rows.ts";
import { fillSheet, type Page } from "./sheet.ts";

const LONGEST_NAME = 31;
const A4 = 9;

/** Makes the final XML of a file of the workbook out of what the library wrote. */
export type Change = (xml: string) => Iterable<string>;

/** What a workbook says about itself. */
export interface BookFacts {
  /** Its title. */
  readonly title: string;
  /** What it is about. */
  readonly subject: string;
  /** What it can be found by. */
  readonly keywords: readonly string[];
  /** Its date: with the same date and contents come the same bytes. */
  readonly date: Date;
}

/** A workbook that is being written. */
export interface Book {
  /** The library's workbook. */
  readonly workbook: Workbook;
  /** Pictures, each for the sheet of its section. */
  readonly pictures: readonly Picture[];
  /** Files that the library cannot write as they must be, by path. */
  readonly changes: Map<string, Change>;
  /** Makes an empty sheet. */
  addSheet(title: string): Worksheet;
}

/** A workbook as the library wrote it, with what is to be changed of it: the cells have left the memory. */
export interface Draft {
  /** Its files. */
  readonly zip: JSZip;
  /** See {@linkcode Book.changes}. */
  readonly changes: ReadonlyMap<string, Change>;
}

/** Begins a workbook, with the pictures that its sheets will show. */
export async function createBook(facts: BookFacts, plots: readonly Plot[]): Promise<Book> {
  const { default: exceljs } = await import("exceljs");
  const workbook = new exceljs.Workbook();
  describeWorkbook(workbook, facts);
  const names = sheetNamer();
  return {
    workbook,
    pictures: await addPictures(workbook, plots),
    changes: new Map([["xl/styles.xml", setFont]]),
    addSheet: (title) => workbook.addWorksheet(names(title), setUp()),
  };
}

/** Has the library write the workbook. */
export async function draftOf(book: Book): Promise<Draft> {
  describeAll(book);
  const { default: zips } = await import("jszip");
  return {
    zip: await zips.loadAsync(await book.workbook.xlsx.writeBuffer()),
    changes: book.changes,
  };
}

/**
 * Makes the file: what is to be changed is changed and compressed piece by piece. The library that reads archives would
 * take five times as long to write a million rows as the one that compresses outside of JavaScript.
 */
export async function finish({ zip, changes }: Draft, date: Date): Promise<Uint8Array> {
  const { default: archiver } = await import("archiver");
  const archive = archiver("zip", { zlib: { level: 6 } });
  const pieces: Uint8Array[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    archive.on("data", (piece: Uint8Array) => pieces.push(piece)).on("end", resolve)
      .on("error", reject);
  });
  for (const { name, dir } of Object.values(zip.files)) {
    if (dir) continue;
    const change = changes.get(name);
    const content = change === undefined
      ? Buffer.from(await zip.file(name)!.async("uint8array"))
      : Readable.from(joined(change(await zip.file(name)!.async("string"))));
    archive.append(content, { name, date });
  }
  await Promise.all([archive.finalize(), ended]);
  return Buffer.concat(pieces);
}

/** Text goes to the compressor in pieces of about so many characters. */
const PIECE = 65_536;

/** The same text in fewer pieces. */
function* joined(text: Iterable<string>): Generator<string> {
  let piece = "";
  for (const part of text) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  yield piece;
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

/** Adds a section as a sheet, its pictures below its tables. */
export function addSection({ addSheet, pictures }: Book, section: Section): void {
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

/**
 * Makes a sheet of a table out of its pattern: the file has more rows than the library was given.
 *
 * @param sheet the sheet, whose table is filled with the rows of the pattern
 * @param count how many rows the table will have
 * @param printed how many of them are printed: a million would be twenty thousand pages
 * @param rows makes the rows
 */
export function stretch(
  { changes }: Book,
  sheet: Worksheet,
  { count, printed }: { readonly count: number; readonly printed: number },
  rows: () => Iterable<SheetRow>,
): void {
  const { autoFilter } = sheet;
  if (typeof autoFilter !== "object") return;
  const { from, to } = autoFilter as Exclude<typeof autoFilter, string>;
  if (typeof from === "string" || typeof to === "string") return;
  const headerRow = from.row;
  sheet.autoFilter = { from, to: { ...to, row: headerRow + count } };
  // The library puts a "$" before each end only.
  if (count > printed) {
    sheet.pageSetup.printArea = `A$1:${sheet.getColumn(to.column).letter}$${headerRow + printed}`;
  }
  changes.set(sheetPath(sheet), (pattern) => expandRows(pattern, headerRow, count, rows()));
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

/** The library would put the current time and its own name where nothing is given. */
function describeWorkbook(workbook: Workbook, facts: BookFacts): void {
  workbook.creator = "wsmark";
  workbook.lastModifiedBy = "wsmark";
  workbook.created = facts.date;
  workbook.modified = facts.date;
  workbook.title = facts.title;
  workbook.subject = facts.subject;
  workbook.keywords = facts.keywords.map(oneLine).join(", ");
}

/** Makes a function that turns a title into a name that a workbook accepts and that no other sheet has. */
function sheetNamer(): (title: string) => string {
  // Excel keeps the name "History" for itself.
  const taken = new Set(["history"]);
  return (title) => {
    // An apostrophe delimits sheet names in references, which the library does not escape.
    const plain = oneLine(title.replaceAll("'", "’").replace(/[*?:\\/[\]]/g, " ")) || "Sheet";
    for (let number = 1;; number++) {
      const suffix = number === 1 ? "" : ` (${number})`;
      // The cut may halve a surrogate pair.
      const name = plain.slice(0, LONGEST_NAME - suffix.length).toWellFormed().trimEnd() + suffix;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  };
}
