import assert from "node:assert/strict";
import { contentOf, shown, visible } from "./content.ts";

Deno.test("visible() shows what would move the cursor as symbols", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["plain text, żółw 🐢", "plain text, żółw 🐢"],
    ["two\nlines\tand a tab", "two\nlines\tand a tab"],
    ["\x1b[31mred\x07\0\r\x7f", "␛[31mred␇␀␍␡"],
    ["\x9b31m \u202Eabc \uFFFE \ud800", "�31m �abc � �"],
  ];
  for (const [given, expected] of rows) assert.equal(visible(given), expected);
});

Deno.test("shown() gives the length of bytes", () => {
  assert.equal(shown(new Uint8Array(3)), "<3 bytes>");
  assert.equal(shown("a\x1b"), "a␛");
});

Deno.test("contentOf() counts the bytes of the whole message", () => {
  assert.deepEqual(contentOf("żó"), { text: "żó", bytes: 4, remarks: [], isCut: false });
  assert.deepEqual(contentOf(""), { text: "", bytes: 0, remarks: [], isCut: false });
});

Deno.test("contentOf() cuts what a cell cannot hold, and says so", () => {
  const { text, bytes, remarks, isCut } = contentOf("x".repeat(40_000));
  assert.deepEqual([text.length, bytes, isCut], [32_767, 40_000, true]);
  assert.deepEqual(remarks, ["cut after 32,767 characters"]);
  assert.equal(contentOf("x".repeat(32_767)).isCut, false);
});

Deno.test("contentOf() says that it shows control characters as symbols", () => {
  assert.deepEqual(contentOf("a\x07").remarks, ["control characters as symbols"]);
});

Deno.test("contentOf() writes bytes in hexadecimal", () => {
  const { text, bytes, remarks } = contentOf(new Uint8Array([0, 15, 255]));
  assert.deepEqual([text, bytes, remarks], ["00 0f ff", 3, ["binary, in hexadecimal"]]);
  const long = contentOf(new Uint8Array(257));
  assert.equal(long.text.split(" ").length, 256);
  assert.equal(long.isCut, true);
});
