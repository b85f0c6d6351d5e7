import assert from "node:assert/strict";
import { firstServers, ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import { summaryOf } from "../summary/summary.ts";
import { findingsMarkup, summaryMarkup } from "./summary.ts";

Deno.test("findingsMarkup() names each server with what was found, and links the scenarios", () => {
  const { markup } = findingsMarkup(summaryOf(ROUNDS));
  assert.match(markup, /<li class="baseline"><h3>Deno\.serve<\/h3>\s*<p>The baseline/);
  assert.match(
    markup,
    /<dt class="better">Better<\/dt><dd><a href="#section-connect">Connecting<\/a><\/dd>/,
  );
  assert.match(markup, /<a href="#section-throughput">Throughput<\/a> \(1 of 2 cases\)/);
});

Deno.test("findingsMarkup() says why there is none", () => {
  assert.match(
    findingsMarkup(summaryOf(firstServers(1))).markup,
    /^<p>There is nothing to compare/,
  );
});

Deno.test("summaryMarkup() shows marks, intervals and changes, and what they mean", () => {
  const { markup } = summaryMarkup(ROUNDS, summaryOf(ROUNDS));
  assert.match(markup, /<td class="best">.*152,000 <span class="precision">±\d+ %<\/span>/);
  assert.match(markup, /122,000 <span class="worse">−\d+ % \(−\d+…−\d+\)<\/span>/);
  assert.match(markup, /<tr class="aside"><th scope="row">Server CPU time per message, µs<\/th>/);
  assert.match(markup, /<span class="level">≈<\/span>/);
  assert.match(markup, /≈ no difference from Deno\.serve shown\./);
  assert.match(markup, /<td class="number muted">720,000<\/td>/);
});

Deno.test("summaryMarkup() shows what failed or was wrong with its reason", () => {
  const { markup } = summaryMarkup(RESULT, summaryOf(RESULT));
  assert.match(markup, /<td class="wrong">/);
  assert.match(markup, /<li>wrong replies: 7 lost, 2 reordered<\/li>/);
  assert.match(markup, /wrong or failed, not compared\./);
});
