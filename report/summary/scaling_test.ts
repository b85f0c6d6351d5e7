import assert from "node:assert/strict";
import type { CaseDescription, CompletedTrial, Result } from "../../measure/model/result.ts";
import { throughputOf } from "../../measure/scaling/usl.ts";
import { formatCell, heading } from "../tables/table.ts";
import { sections } from "../tables/tables.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { scalings, scalingTable } from "./scaling.ts";

const NUMBERS = [1, 8, 64, 256, 1024];
const [TEMPLATE] = ROUNDS.trials.filter((trial) => trial.state === "completed");

function caseOf(connections: number): CaseDescription {
  return {
    id: `connections=${connections},inFlight=1`,
    title: `${connections} connections`,
    parameters: { connections, inFlight: 1 },
  };
}

/** A run whose servers have these rates with so many connections. */
function runOf(rates: { readonly [server: string]: (connections: number) => number }): Result {
  const scenario = {
    ...ROUNDS.scenarios[0]!,
    id: "scalability",
    // In no order.
    cases: NUMBERS.toReversed().map(caseOf),
  };
  const trials = Object.entries(rates).flatMap(([server, rateOf]) =>
    NUMBERS.flatMap((n) =>
      [1, 2, 3, 4, 5, 6, 7].map((round): CompletedTrial => ({
        ...TEMPLATE as CompletedTrial,
        server,
        round,
        scenario: "scalability",
        case: caseOf(n).id,
        metrics: { rate: rateOf(n) * (1 + 0.01 * (round % 3 - 1)) },
      }))
    )
  );
  return { ...ROUNDS, scenarios: [scenario], trials };
}

const LAW = { alpha: 0.04, beta: 3e-5, gamma: 9000 };
const run = runOf({
  native: (n) => throughputOf(LAW, n),
  ws: (n) => throughputOf({ ...LAW, beta: 0 }, n),
  socketio: (n) => n === 64 ? 10 : 5000,
});

Deno.test("scalings() fit the law to the rates of each server, by numbers of connections", () => {
  const all = scalings(run, run.scenarios[0]!);
  assert.deepEqual(all[0]!.cases, ["1 connections", "1024 connections"]);
  const [native, ws, socketio] = all.map(({ found }) => found);
  assert.ok("model" in native! && "model" in ws!);
  assert.ok(Math.abs(native.model.alpha - LAW.alpha) < 1e-4);
  assert.ok(Math.abs(native.peak! - 178.9) < 0.1, `${native.peak}`);
  assert.equal(ws.peak, undefined);
  assert.match((socketio as { why: string }).why, /^the law misses the rates by \d+ %$/);
});

Deno.test("the law stands below the figures of its scenario, and an empty cell says why", () => {
  const scalability = sections(run).find(({ id }) => id === "scalability")!;
  const { columns, rows } = scalability.tables.find(({ id }) => id === "scalability-law")!;
  const shown = rows.map((row) =>
    Object.fromEntries(row.map((cell, at) => {
      const column = columns[at]!;
      return [heading(column), formatCell(cell, column) || `(${cell.note})`];
    }))
  );
  const words = shown.map((row) => [
    row["Server"],
    row["Rate of one (messages/s)"],
    row["Contention (%)"],
    row["Coherency (ppm)"],
    row["Peak (connections)"],
    row["Rate at the peak (messages/s)"],
  ]);
  const none = "(none is told apart among these connections)";
  assert.deepEqual(words.slice(0, 2), [
    ["Deno.serve", "9,000", "4.00", "30.0", "179", "177,504"],
    ["ws", "9,000", "4.00", words[1]![3], none, "(undefined)"],
  ]);
  assert.match(words[2]![2]!, /^\(the law misses the rates by \d+ %\)$/);
});

Deno.test("scalingTable() is undefined without cases that differ in connections only", () => {
  for (const scenario of ROUNDS.scenarios) assert.equal(scalingTable(ROUNDS, scenario), undefined);
  const [scenario] = run.scenarios;
  const two = { ...scenario!, cases: scenario!.cases.slice(0, 2) };
  assert.equal(scalingTable(run, two), undefined);
});
