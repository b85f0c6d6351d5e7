import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { RESULT } from "../testing/testdata.ts";
import { markup } from "./markup.ts";
import { summaryOf } from "../summary/summary.ts";
import { runWarnings, scenarioWarnings } from "./summary.ts";

const [ECHO, CONNECT] = summaryOf(RESULT).scenarios;

const text = (content: Parameters<typeof markup>[1]): string => markup`${content}`.markup;

Deno.test("runWarnings() shows the findings about the run, and where the others are", () => {
  const shown = text(runWarnings(summaryOf(RESULT)));
  assert.match(shown, /3 of 18 trials failed/);
  assert.doesNotMatch(shown, /Replies were wrong/);
  assert.match(shown, /<a href="#section-connect">Opening: how fast \/ how many\?<\/a> \(1\)/);
});

Deno.test("runWarnings() says when there are none", () => {
  const sound: Result = { ...RESULT, warnings: [], trials: [] };
  assert.equal(text(runWarnings(summaryOf(sound))), "<p>There are no warnings.</p>");
  assert.equal(text(scenarioWarnings(summaryOf(sound).scenarios[0]!)), "");
});

Deno.test("scenarioWarnings() shows a scenario's own findings and failures only", () => {
  const echo = text(scenarioWarnings(ECHO!));
  assert.match(echo, /Replies were wrong: 7 lost, 2 reordered\.<\/strong> \(1 trial of socket\.io/);
  assert.match(echo, /Failed: =HYPERLINK\(&quot;x&quot;\) exit code 1 at line 2/);
  const connect = text(scenarioWarnings(CONNECT!));
  assert.match(connect, /1 warning about these figures/);
  assert.match(connect, /did not accept connections.*2 trials of socket\.io/);
  assert.doesNotMatch(connect, /Replies were wrong/);
});
