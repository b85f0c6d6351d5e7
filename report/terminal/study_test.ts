import assert from "node:assert/strict";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { screenOf, widthOf } from "./screen.ts";
import { STUDIED } from "../testing/study_testdata.ts";
import { renderTerminal } from "./terminal.ts";
import { leftOutLines, studyLines } from "./study.ts";

const serializer = (text: string): string => `\n${text}`;

Deno.test("studyLines() have each claim with what was found and the remark", async (t) => {
  await t.assertSnapshot(studyLines(STUDIED, screenOf({ width: 80, color: false }, [])), {
    serializer,
  });
});

Deno.test("studyLines() and leftOutLines() keep within the terminal", () => {
  for (const width of [20, 33, 80]) {
    const screen = screenOf({ width, color: true }, []);
    assert.ok(widthOf(studyLines(STUDIED, screen)) <= width);
    assert.ok(widthOf(leftOutLines(STUDIED, screen)) <= width);
  }
});

Deno.test("studyLines() and leftOutLines() are nothing where there is nothing to say", () => {
  const screen = screenOf({ width: 80, color: true }, []);
  assert.equal(studyLines(ROUNDS, screen), "");
  assert.equal(leftOutLines(ROUNDS, screen), "");
});

Deno.test("renderTerminal() shows the servers left out, then the study after the verdicts", () => {
  const text = renderTerminal(STUDIED, { width: 80, color: false });
  const places = ["\nLeft out: Tornado", "\nCompared with Deno.serve", "\nStudy: Servers elsewhere"]
    .map((part) => text.indexOf(part));
  assert.ok(places.every((place, index) => place > (places[index - 1] ?? 0)), String(places));
});
