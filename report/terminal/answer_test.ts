import assert from "node:assert/strict";
import { busy } from "../testing/busy_testdata.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import { summaryOf } from "../summary/summary.ts";
import { closingLines, useLines } from "./answer.ts";
import { screenOf } from "./screen.ts";

const screen = (width: number) => screenOf({ width, color: false }, []);

Deno.test("useLines() has a row for each use, with as many figures as fit", () => {
  const lines = (width: number): string[] => useLines(summaryOf(busy()).answer, screen(width));
  assert.deepEqual(lines(100), [
    "Which server for which use",
    "1,024 busy connections  ws  sure  ws 43,991 messages/s, Deno.serve 67,986 messages/s",
  ]);
  assert.deepEqual(lines(60), [
    "Which server for which use",
    "1,024 busy connections  ws  sure  ws 43,991 messages/s",
  ]);
  assert.deepEqual(lines(40), [
    "Which server for which use",
    "1,024 busy connections: ws, sure (ws",
    "  43,991 messages/s, Deno.serve 67,986",
    "  messages/s, socket.io 20,996",
    "  messages/s)",
  ]);
});

Deno.test("closingLines() has the light and the answer in at most six lines at 80 columns", () => {
  for (const result of [ROUNDS, RESULT, busy()]) {
    const lines = closingLines(summaryOf(result), screen(80));
    assert.ok(lines.length <= 6, lines.join("\n"));
    assert.match(lines[0]!, /^● (Sound|Read with care|Do not rely on it)/);
  }
  assert.deepEqual(closingLines(summaryOf(busy()), screen(80)), [
    "● Sound. 42 trials, and no warning that matters.",
    "For 1,024 busy connections take ws: sure.",
    "Not Deno.serve for 1,024 busy connections: its slowest connection gets 5.00",
    "  messages/s, that of ws 30.0 messages/s.",
  ]);
});
