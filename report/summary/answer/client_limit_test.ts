import assert from "node:assert/strict";
import type { Result, Trial } from "../../../measure/model/result.ts";
import { ROUNDS } from "../../testing/rounds_testdata.ts";
import { answerOf } from "./answer.ts";
import { clientLimits, limitSentence } from "./client_limit.ts";
import { recommendations } from "./recommendations.ts";
import { usesOf } from "./uses.ts";

/** The result with rates of these servers near the ceiling in a case, in all rounds but some. */
function limited(servers: readonly string[], without: number = 0): Result {
  const trials = ROUNDS.trials.map((trial): Trial =>
    trial.state === "completed" && trial.round > without && servers.includes(trial.server) &&
      trial.case === "size=64"
      ? { ...trial, warnings: [...trial.warnings, { kind: "near the ceiling", share: 0.95 }] }
      : trial
  );
  return { ...ROUNDS, trials };
}

const messagesOf = (result: Result) => usesOf(result).find(({ id }) => id === "messages")!;

Deno.test("clientLimits() finds where the client was the limit for several servers, in most rounds", () => {
  const found = (result: Result) =>
    clientLimits(result, messagesOf(result).bases, result.servers).map(({ base, servers }) =>
      [base.case.id, servers.map(({ id }) => id)] as const
    );
  assert.deepEqual(found(limited(["native", "ws"])), [["size=64", ["native", "ws"]]]);
  assert.deepEqual(found(limited(["native"])), []);
  assert.deepEqual(found(limited(["native", "ws"], 4)), []);
  assert.deepEqual(found(ROUNDS), []);
});

Deno.test("recommendations() goes by CPU time between servers whose rates the client limits", () => {
  const result = limited(["native", "ws"]);
  const { limits, reasons, basis, metric } = recommendations(result)
    .find(({ id }) => id === "messages")!;
  assert.equal(limits.length, 1);
  assert.equal(
    limitSentence(limits[0]!),
    "The client was the limit for Deno.serve and ws (Throughput, 16 connections, 16 in flight, 64 B): " +
      "their rates are lower bounds, and CPU time per message decides between them.",
  );
  assert.ok(reasons.includes(limitSentence(limits[0]!)));
  assert.match(basis!, /rate \(Throughput\)/);
  assert.match(basis!, /CPU time per message \(Throughput\)/);
  assert.match(metric, /CPU time per message, 16 connections, 16 in flight, 64 B$/i);
});

Deno.test("answerOf() says for whom the client was the limit", () => {
  const { sentences } = answerOf(limited(["native", "ws"]), [], []);
  assert.match(sentences.at(-1)!, /^The client was the limit for Deno\.serve and ws: .* decides/);
  assert.ok(!answerOf(ROUNDS, [], []).sentences.some((one) => one.includes("limit")));
});
