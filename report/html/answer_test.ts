import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { summaryOf } from "../summary/summary.ts";
import { busy } from "../testing/busy_testdata.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import { answerMarkup, foldedWarnings, warningList } from "./answer.ts";
import { markup } from "./markup.ts";

const [ECHO, CONNECT] = summaryOf(RESULT).scenarios;

const text = (content: Parameters<typeof markup>[1]): string => markup`${content}`.markup;

Deno.test("answerMarkup() begins with wrong replies, then the answer, the uses and the light", () => {
  const shown = text(answerMarkup(summaryOf(RESULT)));
  const places = [
    /<ul class="wrongs"[^>]*><li>.*✗<\/span> socket\.io lost 7 and reordered 2/,
    /<div class="answer"><p>/,
    /<details class="light red"/,
  ].map((part) => shown.search(part));
  assert.ok(places.every((place) => place >= 0), shown);
  assert.deepEqual(places, places.toSorted((a, b) => a - b));
  assert.doesNotMatch(text(answerMarkup(summaryOf(ROUNDS))), /class="wrongs"/);
});

Deno.test("answerMarkup() has a row for each use, with a link to its scenario and what speaks against a server", () => {
  const summary = summaryOf(busy());
  const shown = text(answerMarkup(summary));
  const { rows } = summary.answer;
  assert.equal(shown.split('<th scope="row"><a href="#section-').length - 1, rows.length);
  assert.match(shown, /<td class="take">[^<]+<\/td><td class="is-sure">sure<\/td>/);
  const warned = rows.filter(({ warning }) => warning !== undefined);
  assert.equal(shown.split('<p class="caution">').length - 1, warned.length);
});

Deno.test("answerMarkup() folds all warnings behind the light, and says when there are none", () => {
  assert.match(
    text(answerMarkup(summaryOf(RESULT))),
    /<summary>.*All \d+ warnings<\/span>.*<\/summary>\s*<ul class="warnings"><li>/s,
  );
  const sound: Result = { ...RESULT, warnings: [], trials: [] };
  assert.match(
    text(answerMarkup(summaryOf(sound))),
    /<p class="light \w+">.*There are no warnings\./,
  );
});

Deno.test("foldedWarnings() has a scenario's own warnings and failures, and how many there are", () => {
  const echo = text(foldedWarnings(ECHO!));
  assert.match(echo, /Replies were wrong: 7 lost, 2 reordered/);
  assert.match(echo, /Failed: =HYPERLINK\(&quot;x&quot;\) exit code 1 at line 2/);
  const connect = text(foldedWarnings(CONNECT!));
  assert.match(connect, /<summary>1 warning about these figures<\/summary>/);
  assert.match(connect, /did not accept connections/);
  assert.doesNotMatch(connect, /Replies were wrong/);
  assert.equal(text(foldedWarnings({ warnings: [], failures: [] })), "");
});

Deno.test("warningList() says what, where and what to do", () => {
  const [known] = summaryOf(RESULT).warnings;
  const finding = { ...known!, finding: "It <swung>.", advice: "Wait.", places: " (2 trials)" };
  assert.equal(
    text(warningList([finding], [])),
    '<ul class="warnings"><li><strong>It &lt;swung&gt;.</strong> (2 trials) <span class="muted">Wait.</span></li>\n</ul>',
  );
});
