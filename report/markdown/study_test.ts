import assert from "node:assert/strict";
import { leftOutBlocks, renderMarkdown, studyBlocks } from "./markdown.ts";
import { summaryOf } from "../summary/summary.ts";
import type { Result } from "../../measure/model/result.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { STUDIED } from "../testing/study_testdata.ts";

const blocks = (result: Result): string[] => {
  const summary = summaryOf(result);
  return [...leftOutBlocks(summary), ...studyBlocks(result, summary)];
};

const serializer = (text: string): string => `\n${text}`;

Deno.test("studyBlocks() has the claims in words and the figures in a table", async (t) => {
  await t.assertSnapshot(blocks(STUDIED).join("\n\n"), {
    serializer,
  });
});

Deno.test("studyBlocks() and leftOutBlocks() are empty if there is nothing to say", () => {
  assert.deepEqual(blocks(ROUNDS), []);
});

Deno.test("studyBlocks() lets no text of a study format the page", () => {
  const evil = "<b>x</b> *y* [z](javascript:f)";
  const [claim] = STUDIED.study!.claims;
  const study = {
    id: "x",
    title: evil,
    about: [evil],
    claims: [{ ...claim!, text: evil, remark: evil }],
  };
  const text = blocks({ ...STUDIED, study, leftOut: [] }).join("\n");
  assert.doesNotMatch(text, /<b>|(?<!\\)\*y|(?<!\\)\[z/);
  assert.equal(text.split("&lt;b&gt;").length - 1, 4);
});

Deno.test("renderMarkdown() has the chapter and the table of servers left out", () => {
  const text = renderMarkdown(STUDIED);
  assert.match(text, /\n## Study: Servers elsewhere\n/);
  assert.match(text, /\n<summary>Servers left out: \d+ rows?<\/summary>\n/);
});
