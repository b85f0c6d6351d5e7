import assert from "node:assert/strict";
import type { Result, Trial } from "../../measure/model/result.ts";
import type { Plot } from "../plots/chart.ts";
import type { SampledTrial } from "../tables/samples_table.ts";
import { RESULT } from "../testing/testdata.ts";
import { renderWorkbook, sampleRows, sampleSheets } from "./workbook.ts";
import exceljs, { type Cell, type Workbook, type Worksheet } from "exceljs";
import JSZip from "jszip";

async function read(result: Result, plots: readonly Plot[] = []): Promise<Workbook> {
  return await load(await renderWorkbook(result, plots));
}

async function load(bytes: Uint8Array): Promise<Workbook> {
  const workbook = new exceljs.Workbook();
  // The library declares a type Buffer that does not match the one of Deno.
  await workbook.xlsx.load(bytes as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  return workbook;
}

const workbook = await read(RESULT);

/** Each trial of the result with 60 latencies. */
const SAMPLED: Result = {
  ...RESULT,
  trials: RESULT.trials.map((trial): Trial =>
    trial.state === "failed" ? trial : {
      ...trial,
      samples: {
        every: 37,
        atMs: Array.from({ length: 60 }, (_, index) => index * 3.25),
        latencyMs: Array.from({ length: 60 }, (_, index) => trial.trial + index / 1000),
      },
    }
  ),
};

const PLOT: Plot = {
  id: "rate",
  section: "echo",
  title: "Which server answers most?",
  alt: 'Bars: <ws> & "native"\nin front.',
  caption: "Example CPU, 2026-01-31",
  spec: {
    width: 200,
    height: 100,
    data: { values: [{ server: "ws", rate: 3 }] },
    mark: "bar",
    encoding: { x: { field: "rate", type: "quantitative" }, y: { field: "server" } },
  },
};

function sheet(name: string): Worksheet {
  const found = workbook.getWorksheet(name);
  assert.ok(found, `no sheet "${name}"`);
  return found;
}

/** Row of the headings: where the frozen part ends; on the sheet Summary that of the first table. */
function headerRow({ name, views }: Worksheet): number {
  if (name === "Summary") {
    return Array.from(sheet(name).getColumn(1).values).indexOf("Scenario");
  }
  const [view] = views;
  assert.equal(view?.state, "frozen");
  return view.state === "frozen" ? view.ySplit ?? 0 : 0;
}

/** A cell by the heading of its column; rows count from 0 below the headings. */
function at(name: string, row: number, title: string): Cell {
  const found = sheet(name);
  const header = found.getRow(headerRow(found));
  for (let column = 1; column <= found.columnCount; column++) {
    if (header.getCell(column).value === title) {
      return found.getCell(header.number + 1 + row, column);
    }
  }
  throw new RangeError(`No column "${title}" on sheet "${name}"`);
}

function allCells(book: Workbook): Cell[] {
  const cells: Cell[] = [];
  book.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => cells.push(cell))));
  return cells;
}

Deno.test("renderWorkbook() names the sheets by their sections", () => {
  assert.deepEqual(workbook.worksheets.map(({ name }) => name), [
    "Summary",
    "Verdicts",
    "Charts",
    "Echo rate",
    "Opening how fast how many",
    "All rounds together",
    "Trials",
    "Timeline",
    "Samples",
    "Warnings",
    "Hardware",
    "Settings",
  ]);
});

Deno.test("renderWorkbook() gives sheets with equal titles different names", async () => {
  const [echo] = RESULT.scenarios;
  const titles = ["Trials", "History", "It's", "x".repeat(40), "x".repeat(40), "/?*[]:\\"];
  const scenarios = titles.map((title, index) => ({ ...echo!, id: `${index}`, title }));
  const names = (await read({ ...RESULT, scenarios })).worksheets.map(({ name }) => name);
  assert.deepEqual(names.slice(3, 11), [
    "Trials",
    "History (2)",
    "It’s",
    "x".repeat(31),
    `${"x".repeat(27)} (2)`,
    "Sheet",
    "All rounds together",
    "Trials (2)",
  ]);
});

Deno.test("renderWorkbook() writes numbers as numbers with formats", () => {
  const rate = at("Echo rate", 0, "Message rate (messages/s)");
  assert.equal(Math.round(rate.value as number), 21_723);
  assert.equal(rate.numFmt, "#,##0");
  const latency = at("Echo rate", 0, "Latency p99 (ms)");
  assert.ok(typeof latency.value === "number");
  assert.equal(latency.numFmt, "#,##0.0000");
  assert.equal(at("Hardware", 4, "Value").numFmt, "#,##0.00");
  assert.equal(at("Verdicts", 0, "p").numFmt, '[<0.001]"<0.001";#,##0.000');
});

Deno.test("renderWorkbook() writes times as dates", () => {
  const cell = at("Trials", 0, "Started at (UTC)");
  assert.equal(cell.type, exceljs.ValueType.Date);
  assert.deepEqual(cell.value, new Date("2026-01-31T14:05:12Z"));
  assert.equal(cell.numFmt, "yyyy-mm-dd hh:mm:ss");
});

Deno.test("renderWorkbook() writes a number with a footnote as a number", () => {
  const cell = at("Summary", 1, "socket.io");
  assert.equal(Math.round(cell.value as number), 188_620);
  assert.equal(cell.numFmt, '#,##0" [1]"');
});

Deno.test("renderWorkbook() explains an empty cell below the table", () => {
  assert.equal(at("Summary", 2, "socket.io").value, "– [2]");
  const notes = sheet("Summary").getColumn(1).values;
  assert.ok(
    notes.includes("[2] 2 trials failed: the server did not accept connections within 10 s"),
  );
});

Deno.test("renderWorkbook() freezes the row of headings, with filters", () => {
  const apart = ["Summary", "Charts", "Samples", "Settings"];
  for (const { name } of workbook.worksheets.filter(({ name }) => !apart.includes(name))) {
    const found = sheet(name);
    const row = headerRow(found);
    assert.match(String(found.autoFilter), new RegExp(`^A${row}:[A-Z]+\\d+$`), name);
    assert.equal(found.pageSetup.printTitlesRow, `${row}:${row}`);
    assert.ok(found.getRow(row).getCell(1).font.bold);
  }
});

Deno.test("renderWorkbook() marks best, wrong and failed", () => {
  const best = at("Summary", 0, "Deno.serve");
  assert.equal(best.font.bold, true);
  const fills = [best, at("Summary", 1, "socket.io"), at("Summary", 2, "socket.io")].map((
    { fill },
  ) => fill.type === "pattern" ? fill.fgColor?.argb : undefined);
  assert.equal(new Set(fills).size, 3);
  assert.ok(!fills.includes(undefined));
});

Deno.test("renderWorkbook() never turns a text into a formula", () => {
  assert.ok(allCells(workbook).every(({ type }) => type !== exceljs.ValueType.Formula));
  assert.equal(at("Trials", 10, "Reason").value, '=HYPERLINK("x") exit code 1 at line 2');
});

Deno.test("renderWorkbook() writes no number that is not finite", () => {
  for (const { value } of allCells(workbook)) {
    assert.ok(typeof value !== "number" || Number.isFinite(value));
    assert.ok(typeof value !== "string" || !/^(NaN|-?Infinity)$/.test(value));
  }
});

Deno.test("renderWorkbook() keeps a text that looks like an escaped character", async () => {
  const book = await read({ ...RESULT, machine: [{ group: "g", name: "n", value: "_x0041_" }] });
  assert.ok(allCells(book).some(({ value }) => value === "_x0041_"));
});

Deno.test("renderWorkbook() leaves no sheet empty", async () => {
  const book = await read({ ...RESULT, scenarios: [], machine: [], trials: [], warnings: [] });
  const text = (name: string): unknown => book.getWorksheet(name)!.lastRow!.getCell(1).value;
  const names = ["Summary", "Charts", "Trials", "Timeline", "Samples", "Hardware", "Warnings"];
  assert.deepEqual(names.map(text), [
    "The run has no cases.",
    "The run has nothing to plot.",
    "No trial has ended.",
    "No trial has ended.",
    "No latencies of single messages were kept.",
    "Nothing about the machine was recorded.",
    "There are no warnings.",
  ]);
});

Deno.test("renderWorkbook() gives every column a width", () => {
  for (const { name, columns } of workbook.worksheets) {
    assert.ok(columns.every(({ width }) => width !== undefined && width > 7), name);
  }
});

Deno.test("renderWorkbook() is set up for landscape pages", () => {
  for (const { pageSetup } of workbook.worksheets) {
    assert.equal(pageSetup.orientation, "landscape");
    assert.equal(pageSetup.fitToHeight, 0);
  }
  assert.equal(sheet("Summary").pageSetup.fitToWidth, 1);
});

Deno.test("renderWorkbook() puts a second table below the first under its own title", async () => {
  const probe = { rate: 1, sentShare: 1, p50Ms: 1, p99Ms: 1, maxMs: 1, lost: 0, passed: true };
  const trials = RESULT.trials.map((trial): Trial =>
    trial.state === "completed"
      ? { ...trial, capacity: { low: 1, high: null, probes: [probe] } }
      : trial
  );
  const book = await read({ ...RESULT, trials });
  const lines = Array.from(book.getWorksheet("Echo rate")!.getColumn(1).values);
  assert.equal(lines.filter((line) => line === "Echo rate").length, 1);
  assert.equal(lines.filter((line) => line === "Probes").length, 1);
});

Deno.test("renderWorkbook() dates the document by the run", () => {
  assert.equal(workbook.creator, "wsmark");
  assert.equal(workbook.lastModifiedBy, "wsmark");
  assert.equal(workbook.title, "wsmark: WebSocket benchmark of 2026-01-31");
  assert.deepEqual(workbook.created, new Date(RESULT.startedAt));
  // The library reads all keywords as one text.
  assert.equal(String(workbook.keywords), "WebSocket, benchmark, Deno.serve, ws, socket.io");
});

Deno.test("renderWorkbook() gives the same bytes at any time", async () => {
  const first = await renderWorkbook(SAMPLED, [PLOT]);
  const Now = Date;
  globalThis.Date = class extends Now {
    constructor(...given: unknown[]) {
      super(...(given.length === 0 ? [Now.now() + 3_600_000] : given) as [number]);
    }
  } as DateConstructor;
  try {
    assert.deepEqual(await renderWorkbook(SAMPLED, [PLOT]), first);
  } finally {
    globalThis.Date = Now;
  }
});

Deno.test("renderWorkbook() writes a row with typed cells for each sample", async () => {
  const book = await read(SAMPLED);
  const samples = book.getWorksheet("Samples")!;
  const trials = SAMPLED.trials.filter(({ state }) => state === "completed");
  const header = headerRow(samples);
  const row = (number: number): unknown[] =>
    Array.from({ length: 8 }, (_, at) => samples.getRow(number).getCell(at + 1).value);
  assert.deepEqual(row(header), [
    "Trial",
    "Server",
    "Scenario",
    "Case",
    "Round",
    "Index",
    "At (ms)",
    "Latency (ms)",
  ]);
  const [first] = ["Deno.serve", "Echo rate"];
  assert.deepEqual(row(header + 2), [
    ...[1, first, "Echo rate", "1 connection × 1 in flight, 16 B", 1, 2, 3.25, 1.001],
  ]);
  const last = header + 60 * trials.length;
  assert.deepEqual(row(last).slice(0, 2), [18, "Deno.serve"]);
  assert.deepEqual(row(last).slice(5), [60, 59 * 3.25, 18.059]);
  assert.equal(samples.rowCount, last);
  assert.equal(samples.autoFilter, `A${header}:H${last}`);
  assert.equal(samples.getCell(last, 8).numFmt, "#,##0.0000");
  assert.equal(samples.getRow(header).getCell(1).font.bold, true);
  assert.match(
    String(samples.getCell(2, 1).value),
    /: every 37th message\. .* the first 25 rows\.$/,
  );
});

Deno.test("renderWorkbook() shows a plot once, with its title above it", async () => {
  const bytes = await renderWorkbook(RESULT, [PLOT]);
  const book = await load(bytes);
  const shown = book.worksheets.filter((one) => one.getImages().length > 0);
  assert.deepEqual(shown.map(({ name }) => name), ["Charts"]);
  const [image, ...others] = shown[0]!.getImages();
  assert.deepEqual(others, []);
  const { nativeRow, nativeCol } = image!.range.tl;
  assert.equal(shown[0]!.getCell(nativeRow, nativeCol + 1).value, PLOT.title);
  const zip = await JSZip.loadAsync(bytes);
  const drawing = await zip.file("xl/drawings/drawing1.xml")!.async("string");
  assert.match(drawing, / descr="Bars: &lt;ws&gt; &amp; &quot;native&quot; in front\."/);
  assert.equal(zip.file(/\.png$/).length, 1);
});

Deno.test("renderWorkbook() has no picture of a plot that the spreadsheet draws", async () => {
  const zip = await JSZip.loadAsync(await renderWorkbook(RESULT, [{ ...PLOT, id: "echo-bars" }]));
  assert.equal(zip.file(/\.png$/).length, 0);
  assert.equal(zip.file(/^xl\/charts\/chart\d+\.xml$/).length, 2);
});

Deno.test("renderWorkbook() begins with wrong replies, the answer and the light", () => {
  const rows = sheet("Summary").getColumn(1).values.filter((value) => typeof value === "string");
  assert.deepEqual(rows.slice(0, 2), [
    "Summary",
    "✗ socket.io lost 7 and reordered 2 of 77,274 replies (1 of 4 trials of socket.io in Echo rate).",
  ]);
  assert.match(rows.join("\n"), /\nUse\n.*\n✗ Do not rely on it\nSide by side\n/s);
});

Deno.test("renderWorkbook() prints one page of trials and of the timeline, and says so", () => {
  for (const name of ["Trials", "Timeline"]) {
    const { pageSetup } = sheet(name);
    assert.match(pageSetup.printArea!, /^A1:[A-Z]+\d+$/, name);
    const last = Number(/\d+$/.exec(pageSetup.printArea!)![0]);
    assert.ok(last <= headerRow(sheet(name)) + 25, name);
  }
  assert.match(
    String(sheet("Trials").getCell("A2").value),
    / In print: the first \d+ of \d+ columns; all are in this sheet\.$/,
  );
});

const TRIAL = {
  ...RESULT.trials[0],
  samples: { every: 2, atMs: [1.5, 2.5, 3.5], latencyMs: [0.25, Number.NaN, 0.75] },
} as SampledTrial;

const RESULT_OF_ONE = { ...RESULT, trials: [TRIAL] };

Deno.test("sampleRows() has a row for each sample of a range, like the pattern of its trial", () => {
  const ranges = [{ trial: TRIAL, from: 1, to: 3 }, { trial: TRIAL, from: 0, to: 1 }];
  const rows = [...sampleRows(ranges)].map(({ look, values }) => [look, ...values.slice(5)]);
  assert.deepEqual(rows, [[0, 2, 2.5, NaN], [0, 3, 3.5, 0.75], [1, 1, 1.5, 0.25]]);
});

Deno.test("sampleSheets() gives a run at least one sheet and numbers the others", () => {
  const titles = (size: number): string[] =>
    sampleSheets(RESULT_OF_ONE, size).map(({ table }) => table.title);
  assert.deepEqual(titles(3), ["Samples"]);
  assert.deepEqual(titles(1), ["Samples", "Samples 2", "Samples 3"]);
  assert.deepEqual(sampleSheets(RESULT).map(({ ranges }) => ranges), [[]]);
});
