import assert from "node:assert/strict";
import { verdictsOf } from "../../../measure/judge/verdicts.ts";
import { pairings, pairInWords } from "./pairings.ts";
import { firstRounds, ROUNDS } from "../../testing/rounds_testdata.ts";

const [native, ws, socketio] = ROUNDS.servers as [
  typeof ROUNDS.servers[0],
  typeof ROUNDS.servers[0],
  typeof ROUNDS.servers[0],
];

Deno.test("pairings() takes the run's own verdicts if one of the two is its baseline", () => {
  const found = pairings(ROUNDS)(ws, native);
  assert.deepEqual(
    found.map(({ verdict }) => verdict),
    verdictsOf(ROUNDS).filter(({ server }) => server.id === "ws"),
  );
});

Deno.test("pairings() reverses the outcomes with the servers", () => {
  const compare = pairings(ROUNDS);
  const turned = { ahead: "behind", behind: "ahead" } as Record<string, string>;
  for (const [one, other] of [[native, ws], [ws, socketio]] as const) {
    assert.deepEqual(
      compare(one, other).map(({ stand }) => stand),
      compare(other, one).map(({ stand }) => turned[stand] ?? stand),
    );
  }
});

Deno.test("pairings() compares two servers if neither is the baseline", () => {
  const found = pairings(ROUNDS)(ws, socketio);
  assert.deepEqual(new Set(found.map(({ verdict }) => verdict.baseline.id)), new Set(["ws"]));
  assert.equal(found[0]!.stand, "ahead");
});

Deno.test("pairInWords() counts the outcomes, and gives the reasons if nothing is compared", () => {
  const rates = pairings(ROUNDS)(native, ws).slice(0, 2);
  assert.equal(
    pairInWords(native, ws, rates),
    "Deno.serve against ws: ahead in 1 of 2 cases, not told apart in 1.",
  );
  const few = pairings(firstRounds(2))(native, ws).slice(0, 2);
  assert.equal(
    pairInWords(native, ws, few),
    "Deno.serve against ws: not compared in 2 of 2 cases (2 rounds cannot show a difference: it takes 5 or more).",
  );
});
