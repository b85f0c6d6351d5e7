import assert from "node:assert/strict";
import { firstRounds, firstServers, ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import { figuresTable } from "./figures_table.ts";
import { formatCell, heading, type Table } from "./table.ts";

const shown = ({ rows, columns }: Table): string[][] =>
  rows.map((row) => row.map((cell, index) => formatCell(cell, columns[index]!)));

Deno.test("figuresTable() has a row for each case and server, with CPU time beside the figure", () => {
  const table = figuresTable(ROUNDS);
  assert.deepEqual(table.columns.map(heading), [
    "Scenario",
    "Case",
    "Server",
    "Metric",
    "Figure",
    "Low",
    "High",
    "Unit",
    "CPU time (µs)",
    "CPU low (µs)",
    "CPU high (µs)",
    "Against Deno.serve",
    "CPU time against Deno.serve",
  ]);
  assert.equal(table.rows.length, 4 * 3);
  const [native, ws] = shown(table) as [string[], string[]];
  assert.deepEqual(native.slice(2, 5).concat(native.slice(-2)), [
    "Deno.serve",
    "Rate",
    native[4]!,
    "baseline",
    "baseline",
  ]);
  assert.deepEqual(ws.slice(-2), ["−20 % (−23…−17)", "+30 % (+25…+34)"]);
  assert.deepEqual(table.rows[1]!.slice(-2).map(({ sign }) => sign), ["worse", "worse"]);
});

Deno.test("figuresTable() leaves out what is not known", () => {
  const [, ws] = shown(figuresTable(firstRounds(2))) as [string[], string[]];
  assert.deepEqual([ws[5], ws[6], ws.at(-2)], ["", "", "not compared"]);
  const idle = shown(figuresTable(ROUNDS)).filter(([scenario]) => scenario === "Idle connections");
  assert.ok(idle.every((row) => row[8] === "" && row.at(-1) === ""));
  const [alone] = shown(figuresTable(firstServers(1))) as [string[]];
  assert.equal(alone.at(-2), "baseline");
});

Deno.test("figuresTable() explains only figures that are missing", () => {
  const cells = figuresTable(RESULT).rows.flat();
  assert.ok(cells.some(({ mark, value }) => mark === "wrong" && value !== null));
  assert.ok(
    cells.every(({ mark, note, value }) =>
      mark !== "wrong" || note === undefined || value === null
    ),
  );
  assert.ok(cells.some(({ note }) => note?.startsWith("2 trials failed")));
});
