import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { EXPLAINED } from "../testing/explained_testdata.ts";
import { firstRounds, firstScenarios, firstServers, ROUNDS } from "../testing/rounds_testdata.ts";
import { screenOf } from "./screen.ts";
import { summaryOf } from "../summary/summary.ts";
import { verdictLines } from "./terminal.ts";

function lines(result: Result, width = 130): string[] {
  return verdictLines(summaryOf(result), screenOf({ width, color: false }, []));
}

Deno.test("verdictLines() puts a few verdicts into words, by case", () => {
  assert.deepEqual(lines(firstScenarios(1)), [
    "Compared with Deno.serve",
    "Throughput · 16 connections, 16 in flight, 64 B",
    "  ws is 20 % slower than Deno.serve (17–23 %)",
    "  socket.io is 69 % slower than Deno.serve (67–70 %)",
    "  ws has 30 % higher server CPU time per message than Deno.serve (25–34 %)",
    "  socket.io has 3.3 times the server CPU time per message of Deno.serve (3.2–3.5 times)",
    "Throughput · 16 connections, 16 in flight, 16 KiB",
    "  ws is the same as Deno.serve within 5 % in rate (−2…+5 %)",
    "  socket.io is 61 % slower than Deno.serve (59–63 %)",
    "  ws is the same as Deno.serve within 5 % in server CPU time per message (−4…+3 %)",
    "  socket.io has 2.5 times the server CPU time per message of Deno.serve (2.3–2.6 times)",
  ]);
});

Deno.test("verdictLines() counts more of them by server", () => {
  assert.deepEqual(lines(ROUNDS), [
    "Compared with Deno.serve",
    "ws: worse in 2 of 4 cases, better in 1, the same within 5 % in 1; " +
    "CPU time: higher in 1 of 3 cases, the same within 5 % in 2.",
    "socket.io: worse in 3 of 4 cases, not compared in 1; " +
    "CPU time: higher in 2 of 3 cases, not compared in 1.",
    "All verdicts: sheet Verdicts of the workbook.",
  ]);
});

Deno.test("verdictLines() gives the reasons if nothing can be compared", () => {
  assert.deepEqual(lines(firstRounds(1)), [
    "Compared with Deno.serve",
    "No verdict: 1 round cannot show a difference: it takes 5 or more; " +
    "there is no round with both figures.",
  ]);
});

Deno.test("verdictLines() is empty for a single server", () => {
  assert.deepEqual(lines(firstServers(1)), []);
});

Deno.test("verdictLines() has what goes with verdicts below those of their case", () => {
  const [scenario] = EXPLAINED.scenarios;
  const trials = EXPLAINED.trials.filter((trial) => trial.scenario === scenario!.id);
  const spoken = lines({ ...EXPLAINED, scenarios: [scenario!], trials }, 200);
  assert.equal(
    spoken[spoken.findIndex((line) => line.includes("16 KiB")) - 2],
    "  Goes with it (ws against Deno.serve): 19 × the system calls a message: 2.5 (Deno.serve 0.13)",
  );
  const counted = lines(EXPLAINED, 300).find((line) => line.includes("Goes with"));
  assert.match(
    counted!,
    /^ {2}Goes with the largest difference \(socket\.io against Deno\.serve, Throughput · 16 connections, .*30 % of its time in garbage collections \(Deno\.serve 1\.0 %\)$/,
  );
  assert.ok(!lines(ROUNDS).some((line) => line.includes("Goes with")));
});
