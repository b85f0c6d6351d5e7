/** A workbook that is being written: how every sheet begins, how a section becomes a sheet, and how the file is finished. */

import type { Workbook, Worksheet } from "exceljs";
import type JSZip from "jszip";
import { Buffer } from "node:buffer";
import { once } from "node:events";
import { Readable } from "node:stream";
import type { Plot } from "../plots/chart.ts";
import type { Section } from "../tables/table.ts";
import { oneLine } from "../summary/text.ts";
import { addCharts, type PlacedChart } from "./native_charts/package.ts";
import {
  addPictures,
  describePictures,
  DIGIT,
  PAGE,
  type Picture,
  placePictures,
} from "./pictures.ts";
import { expandRows, type SheetRow } from "./rows.ts";
import { fillSheet, type Page, type SheetOptions } from "./sheet.ts";

const LONGEST_NAME = 31;
const A4 = 9;

/** Turns the XML that the library wrote for a file of the workbook into the final XML. */
export type Change = (xml: string) => Iterable<string>;

/** The properties of a workbook. */
export interface BookFacts {
  readonly title: string;
  readonly subject: string;
  readonly keywords: readonly string[];
  /** The same date and contents give the same bytes. */
  readonly date: Date;
}

/** A workbook that is being written. */
export interface Book {
  readonly workbook: Workbook;
  readonly pictures: readonly Picture[];
  /** Charts that the library cannot write, by the number of their sheet. */
  readonly charts: Map<number, readonly PlacedChart[]>;
  /** Changes to files that the library cannot write correctly, by path. */
  readonly changes: Map<string, Change>;
  addSheet(title: string): Worksheet;
}

/** A workbook as the library wrote it, with the changes to be made: its cells are no longer in memory. */
export interface Draft extends Pick<Book, "changes"> {
  readonly zip: JSZip;
}

/** Starts a workbook with the pictures that its sheets will show. */
export async function createBook(facts: BookFacts, plots: readonly Plot[]): Promise<Book> {
  const { default: exceljs } = await import("exceljs");
  const workbook = new exceljs.Workbook();
  // Otherwise the library would write the current time and its own name.
  Object.assign(
    workbook,
    {
      creator: "wsmark",
      lastModifiedBy: "wsmark",
      created: facts.date,
      modified: facts.date,
      title: facts.title,
      subject: facts.subject,
      keywords: facts.keywords.map(oneLine).join(", "),
    } satisfies Partial<Workbook>,
  );
  const names = sheetNamer();
  return {
    workbook,
    pictures: await addPictures(workbook, plots),
    charts: new Map(),
    changes: new Map([["xl/styles.xml", setFont], ["xl/workbook.xml", joinAreas]]),
    addSheet: (title) => workbook.addWorksheet(names(title), setUp()),
  };
}

/** Lets the library write the workbook. */
export async function draftOf(book: Book): Promise<Draft> {
  describeAll(book);
  const { default: zips } = await import("jszip");
  // It is compressed at the end, once.
  const written = await book.workbook.xlsx.writeBuffer({ zip: { compression: "STORE" } });
  const zip = await zips.loadAsync(written);
  for (const [sheet, charts] of book.charts) await addCharts(zip, sheet, charts);
  return { zip, changes: book.changes };
}

/** Makes the file. */
export async function finish(draft: Draft, date: Date): Promise<Uint8Array> {
  return Buffer.concat(await Array.fromAsync(piecesOf(draft, date)));
}

/**
 * Makes the file piece by piece. The library that reads archives would take five times as long to write a million rows
 * as this one, which compresses outside of JavaScript.
 */
export async function* piecesOf({ zip, changes }: Draft, date: Date): AsyncGenerator<Uint8Array> {
  const { default: archiver } = await import("archiver");
  const archive = archiver("zip", { zlib: { level: 6 } });
  const fill = async (): Promise<void> => {
    for (const { name, dir } of Object.values(zip.files)) {
      if (dir) continue;
      const change = changes.get(name);
      const content = change === undefined
        ? Buffer.from(await zip.file(name)!.async("uint8array"))
        : Readable.from(joined(change(await zip.file(name)!.async("string"))));
      const entered = once(archive, "entry");
      archive.append(content, { name, date });
      // One after another: the archive would keep all that waits.
      await entered;
      zip.remove(name);
    }
    await archive.finalize();
  };
  const filled = fill();
  yield* archive as AsyncIterable<Uint8Array>;
  await filled;
}

/** The approximate number of characters in a piece of text for the compressor. */
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

/** Adds a section as a sheet. */
export function addSection(
  { addSheet }: Pick<Book, "addSheet">,
  section: Section,
  options: SheetOptions = {},
): Page {
  return fillSheet(addSheet(section.title), section, options);
}

/** Places the pictures of a section below the tables of its sheet. */
export function addPicturesOf({ pictures }: Book, { id }: Section, { sheet, widths }: Page): void {
  const own = pictures.filter(({ section }) => section === id);
  const width = widths.reduce((total, one) => total + one * DIGIT, 0);
  const scale = Math.min(1, PAGE.width / width);
  placePictures(sheet, own, { column: 1, width, pageHeight: PAGE.height / scale });
}

/**
 * Makes a sheet with more rows than the library was given, whose rows are the pattern.
 *
 * @param count how many rows the table will have
 * @param printed how many of them are printed: a million would be twenty thousand pages
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
  // The library adds a "$" only before each end.
  if (count > printed) {
    sheet.pageSetup.printArea = `A$1:${sheet.getColumn(to.column).letter}$${headerRow + printed}`;
  }
  const path = `xl/worksheets/sheet${sheet.id}.xml`;
  changes.set(path, (pattern) => expandRows(pattern, headerRow, count, rows()));
}

/** The library numbers the files of drawings in the order of the sheets that have one. */
function describeAll({ workbook, pictures, changes }: Book): void {
  const drawn = workbook.worksheets.filter((sheet) => sheet.getImages().length > 0);
  drawn.forEach((sheet, index) => {
    const shown = sheet.getImages().map(({ imageId }) =>
      pictures.find(({ image }) => image === Number(imageId))!
    );
    changes.set(`xl/drawings/drawing${index + 1}.xml`, (xml) => [describePictures(xml, shown)]);
  });
}

/** The library writes a name for each area that a sheet prints, but a sheet may have only one. */
function joinAreas(workbook: string): string[] {
  const area = /(<definedName name="_xlnm\.Print_Area" localSheetId="\d+">)([^<]*)<\/definedName>/g;
  const byName = Map.groupBy(workbook.matchAll(area), ([, name]) => name!);
  const written = new Set<string>();
  return [workbook.replace(area, (_, name: string) => {
    if (written.has(name)) return "";
    written.add(name);
    const areas = byName.get(name)!.map(([, , reference]) => reference);
    return `${name}${areas.join(",")}</definedName>`;
  })];
}

/**
 * Widths of columns are in digits of the workbook's first font. The library's font is not on every machine, and its
 * substitutes are wider; those of Arial are not.
 */
function setFont(styles: string): string[] {
  const arial = '<font><sz val="10"/><color theme="1"/><name val="Arial"/><family val="2"/></font>';
  return [styles.replace(/<font>.*?<\/font>/, arial)];
}

/** Makes a function that turns a title into a valid and unique name of a sheet. */
function sheetNamer(): (title: string) => string {
  // Excel reserves the name "History".
  const taken = new Set(["history"]);
  return (title) => {
    // An apostrophe delimits sheet names in references, which the library does not escape.
    const plain = oneLine(title.replaceAll("'", "’").replace(/[*?:\\/[\]]/g, " ")) || "Sheet";
    for (let number = 1;; number++) {
      const suffix = number === 1 ? "" : ` (${number})`;
      // The cut may split a surrogate pair.
      const name = plain.slice(0, LONGEST_NAME - suffix.length).toWellFormed().trimEnd() + suffix;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  };
}
