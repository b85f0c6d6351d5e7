/**
 * Fixes the dates in a ZIP archive, so that the same contents give the same bytes.
 *
 * Offsets are those of PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
 *
 * @module
 */

const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;

/**
 * Sets the date of every entry, in place.
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
