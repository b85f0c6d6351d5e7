import assert from "node:assert/strict";
import { claimInWords } from "./words.ts";
import { claimsOf } from "./claims.ts";
import { LOWER, OF_EQUAL_RATES, rounds, studied, unsteady } from "./claims_testdata.ts";
import type { Claim, RelationClaim, Trial } from "../model/result.ts";
import { failedTrial } from "../model/testdata.ts";

const said = (trials: readonly Trial[], claim: Claim): string =>
  claimInWords(claimsOf(studied(trials, [claim]))[0]!);

const relation = (share: number, changes: Partial<RelationClaim> = {}): string =>
  said([...rounds("a", share), ...rounds("b", 1)], { ...LOWER, ...changes });

Deno.test("claimInWords() says what holds, and whether its size does", () => {
  assert.equal(
    relation(0.8),
    "Holds here: in latency p50 A is 20 % lower than B (19–21 %).",
  );
  assert.equal(
    relation(0.8, { published: { server: 8, than: 10 } }),
    "Holds here: in latency p50 A is 20 % lower than B (19–21 %); " +
      "published: 20 % lower, which lies in the interval.",
  );
  assert.equal(
    relation(0.8, { published: { server: 6, than: 10 } }),
    "Holds here in its direction, but not in its size: in latency p50 A is 20 % lower than " +
      "B (19–21 %) instead of 40 % lower.",
  );
  assert.equal(
    relation(3, { relation: "higher", published: { server: 40_000, than: 2300 } }),
    "Holds here in its direction, but not in its size: in latency p50 A is 3.0 times as high as " +
      "B (3.0–3.0 times) instead of 17 times as high.",
  );
});

Deno.test("claimInWords() says what is contradicted or not shown", () => {
  assert.equal(
    relation(1.25, { published: { server: 9.5, than: 10 } }),
    "Contradicted here: in latency p50 A is 25 % higher than B (24–26 %); " +
      "published: 5 % lower.",
  );
  assert.equal(
    relation(1.25, { relation: "same" }),
    "Contradicted here: in latency p50 A is 25 % higher than B (24–26 %); " +
      "the same is claimed.",
  );
  assert.equal(
    relation(1.001, { published: { server: 1, than: 2 } }),
    "Not shown here: in latency p50 A and B are the same within 5 % (−1…+1 %); " +
      "published: 50 % lower.",
  );
});

Deno.test("claimInWords() does not take a lack of proof for proof", () => {
  assert.equal(
    relation(1.001, { relation: "same", published: { server: 30.28, than: 30.30 } }),
    "Holds here: in latency p50 A and B are the same within 5 %, as claimed (−1…+1 %); " +
      "published: 0.1 % lower.",
  );
  const unknown = [...unsteady("a", 1), ...rounds("b", 1)];
  assert.equal(
    said(unknown, { ...LOWER, relation: "same" }),
    "Not shown here: in latency p50 A and B are not told apart (−16…+19 %).",
  );
  const [probable] = claimsOf(
    studied([...unsteady("a", 0.8), ...rounds("b", 1)], [LOWER, ...OF_EQUAL_RATES]),
  );
  assert.equal(
    claimInWords(probable!),
    "Not shown here: in latency p50 A and B probably differ; among 4 comparisons this may be " +
      "chance (−33…−5 %).",
  );
});

Deno.test("claimInWords() does not round small differences away", () => {
  assert.match(relation(0.0049), /is 99\.5 % lower than/);
});

Deno.test("claimInWords() says why nothing is measured", () => {
  assert.equal(
    said(rounds("a", 1), LOWER),
    "Not measured: no trial of B in this case has ended.",
  );
});

const INTACT = { kind: "intact", text: "None is lost.", scenario: "latency" } as const;

Deno.test("claimInWords() counts the replies of each server", () => {
  const [first, ...others] = rounds("b", 1);
  const wrong = { ...first!, integrity: { ...first!.integrity, lost: 2, reordered: 1 } };
  const sound = rounds("a", 1);
  assert.equal(
    said([...sound, ...rounds("b", 1)], INTACT),
    "Holds here: each of the 168 messages to A and B had its one right reply, in order.",
  );
  assert.equal(
    said([...sound, wrong, ...others], INTACT),
    "Contradicted here: replies were wrong of B (2 lost and 1 reordered of 84 messages).",
  );
  const failed = { ...failedTrial("it broke"), server: "b", scenario: "latency" };
  assert.equal(
    said([...sound, failed], INTACT),
    "Not shown here: each of the 84 messages to A had its one right reply, in order, but of the " +
      "trials that failed (1 of B) nothing is known.",
  );
  assert.equal(said([], INTACT), "Not measured: no trial of the scenario has ended.");
});
