import assert from "node:assert/strict";
import exceljs, { type Worksheet } from "exceljs";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import { surely } from "../summary/answer/answer.ts";
import { summaryOf } from "../summary/summary.ts";
import { sections } from "../tables/tables.ts";
import { fillSheet } from "./sheet.ts";
import { openingOf, spansOf, summarySection } from "./summary.ts";

function summarySheet(result = ROUNDS): Worksheet {
  const sheet = new exceljs.Workbook().addWorksheet("Summary");
  fillSheet(sheet, summarySection(result), {
    opening: openingOf(result),
    main: "figures",
  });
  return sheet;
}

/** The texts of the rows of a sheet; merged cells count once. */
function lines(sheet: Worksheet): string[][] {
  const found: string[][] = [];
  sheet.eachRow({ includeEmpty: true }, (row) => {
    const texts: string[] = [];
    row.eachCell((cell) => {
      if (cell.master === cell && cell.value !== null) texts.push(String(cell.value));
    });
    found.push(texts);
  });
  return found;
}

Deno.test("openingOf() has the sentences, a row for each use with its figures below it, and the light with a word", () => {
  const { sentences, rows, light } = summaryOf(ROUNDS).answer;
  const shown = lines(summarySheet());
  assert.deepEqual(shown.slice(1, 1 + sentences.length).map(([text]) => text), sentences);
  const header = shown.findIndex(([text]) => text === "Use");
  assert.deepEqual(shown[header], ["Use", "Take", "How sure", "Figure", "But"]);
  assert.deepEqual(
    shown.slice(header + 1, header + 1 + rows.length),
    rows.map((row) => [
      row.use,
      row.server,
      surely(row),
      `${row.figure}\n${row.metric}`,
      ...(row.warning === undefined ? [] : [row.warning]),
    ]),
  );
  const [, ...after] = shown.slice(header + rows.length + 1);
  assert.match(after[0]![0]!, new RegExp(`^[✓!✗] ${light.title}$`));
  assert.deepEqual(
    after.slice(0, light.reasons.length).flatMap((row) => row.at(-1)),
    light.reasons,
  );
});

Deno.test("openingOf() puts wrong replies first, in red and with a symbol", () => {
  const sheet = summarySheet(RESULT);
  const cell = sheet.getCell("A2");
  assert.match(String(cell.value), /^✗ socket\.io lost 7/);
  assert.equal(cell.font.color?.argb, "FF8E1408");
  assert.equal(cell.font.bold, true);
});

Deno.test("openingOf() tells of messages that nobody asked for before the light", () => {
  const trials = ROUNDS.trials.map((trial) =>
    trial.state === "completed" && trial.server === "ws"
      ? { ...trial, unasked: { messages: 2 } }
      : trial
  );
  const shown = lines(summarySheet({ ...ROUNDS, trials })).map((row) => row.join(" "));
  const place = shown.findIndex((row) => /^ws sent \d+ messages that nobody asked for/.test(row));
  assert.ok(place > 0 && place < shown.findIndex((row) => /^[✓!✗] /.test(row)), `${place}`);
});

Deno.test("summarySection() has the servers side by side, then each figure with all that is known of it", () => {
  const sheet = summarySheet();
  const shown = lines(sheet);
  const [first, second] = shown.flatMap((row, index) => row[0] === "Scenario" ? [index] : []);
  assert.ok(shown[first!]!.includes("Ceiling"));
  assert.ok(!shown[first!]!.includes("ws low"));
  assert.ok(shown[second!]!.includes("Against Deno.serve"));
  const { from } = sheet.autoFilter as { from: { row: number } };
  assert.equal(from.row, second! + 1);
  assert.equal(sheet.pageSetup.printTitlesRow, `${from.row}:${from.row}`);
});

Deno.test("spansOf() joins columns until they are wide enough, and stops with the columns", () => {
  assert.deepEqual(spansOf([10, 10, 30, 5], [15, 20, 30]), [
    { first: 1, last: 2, width: 20 },
    { first: 3, last: 3, width: 30 },
    { first: 4, last: 4, width: 5 },
  ]);
  assert.deepEqual(spansOf([10], [5, 5]), [{ first: 1, last: 1, width: 10 }]);
});

Deno.test("openingOf() joins the last columns on a sheet with few", () => {
  const sheet = new exceljs.Workbook().addWorksheet("Summary");
  const warnings = sections(ROUNDS).find(({ id }) => id === "warnings")!;
  fillSheet(sheet, { ...warnings, tables: [{ ...warnings.tables[0]!, rows: [] }] }, {
    opening: openingOf(ROUNDS),
  });
  const header = lines(sheet).find(([text]) => text?.startsWith("Use"));
  assert.equal(header?.join(" "), "Use Take How sure Figure But");
});
