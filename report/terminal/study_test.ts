import assert from "node:assert/strict";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { screenOf } from "./screen.ts";
import { STUDIED } from "../testing/study_testdata.ts";
import { summaryOf } from "../summary/summary.ts";
import { renderTerminal, studyLines } from "./terminal.ts";

const serializer = (text: string): string => `\n${text}`;

Deno.test("studyLines() has each claim with what was found and the remark", async (t) => {
  const lines = studyLines(summaryOf(STUDIED), screenOf({ width: 80, color: false }, []));
  await t.assertSnapshot(lines.join("\n"), { serializer });
});

Deno.test("renderTerminal() keeps the study and the servers left out within the terminal", () => {
  for (const width of [20, 33, 80]) {
    const text = renderTerminal(STUDIED, { width, color: false });
    assert.ok(text.split("\n").every((line) => line.length <= width), text);
  }
});

Deno.test("renderTerminal() does not mention a study or left-out servers if there are none", () => {
  const text = renderTerminal(ROUNDS, { width: 80, color: true });
  assert.doesNotMatch(text, /Study|Left out/);
});

Deno.test("renderTerminal() shows the servers left out, then the study after the verdicts", () => {
  const text = renderTerminal(STUDIED, { width: 80, color: false });
  const places = ["\nLeft out: Tornado", "\nCompared with Deno.serve", "\nStudy: Servers elsewhere"]
    .map((part) => text.indexOf(part));
  assert.ok(places.every((place, index) => place > (places[index - 1] ?? 0)), String(places));
});
