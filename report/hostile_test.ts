import assert from "node:assert/strict";
import exceljs from "exceljs";
import JSZip from "jszip";
import { sessionOf } from "./testing/session_testdata.ts";
import { renderCsvs } from "./csv.ts";
import { EVIL, HOSTILE_RESULTS, withoutCode } from "./testing/hostile_testdata.ts";
import { renderHtml } from "./html/html.ts";
import { renderJson } from "./json.ts";
import { renderMarkdown } from "./markdown/markdown.ts";
import { formats } from "./mod.ts";
import { renderSession } from "./workbook/session.ts";
import { renderTerminal } from "./terminal/terminal.ts";
import { renderWorkbook } from "./workbook/workbook.ts";

/** Checking all of them would take too long: these have each text somewhere. */
const FEW = HOSTILE_RESULTS.slice(0, 4);

Deno.test("renderTerminal() sends no escape sequences except its own styles", () => {
  for (const result of HOSTILE_RESULTS) {
    for (const width of [40, 100, 200]) {
      const plain = renderTerminal(result, { width, color: false });
      assert.doesNotMatch(plain, /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u);
      assert.ok(plain.isWellFormed());
      const colored = renderTerminal(result, { width, color: true });
      // deno-lint-ignore no-control-regex -- wsmark's own styles
      assert.equal(colored.replaceAll(/\x1b\[(?:[0-2]|1;32|3[123])m/g, ""), plain);
    }
  }
});

Deno.test("renderCsvs() has no field that a spreadsheet reads as a formula, and no file outside its folder", () => {
  for (const result of HOSTILE_RESULTS) {
    for (const { path, content } of renderCsvs(result)) {
      assert.match(path, /^csv\/\w[\w-]*(\.\w[\w-]*)*\.csv$/);
      for (const [, field = ""] of content.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(?:,|\r\n)/g)) {
        const text = field.replace(/^"/, "");
        assert.ok(/^-?\d/.test(text) || !/^\s*[=+\-@\t\r]/.test(text), `${path}: ${field}`);
      }
    }
  }
});

Deno.test("renderMarkdown() has only its own markup, links and pictures", () => {
  for (const result of HOSTILE_RESULTS) {
    const text = withoutCode(renderMarkdown(result));
    assert.doesNotMatch(text, /<(img|script|svg)/i);
    assert.doesNotMatch(text, /(?<!\\)\]\((?!plots\/|#)/);
    assert.doesNotMatch(text, /(?!\n)\p{Cc}/u);
  }
});

Deno.test("renderHtml() has no element from a hostile text, and its policy allows none to run", async () => {
  for (const result of FEW) {
    const page = await renderHtml(result, []);
    assert.doesNotMatch(page, /<img|<svg onload|<script>alert/i);
    assert.match(
      page,
      /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; /,
    );
    assert.equal(page.match(/<script[ >]/g)?.length, 2, "its script and its data");
  }
});

Deno.test("renderJson() keeps the result unchanged", () => {
  for (const result of HOSTILE_RESULTS) {
    assert.deepEqual(JSON.parse(renderJson(result)), JSON.parse(JSON.stringify(result)));
  }
});

/** All cells of a workbook must be plain values, and its XML must have no formulas and no external links. */
async function checkWorkbook(bytes: Uint8Array): Promise<string[]> {
  for (const file of (await JSZip.loadAsync(bytes)).file(/\.(xml|rels)$/)) {
    const xml = await file.async("string");
    assert.doesNotMatch(xml, /<f[ >]|TargetMode="External"|<ddeLink/, file.name);
  }
  const book = new exceljs.Workbook();
  await book.xlsx.load(bytes as unknown as Parameters<typeof book.xlsx.load>[0]);
  const texts: string[] = [];
  for (const sheet of book.worksheets) {
    sheet.eachRow((row) =>
      row.eachCell(({ value }) => {
        assert.ok(
          value === null || typeof value !== "object" || value instanceof Date ||
            "richText" in value,
          JSON.stringify(value),
        );
        if (typeof value === "string") texts.push(value);
      })
    );
  }
  return texts;
}

Deno.test("renderWorkbook() keeps every hostile text a text, in a run, a study and left-out servers", async () => {
  const texts = (await Promise.all(
    FEW.map(async (result) => await checkWorkbook(await renderWorkbook(result, []))),
  )).flat();
  for (const begin of ["=cmd|' /C calc'!A0", "@SUM(1+1)", "+1+cmd", "-2+3+cmd"]) {
    assert.ok(texts.some((text) => text.startsWith(begin)), `${begin} is shown as it is`);
  }
});

Deno.test("renderSession() keeps every hostile message a text", async () => {
  const exchanges = EVIL.map((text, index) => ({
    fate: "answered" as const,
    message: { atMs: index, content: { text, bytes: 1, remarks: [], isCut: false } },
    reply: { atMs: index + 1, content: { text, bytes: 1, remarks: [], isCut: false } },
  }));
  const session = { ...sessionOf(...exchanges), library: EVIL[2]!, url: EVIL[0]! };
  const texts = await checkWorkbook(await renderSession(session, []));
  assert.ok(texts.includes("=cmd|' /C calc'!A0"));
});

Deno.test("formats write nothing outside the folder of the run", async () => {
  for (const format of formats) {
    for (const result of FEW.slice(0, 1)) {
      for (const { path } of await format.render(result)) {
        assert.match(path, /^(\w[\w-]*\/)?\w[\w.-]*$/);
      }
    }
  }
});
