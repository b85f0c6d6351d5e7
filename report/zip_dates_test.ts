import assert from "node:assert/strict";
import { setZipDates } from "./zip_dates.ts";

/** An archive of one empty file "a", made by hand after APPNOTE.TXT. */
function archive(stamp: number): Uint8Array {
  const bytes = new Uint8Array(31 + 47 + 22);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x04034b50, true);
  view.setUint32(10, stamp, true);
  view.setUint16(26, 1, true);
  bytes[30] = 97;
  view.setUint32(31, 0x02014b50, true);
  view.setUint32(31 + 12, stamp, true);
  view.setUint16(31 + 28, 1, true);
  bytes[31 + 46] = 97;
  view.setUint32(78, 0x06054b50, true);
  view.setUint16(78 + 10, 1, true);
  view.setUint32(78 + 16, 31, true);
  return bytes;
}

Deno.test("setZipDates() sets the date of each entry in both its headers", () => {
  const zip = archive(0);
  setZipDates(zip, new Date("2026-01-31T14:05:09Z"));
  const stamp = ((2026 - 1980) << 9 | 1 << 5 | 31) * 65_536 + (14 << 11 | 5 << 5 | 4);
  assert.deepEqual(zip, archive(stamp));
});

Deno.test("setZipDates() brings a date before 1980 to the first that the format holds", () => {
  const zip = archive(0);
  setZipDates(zip, new Date(0));
  assert.deepEqual(zip, archive((1 << 5 | 1) * 65_536));
});

Deno.test("setZipDates() refuses what is no archive", () => {
  assert.throws(() => setZipDates(new Uint8Array(30), new Date(0)), {
    name: "SyntaxError",
    message: "Cannot find the directory of a ZIP archive in 30 bytes",
  });
});
