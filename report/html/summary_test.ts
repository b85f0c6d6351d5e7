import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { summaryOf } from "../summary/summary.ts";
import { BEATEN, ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import { markup } from "./markup.ts";
import { findingsMarkup, intervalsMarkup, legendMarkup, summaryMarkup } from "./summary.ts";

Deno.test("findingsMarkup() names each server with what was found, and links the scenarios", () => {
  const { markup } = findingsMarkup(summaryOf(ROUNDS));
  assert.match(markup, /<li class="baseline"><h3>Deno\.serve<\/h3>\s*<p>The baseline/);
  assert.match(
    markup,
    /<dt class="better">Better<\/dt><dd><a href="#section-connect">Connecting<\/a><\/dd>/,
  );
  assert.match(markup, /<a href="#section-throughput">Throughput<\/a> \(1 of 2 cases\)/);
});

Deno.test("summaryMarkup() shows marks, intervals and changes", () => {
  const { markup } = summaryMarkup(ROUNDS, summaryOf(ROUNDS));
  assert.match(
    markup,
    /<td data-server="0" class="best">.*152,000<span class="detail precision">\([\d,]+…[\d,]+\)<\/span>/,
  );
  assert.match(markup, /122,000<span class="detail worse">−\d+ % \(−\d+…−\d+\)<\/span>/);
  assert.match(
    markup,
    /<tr class="aside"><th scope="row" class="text key">CPU time per message, µs<\/th>/,
  );
  assert.match(markup, /<span class="detail same">=<\/span>/);
  assert.match(markup, /<td class="muted">720,000<\/td>/);
});

Deno.test("summaryMarkup() tags what belongs to a server and to a scenario", () => {
  const { markup } = summaryMarkup(ROUNDS, summaryOf(ROUNDS));
  assert.match(markup, /<th scope="col" data-server="1">ws<\/th>/);
  assert.match(markup, /<tbody data-scenario="Throughput">/);
});

Deno.test("summaryMarkup() puts what follows a figure under it if there are many servers", () => {
  const [first] = ROUNDS.servers;
  const many: Result = {
    ...ROUNDS,
    servers: [...ROUNDS.servers, { ...first!, id: "fourth", title: "Fourth" }],
  };
  const few = summaryMarkup(ROUNDS, summaryOf(ROUNDS)).markup;
  assert.match(few, /<table class="figures summary">/);
  assert.match(summaryMarkup(many, summaryOf(many)).markup, /<table class="figures summary tall">/);
});

Deno.test("legendMarkup() says what the signs in the table mean", () => {
  const text = markup`${legendMarkup(ROUNDS, summaryOf(ROUNDS))}`.markup;
  assert.match(text, /= the same as Deno\.serve within 5\u00A0%\./);
  const wrong = markup`${legendMarkup(RESULT, summaryOf(RESULT))}`.markup;
  assert.match(wrong, /wrong or failed, not compared\./);
});

Deno.test("intervalsMarkup() shows each figure with its own interval", () => {
  const { markup } = intervalsMarkup(ROUNDS, summaryOf(ROUNDS));
  assert.match(
    markup,
    /<td data-server="1">122,000<span class="detail precision">\([\d,]+…[\d,]+\)<\/span>/,
  );
});

Deno.test("summaryMarkup() notes that a ceiling is unreliable", () => {
  const { markup } = summaryMarkup(BEATEN, summaryOf(BEATEN));
  assert.match(markup, /<td class="muted">100,000<sup class="note">\[\d\]<\/sup><\/td>/);
  assert.match(markup, /<li>Unreliable: a server did better\.<\/li>/);
});

Deno.test("summaryMarkup() shows what failed or was wrong with its reason", () => {
  const { markup } = summaryMarkup(RESULT, summaryOf(RESULT));
  assert.match(markup, /<td data-server="2" class="wrong">/);
  assert.match(markup, /<li>wrong replies: 7 lost, 2 reordered<\/li>/);
});
