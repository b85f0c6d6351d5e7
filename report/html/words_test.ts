import assert from "node:assert/strict";
import { summaryOf } from "../summary/summary.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { wordsMarkup } from "./words.ts";

Deno.test("wordsMarkup() explains every sign and word of the tables, with the run's baseline", () => {
  const { markup } = wordsMarkup(ROUNDS, summaryOf(ROUNDS));
  const words = [...markup.matchAll(/<dt>([^<]*)<\/dt>/g)].map(([, word]) => word).join(" ");
  for (const word of ["better", "worse", "probably", "same", "not told apart"]) {
    assert.ok(words.includes(word), word);
  }
  for (const sign of ["★", "✗", "≈", "=", "?", "q", "×", "−", "Ceiling", "p99", "of offered"]) {
    assert.ok(words.includes(sign), sign);
  }
  assert.match(markup, /The difference to Deno\.serve, the baseline, is clear/);
  assert.match(markup, /it is above 2\u00A0%, and q is at most 0\.05/);
});

Deno.test("wordsMarkup() ends with what is true of all figures", () => {
  const { markup } = wordsMarkup(ROUNDS, { notes: ["One <note>.", "Another of 5 %."] });
  assert.match(markup, /<p>One &lt;note&gt;\. Another of 5\u00A0%\. <\/p>$/);
});
