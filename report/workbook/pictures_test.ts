import assert from "node:assert/strict";
import exceljs, { type Worksheet } from "exceljs";
import { describePictures, linesOf, type Picture, placePictures, sizeOf } from "./pictures.ts";

const picture = (title: string, width: number, height: number): Picture => ({
  section: "echo",
  title,
  alt: `What ${title} shows`,
  caption: "",
  image: 0,
  width,
  height,
});

/** A sheet with columns of 70 pixels. */
function emptySheet(): Worksheet {
  const sheet = new exceljs.Workbook().addWorksheet("x");
  for (let number = 1; number <= 30; number++) sheet.getColumn(number).width = 10;
  return sheet;
}

const AREA = { column: 2, width: 700, pageHeight: 680 };

Deno.test("linesOf() puts pictures side by side if there is room", () => {
  const pictures = [picture("a", 280, 200), picture("b", 280, 200), picture("c", 900, 200)];
  assert.deepEqual(
    linesOf(emptySheet(), pictures, AREA).map((line) =>
      line.map(({ first, last }) => [first, last])
    ),
    [[[2, 5], [7, 10]], [[2, 14]]],
  );
});

Deno.test("linesOf() gives a width to columns without one", () => {
  const sheet = new exceljs.Workbook().addWorksheet("x");
  linesOf(sheet, [picture("a", 500, 200)], AREA);
  assert.ok(sheet.getColumn(5).width! > 7);
});

Deno.test("placePictures() keeps titles and pictures apart from what is above", () => {
  const sheet = emptySheet();
  sheet.addRow(["table"]);
  placePictures(sheet, [picture("a", 600, 210), picture("b", 600, 100)], AREA);
  const [first, second] = sheet.getImages().map(({ range }) => range.tl);
  assert.equal(sheet.getCell(first!.nativeRow, 2).value, "a");
  assert.ok(first!.nativeRow > 1);
  assert.equal(sheet.getCell(second!.nativeRow, 2).value, "b");
  // 210 pixels are eleven rows of 20.
  assert.ok(second!.nativeRow - first!.nativeRow >= 12);
});

Deno.test("placePictures() ends a page before a picture that does not fit on it", () => {
  const sheet = emptySheet();
  placePictures(sheet, [picture("a", 600, 400), picture("b", 600, 400)], AREA);
  const { rowBreaks } = sheet as unknown as { rowBreaks: { id: number }[] };
  const [, second] = sheet.getImages();
  assert.deepEqual(rowBreaks.map(({ id }) => id), [second!.range.tl.nativeRow - 2]);
});

Deno.test("sizeOf() reads the header of a PNG", () => {
  const png = new Uint8Array(24);
  const view = new DataView(png.buffer);
  view.setUint32(0, 0x89504e47);
  view.setUint32(16, 640);
  view.setUint32(20, 360);
  assert.deepEqual(sizeOf(png), { width: 640, height: 360 });
  assert.throws(() => sizeOf(new Uint8Array(30)), {
    name: "SyntaxError",
    message: "Cannot read the size of a picture as it must be a PNG: received 30 bytes",
  });
});

Deno.test("describePictures() escapes titles and descriptions", () => {
  const drawing =
    '<xdr:cNvPr id="1" name="Picture 1"><a/></xdr:cNvPr><xdr:cNvPr id="2" name="Picture 2"/>';
  assert.equal(
    describePictures(drawing, [picture('<a> & "b"', 1, 1)]),
    '<xdr:cNvPr id="1" name="Picture 1" descr="What &lt;a&gt; &amp; &quot;b&quot; shows" ' +
      'title="&lt;a&gt; &amp; &quot;b&quot;"><a/></xdr:cNvPr><xdr:cNvPr id="2" name="Picture 2"/>',
  );
});
