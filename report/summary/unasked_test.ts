/** Messages that nobody asked for, and that every report tells of them. */

import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { answerMarkup } from "../html/answer.ts";
import { markup } from "../html/markup.ts";
import { renderMarkdown } from "../markdown/markdown.ts";
import { renderSummary } from "../markdown/summary.ts";
import { renderTerminal } from "../terminal/terminal.ts";
import { firstServers, ROUNDS } from "../testing/rounds_testdata.ts";
import { summaryOf } from "./summary.ts";
import { unaskedOf } from "./unasked.ts";

/** A result with so many unasked messages in the first trial of ws. */
function talkative(messages: number): Result {
  const index = ROUNDS.trials.findIndex(({ server, state }) =>
    server === "ws" && state === "completed"
  );
  const trials = ROUNDS.trials.map((trial, place) =>
    place === index && trial.state === "completed"
      ? {
        ...trial,
        counts: { ...trial.counts, connections: 10, handshakes: 0 },
        unasked: { messages },
      }
      : trial
  );
  return { ...ROUNDS, trials };
}

Deno.test("unaskedOf() says how many messages nobody asked for, and whether they are more than a greeting on each", () => {
  assert.deepEqual(unaskedOf(ROUNDS), []);
  const [few] = unaskedOf(talkative(10));
  assert.match(
    few!.sentence,
    /^ws sent 10 messages that nobody asked for \(1 of \d+ trials of ws in Throughput\): they are in no figure\.$/,
  );
  assert.deepEqual([few!.isMany, unaskedOf(talkative(11))[0]!.isMany], [false, true]);
  assert.match(unaskedOf(talkative(1))[0]!.sentence, /one message .*: it is in no figure\.$/);
});

Deno.test("every report tells of messages that nobody asked for, and the terminal of many; the light is the same", () => {
  const [many, few] = [talkative(1200), talkative(10)];
  const said = /ws sent 1,200 messages that nobody asked for/;
  for (const render of [renderMarkdown, renderSummary]) {
    assert.match(render(many), /^> \[!NOTE\]\n>\n> ws sent 1,200 messages/m);
    assert.doesNotMatch(render(ROUNDS), /NOTE/);
  }
  assert.match(markup`${answerMarkup(summaryOf(many))}`.markup, said);
  const options = { width: 80, color: false };
  assert.match(renderTerminal(many, options).replaceAll(/\n +/g, " "), said);
  assert.doesNotMatch(renderTerminal(few, options), /nobody/);
  assert.deepEqual(summaryOf(many).answer.light, summaryOf(ROUNDS).answer.light);
  assert.deepEqual(unaskedOf(firstServers(1)), []);
});
