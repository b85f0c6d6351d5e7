/**
 * Just enough of ZIP archives to change the workbook that the library made: read its entries, replace some, write them
 * all under one date. Offsets are those of PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
 *
 * @module
 */

import { crc32 } from "node:zlib";

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_LENGTH = 30;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_LENGTH = 46;
const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
/** Version 2.0 of the format: folders and deflated files. */
const VERSION = 20;
const STORED = 0;
const DEFLATED = 8;
/** A name is in UTF-8. */
const UTF8 = 0x0800;
const LONGEST = 0xffff_ffff;
/** Text goes to the compressor in pieces of about so many characters. */
const PIECE = 65_536;

/** A file or folder in an archive. */
export interface ZipEntry {
  /** Path; that of a folder ends in a slash. */
  readonly name: string;
  /** How `data` is compressed: 0 not at all, 8 deflated. */
  readonly method: number;
  /** CRC-32 of the contents. */
  readonly crc: number;
  /** Length of the contents in bytes. */
  readonly size: number;
  /** The contents, compressed, in pieces: a large file need not be put together before the archive is. */
  readonly data: readonly Uint8Array[];
}

/**
 * Reads the directory of an archive.
 *
 * @param zip an archive without ZIP64 extensions
 * @returns its entries in their order; their data are views of the archive
 * @throws {SyntaxError} when the bytes are no ZIP archive
 */
export function readZip(zip: Uint8Array): ZipEntry[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = endOf(view);
  let at = view.getUint32(end + 16, true);
  return Array.from({ length: view.getUint16(end + 10, true) }, () => {
    const nameLength = view.getUint16(at + 28, true);
    const local = view.getUint32(at + 42, true);
    const start = local + LOCAL_LENGTH + view.getUint16(local + 26, true) +
      view.getUint16(local + 28, true);
    const entry = {
      name: new TextDecoder().decode(
        zip.subarray(at + ENTRY_LENGTH, at + ENTRY_LENGTH + nameLength),
      ),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      size: view.getUint32(at + 24, true),
      data: [zip.subarray(start, start + view.getUint32(at + 20, true))],
    };
    at += ENTRY_LENGTH + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    return entry;
  });
}

function endOf(view: DataView): number {
  for (let at = view.byteLength - END_LENGTH; at >= 0; at--) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  throw new SyntaxError(`Cannot find the directory of a ZIP archive in ${view.byteLength} bytes`);
}

/**
 * Writes an archive.
 *
 * @param entries what it holds
 * @param date date of every entry, taken as UTC; one outside 1980 to 2107 is brought to the nearest that the format
 * can hold
 * @throws {RangeError} when it would be longer than 4 GiB
 */
export function writeZip(entries: readonly ZipEntry[], date: Date): Uint8Array {
  const files = entries.map((entry) => ({
    ...entry,
    path: new TextEncoder().encode(entry.name),
    length: entry.data.reduce((total, piece) => total + piece.length, 0),
  }));
  const lengths = files.map(({ path, length }) => LOCAL_LENGTH + path.length + length);
  const body = lengths.reduce((total, length) => total + length, 0);
  const directory = files.reduce((total, { path }) => total + ENTRY_LENGTH + path.length, 0);
  const total = body + directory + END_LENGTH;
  if (total > LONGEST) throw new RangeError(`Cannot write an archive above 4 GiB: ${total} bytes`);
  const zip = new Uint8Array(total);
  const view = new DataView(zip.buffer);
  const stamp = dosStamp(date);
  let offset = 0;
  let at = body;
  files.forEach((file, index) => {
    const { path, data } = file;
    view.setUint32(offset, LOCAL_SIGNATURE, true);
    writeCommon(view, offset + 4, file, stamp);
    zip.set(path, offset + LOCAL_LENGTH);
    let to = offset + LOCAL_LENGTH + path.length;
    for (const piece of data) {
      zip.set(piece, to);
      to += piece.length;
    }
    view.setUint32(at, ENTRY_SIGNATURE, true);
    view.setUint16(at + 4, VERSION, true);
    writeCommon(view, at + 6, file, stamp);
    view.setUint32(at + 42, offset, true);
    zip.set(path, at + ENTRY_LENGTH);
    offset += lengths[index]!;
    at += ENTRY_LENGTH + path.length;
  });
  view.setUint32(at, END_SIGNATURE, true);
  view.setUint16(at + 8, files.length, true);
  view.setUint16(at + 10, files.length, true);
  view.setUint32(at + 12, directory, true);
  view.setUint32(at + 16, body, true);
  return zip;
}

/** A file that is being written. */
interface File extends ZipEntry {
  /** Its path in UTF-8. */
  readonly path: Uint8Array;
  /** Length of its contents, compressed. */
  readonly length: number;
}

/** The part that the header of a file and its entry in the directory have in common. */
function writeCommon(view: DataView, at: number, file: File, stamp: number): void {
  const { method, crc, size, length, path } = file;
  view.setUint16(at, VERSION, true);
  view.setUint16(at + 2, UTF8, true);
  view.setUint16(at + 4, method, true);
  view.setUint32(at + 6, stamp, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, length, true);
  view.setUint32(at + 18, size, true);
  view.setUint16(at + 22, path.length, true);
}

/** The time in the low half, the date in the high one, as MS-DOS keeps them. */
function dosStamp(date: Date): number {
  const year = date.getUTCFullYear();
  if (year < 1980) return (1 << 5 | 1) << 16;
  if (year > 2107) return dosStamp(new Date(Date.UTC(2107, 11, 31, 23, 59, 58)));
  const day = (year - 1980) << 9 | (date.getUTCMonth() + 1) << 5 | date.getUTCDate();
  const time = date.getUTCHours() << 11 | date.getUTCMinutes() << 5 | date.getUTCSeconds() >> 1;
  return (day << 16 | time) >>> 0;
}

/**
 * The contents of an entry as text.
 *
 * @throws {TypeError} when it is neither stored nor deflated, or the compressed data are damaged
 */
export async function textOf({ name, method, data }: ZipEntry): Promise<string> {
  const pieces = ReadableStream.from(data.map((piece) => new Uint8Array(piece)));
  if (method === STORED) return await new Response(pieces).text();
  if (method !== DEFLATED) {
    throw new TypeError(
      `Cannot read "${name}" as it must be stored or deflated: received ${method}`,
    );
  }
  return await new Response(pieces.pipeThrough(new DecompressionStream("deflate-raw"))).text();
}

/**
 * Makes an entry of a text that need not exist at once: it is compressed while it is made.
 *
 * @param name path in the archive
 * @param text the text in pieces
 * @throws {RangeError} when the text is longer than 4 GiB
 */
export async function deflated(name: string, text: Iterable<string>): Promise<ZipEntry> {
  let crc = 0;
  let size = 0;
  function* bytes(): Generator<Uint8Array<ArrayBuffer>> {
    for (const piece of joined(text)) {
      const encoded = new TextEncoder().encode(piece);
      crc = crc32(encoded, crc);
      size += encoded.length;
      yield encoded;
    }
  }
  const stream = ReadableStream.from(bytes()).pipeThrough(new CompressionStream("deflate-raw"));
  const data = await Array.fromAsync(stream);
  if (size > LONGEST) throw new RangeError(`Cannot write a file above 4 GiB: ${size} bytes`);
  return { name, method: DEFLATED, crc, size, data };
}

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
