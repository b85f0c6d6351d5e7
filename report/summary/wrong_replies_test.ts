import assert from "node:assert/strict";
import type { CompletedTrial, IntegrityCounts, Trial } from "../../measure/model/result.ts";
import { RESULT } from "../testing/testdata.ts";
import { renderTerminal } from "../terminal/terminal.ts";
import { wrongReplies } from "./wrong_replies.ts";

const completed = RESULT.trials.find((trial) => trial.state === "completed") as CompletedTrial;
const [first, second] = RESULT.servers;

/** A trial of which some replies were wrong, or none. */
function trialOf(server: string, counts: Partial<IntegrityCounts>): Trial {
  const { sent = 10, ...ways } = counts;
  const none = { lost: 0, duplicated: 0, reordered: 0, corrupted: 0 };
  const wrong = { ...none, ...ways };
  return {
    ...completed,
    server,
    integrity: { sent, answered: sent - wrong.lost, ...wrong },
    warnings: Object.keys(ways).length === 0 ? [] : [{ kind: "wrong replies", ...wrong }],
  };
}

Deno.test("wrongReplies() has a sentence for each server with the share of all its replies", () => {
  const trials = [
    trialOf(first!.id, { sent: 40_000, lost: 97 }),
    trialOf(first!.id, { sent: 8211 }),
    trialOf(second!.id, { sent: 5, duplicated: 1, reordered: 2, corrupted: 1000 }),
  ];
  const sentences = wrongReplies({ ...RESULT, trials });
  assert.equal(sentences.length, 2);
  assert.ok(sentences[0]!.startsWith(`${first!.title} lost 97 of 48,211 replies (1 trial of `));
  assert.ok(
    sentences[1]!.startsWith(
      `${second!.title} duplicated 1, reordered 2 and corrupted 1,000 of 5 replies (`,
    ),
  );
});

Deno.test("wrongReplies() says nothing where all replies were right", () => {
  assert.deepEqual(wrongReplies({ ...RESULT, trials: [trialOf(first!.id, {})] }), []);
});

Deno.test("renderTerminal() says first that replies were wrong", () => {
  const trials = [trialOf(first!.id, { sent: 10, lost: 1 })];
  const text = renderTerminal({ ...RESULT, trials }, { width: 100, color: false });
  assert.ok(text.startsWith(`✗ ${first!.title} lost 1 of 10 replies`), text.slice(0, 200));
});
