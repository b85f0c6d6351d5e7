import assert from "node:assert/strict";
import { crc32, inflateSync } from "node:zlib";
import { encodePng } from "./png.ts";

Deno.test("encodePng() writes size, format and rows, each chunk with its checksum", () => {
  const pixels = Uint8Array.from({ length: 3 * 2 * 4 }, (_, index) => index * 10);
  const png = encodePng(pixels, 3, 2);
  const view = new DataView(png.buffer);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    const type = new TextDecoder().decode(png.subarray(at + 4, at + 8));
    chunks.set(type, png.subarray(at + 8, at + 8 + length));
    assert.equal(view.getUint32(at + 8 + length), crc32(png.subarray(at + 4, at + 8 + length)));
    at += 12 + length;
  }
  assert.deepEqual([...chunks.keys()], ["IHDR", "IDAT", "IEND"]);
  assert.deepEqual([...chunks.get("IHDR")!], [0, 0, 0, 3, 0, 0, 0, 2, 8, 6, 0, 0, 0]);
  assert.deepEqual(
    [...inflateSync(chunks.get("IDAT")!)],
    [0, ...pixels.subarray(0, 12), 0, ...pixels.subarray(12)],
  );
});

Deno.test("encodePng() refuses bytes that are not the picture's", () => {
  assert.throws(() => encodePng(new Uint8Array(7), 1, 2), {
    name: "RangeError",
    message: "Cannot encode a picture of 1 by 2 pixels: received 7 bytes",
  });
});
