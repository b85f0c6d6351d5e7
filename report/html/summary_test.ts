import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { summaryOf } from "../summary/summary.ts";
import { BEATEN, firstServers, ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import { markup } from "./markup.ts";
import { findingsMarkup, runWarnings, scenarioWarnings, summaryMarkup } from "./summary.ts";

Deno.test("findingsMarkup() names each server with what was found, and links the scenarios", () => {
  const { markup } = findingsMarkup(summaryOf(ROUNDS));
  assert.match(markup, /<li class="baseline"><h3>Deno\.serve<\/h3>\s*<p>The baseline/);
  assert.match(
    markup,
    /<dt class="better">Better<\/dt><dd><a href="#section-connect">Connecting<\/a><\/dd>/,
  );
  assert.match(markup, /<a href="#section-throughput">Throughput<\/a> \(1 of 2 cases\)/);
});

Deno.test("findingsMarkup() says why there are no findings", () => {
  assert.match(
    findingsMarkup(summaryOf(firstServers(1))).markup,
    /^<p>There is nothing to compare/,
  );
});

Deno.test("summaryMarkup() shows marks, intervals and changes, and what they mean", () => {
  const { markup } = summaryMarkup(ROUNDS, summaryOf(ROUNDS));
  assert.match(
    markup,
    /<td class="best">.*152,000 <span class="precision">\([\d,]+…[\d,]+\)<\/span>/,
  );
  assert.match(markup, /122,000 <span class="worse">−\d+ % \(−\d+…−\d+\)<\/span>/);
  assert.match(markup, /<tr class="aside"><th scope="row">Server CPU time per message, µs<\/th>/);
  assert.match(markup, /<span class="same">=<\/span>/);
  assert.match(markup, /= the same as Deno\.serve within 5 %\./);
  assert.match(markup, /<td class="number muted">720,000<\/td>/);
});

Deno.test("summaryMarkup() notes that a ceiling is unreliable", () => {
  const { markup } = summaryMarkup(BEATEN, summaryOf(BEATEN));
  assert.match(markup, /<td class="number muted">100,000<sup class="note">\[\d\]<\/sup><\/td>/);
  assert.match(markup, /<li>Unreliable: a server reached more\.<\/li>/);
});

Deno.test("summaryMarkup() shows what failed or was wrong with its reason", () => {
  const { markup } = summaryMarkup(RESULT, summaryOf(RESULT));
  assert.match(markup, /<td class="wrong">/);
  assert.match(markup, /<li>wrong replies: 7 lost, 2 reordered<\/li>/);
  assert.match(markup, /wrong or failed, not compared\./);
});

const [ECHO, CONNECT] = summaryOf(RESULT).scenarios;

const text = (content: Parameters<typeof markup>[1]): string => markup`${content}`.markup;

Deno.test("runWarnings() shows the findings about the run, and where the others are", () => {
  const shown = text(runWarnings(summaryOf(RESULT)));
  assert.match(shown, /3 of 18 trials failed/);
  assert.doesNotMatch(shown, /Replies were wrong/);
  assert.match(shown, /<a href="#section-connect">Opening: how fast \/ how many\?<\/a> \(1\)/);
});

Deno.test("runWarnings() says when there are no warnings", () => {
  const sound: Result = { ...RESULT, warnings: [], trials: [] };
  assert.equal(text(runWarnings(summaryOf(sound))), "<p>There are no warnings.</p>");
  assert.equal(text(scenarioWarnings(summaryOf(sound).scenarios[0]!)), "");
});

Deno.test("scenarioWarnings() shows a scenario's own findings and failures only", () => {
  const echo = text(scenarioWarnings(ECHO!));
  assert.match(
    echo,
    /Replies were wrong: 7 lost, 2 reordered\.<\/strong> \(1 of 4 trials of socket\.io/,
  );
  assert.match(echo, /Failed: =HYPERLINK\(&quot;x&quot;\) exit code 1 at line 2/);
  const connect = text(scenarioWarnings(CONNECT!));
  assert.match(connect, /1 warning about these figures/);
  assert.match(connect, /did not accept connections.*2 of 2 trials of socket\.io/);
  assert.doesNotMatch(connect, /Replies were wrong/);
});
