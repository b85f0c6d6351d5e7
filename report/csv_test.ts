import assert from "node:assert/strict";
import type { Result } from "../measure/model/result.ts";
import { renderCsvs } from "./csv.ts";
import { ROUNDS } from "./testing/rounds_testdata.ts";
import { sections } from "./tables/tables.ts";
import { RESULT } from "./testing/testdata.ts";

/** Reads CSV strictly by RFC 4180. */
function read(content: string): string[][] {
  const records: string[][] = [[]];
  const fields = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  while (fields.lastIndex < content.length) {
    const at = fields.lastIndex;
    const match = fields.exec(content);
    assert.ok(match !== null, `no field at ${at}: ${content.slice(at, at + 40)}`);
    const [, field = "", end] = match;
    records.at(-1)!.push(
      field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field,
    );
    if (end === "\r\n") records.push([]);
  }
  assert.deepEqual(records.pop(), [], "the last line ends, too");
  return records;
}

function file(result: Result, path: string): string[][] {
  const found = renderCsvs(result).find((one) => one.path === path);
  assert.ok(found !== undefined, path);
  return read(found.content);
}

Deno.test("renderCsvs() gives every table of the sections with all its rows and columns", () => {
  for (const result of [RESULT, ROUNDS]) {
    const tables = sections(result).flatMap(({ tables }) => tables);
    const files = renderCsvs(result);
    assert.deepEqual(
      files.map(({ path }) => path),
      [...tables.map(({ id }) => `csv/${id}.csv`), "csv/long.csv"],
    );
    for (const [index, { content }] of files.slice(0, -1).entries()) {
      const records = read(content);
      const { rows, columns } = tables[index]!;
      assert.equal(records.length, rows.length + 1);
      assert.ok(records.every(({ length }) => length === columns.length + 1));
      assert.equal(records[0]!.at(-1), "Footnotes");
    }
  }
});

Deno.test("renderCsvs() writes figures with all their digits, and units in the headings", () => {
  const [headings, ...rows] = file(ROUNDS, "csv/throughput.csv");
  const at = headings!.indexOf("Server CPU time per message (µs)");
  assert.ok(at > 0);
  const table = sections(ROUNDS).flatMap(({ tables }) => tables)
    .find(({ id }) => id === "throughput")!;
  assert.deepEqual(
    rows.map((row) => row[at] === "" ? null : Number(row[at])),
    table.rows.map((row) => row[at]!.value),
  );
});

Deno.test("renderCsvs() leaves a cell without a figure empty, with the reason in the last column", () => {
  const [headings, ...rows] = file(ROUNDS, "csv/connect.csv");
  const failed = rows.find(([, server]) => server === "socket.io")!;
  assert.equal(failed[headings!.indexOf("Handshake p50 (ms)")], "");
  assert.match(failed.at(-1)!, /Handshake p50: failed, 7 trials failed: the server did not accept/);
});

Deno.test("renderCsvs() stops spreadsheets from executing text, and keeps numbers numbers", () => {
  for (const begin of ["=", "+", "-", "@"]) {
    const [first, ...others] = ROUNDS.servers;
    const title = `${begin}cmd|' /C calc'!A0,"x"`;
    const result = { ...ROUNDS, servers: [{ ...first!, title }, ...others] };
    const [headings] = file(result, "csv/summary.csv");
    assert.ok(headings!.includes(`'${title}`));
    for (const { content } of renderCsvs(result)) {
      for (const field of read(content).flat()) {
        assert.ok(/^-?\d/.test(field) || !/^[=+\-@\t\r]/.test(field), field);
      }
    }
  }
  const [trial, ...rest] = RESULT.trials;
  assert.equal(trial!.state, "completed");
  const metrics = { ...(trial as { metrics: object }).metrics, rate: -1.5 };
  const [headings, row] = file(
    { ...RESULT, trials: [{ ...trial, metrics } as typeof trial & object, ...rest] },
    "csv/trials.csv",
  );
  assert.equal(row![headings!.indexOf("Message rate (messages/s)")], "-1.5");
});

Deno.test("renderCsvs() writes the long form with names for programs, and without footnotes", () => {
  const [headings, ...rows] = file(ROUNDS, "csv/long.csv");
  assert.ok(headings!.every((name) => /^[a-z_]+$/.test(name)), headings!.join());
  assert.ok(rows.every(({ length }) => length === headings!.length));
  const one = rows.find((row) => row[headings!.indexOf("low")] !== "")!;
  const [low, value, high] = ["low", "value", "high"].map((name) =>
    Number(one[headings!.indexOf(name)])
  );
  assert.ok(low! < value! && value! < high!, one.join());
});

Deno.test("renderCsvs() has no byte order mark", () => {
  assert.ok(renderCsvs(ROUNDS).every(({ content }) => !content.startsWith("\uFEFF")));
});

Deno.test("renderCsvs() never leaves its folder, and never gives two files the same name", () => {
  const [scenario] = ROUNDS.scenarios;
  const ids = ["../../etc/passwd", "..", "a/b", "SUMMARY", "Long", "", "C:\\x"];
  const scenarios = ids.map((id) => ({ ...scenario!, id }));
  const paths = renderCsvs({ ...ROUNDS, scenarios, trials: [] }).map(({ path }) => path);
  for (const path of paths) assert.match(path, /^csv\/\w[\w-]*(\.\w[\w-]*)*\.csv$/);
  assert.equal(new Set(paths.map((path) => path.toLowerCase())).size, paths.length);
});
