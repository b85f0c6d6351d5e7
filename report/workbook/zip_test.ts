import assert from "node:assert/strict";
import { deflated, readZip, textOf, writeZip } from "./zip.ts";

/** The time stamps of the only entry of an archive, in its directory and before its contents. */
async function stamps(date: Date): Promise<number[]> {
  const zip = writeZip([await deflated("a", ["x"])], date);
  const view = new DataView(zip.buffer);
  const entry = view.getUint32(zip.length - 22 + 16, true);
  return [view.getUint32(10, true), view.getUint32(entry + 12, true)];
}

Deno.test("writeZip() sets the date of an entry in both its headers", async () => {
  const stamp = ((2026 - 1980) << 9 | 1 << 5 | 31) * 65_536 + (14 << 11 | 5 << 5 | 4);
  assert.deepEqual(await stamps(new Date("2026-01-31T14:05:09Z")), [stamp, stamp]);
});

Deno.test("writeZip() brings a date to the nearest that the format holds", async () => {
  assert.equal((await stamps(new Date(0)))[0], (1 << 5 | 1) * 65_536);
  assert.deepEqual(
    await stamps(new Date("2200-05-05T05:05:05Z")),
    await stamps(new Date("2107-12-31T23:59:59Z")),
  );
});

Deno.test("readZip() reads what writeZip() has written", async () => {
  const texts = ["", "ü€😀", "a long line\n".repeat(50_000)];
  const entries = await Promise.all(texts.map((text, at) => deflated(`folder/${at}ü.xml`, [text])));
  const read = readZip(writeZip(entries, new Date(0)));
  assert.deepEqual(read.map(({ name }) => name), entries.map(({ name }) => name));
  assert.deepEqual(await Promise.all(read.map(textOf)), texts);
});

Deno.test("deflated() makes the same of a text in many pieces as of one", async () => {
  const pieces = Array.from({ length: 30_000 }, (_, index) => `row ${index};`);
  const [entry] = readZip(writeZip([await deflated("a", pieces)], new Date(0)));
  assert.equal(await textOf(entry!), pieces.join(""));
  assert.equal(entry!.size, pieces.join("").length);
});

Deno.test("textOf() reads an entry that is not compressed", async () => {
  const data = [new TextEncoder().encode("plain")];
  assert.equal(await textOf({ name: "a", method: 0, crc: 0, size: 5, data }), "plain");
});

Deno.test("textOf() refuses other methods", async () => {
  await assert.rejects(textOf({ name: "a", method: 14, crc: 0, size: 0, data: [] }), {
    name: "TypeError",
    message: 'Cannot read "a" as it must be stored or deflated: received 14',
  });
});

Deno.test("readZip() refuses what is no archive", () => {
  assert.throws(() => readZip(new Uint8Array(30)), {
    name: "SyntaxError",
    message: "Cannot find the directory of a ZIP archive in 30 bytes",
  });
});
