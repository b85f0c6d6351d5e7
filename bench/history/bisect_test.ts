import assert from "node:assert/strict";
import { bisect, type Likeness, likenessOf } from "./bisect.ts";

const COMMITS = Array.from({ length: 30 }, (_, index) => `c${index}`);

/** Says the truth of a history that is bad from one commit on, but of some, of which it says nothing. */
function judging(firstBad: number, unclear: readonly number[] = []) {
  const asked: string[] = [];
  const judge = (commit: string): Promise<Likeness> => {
    asked.push(commit);
    const index = Number(commit.slice(1));
    return Promise.resolve(unclear.includes(index) ? "unclear" : index < firstBad ? "good" : "bad");
  };
  return { asked, judge };
}

Deno.test("bisect() finds each first bad commit in five steps, and asks about none twice", async () => {
  for (let firstBad = 0; firstBad < COMMITS.length; firstBad++) {
    const { asked, judge } = judging(firstBad);
    assert.deepEqual(await bisect(COMMITS, judge), [`c${firstBad}`]);
    assert.ok(asked.length <= 5 && new Set(asked).size === asked.length);
  }
  assert.deepEqual(await bisect(["c0"], judging(0).judge), ["c0"]);
});

Deno.test("bisect() goes round commits that cannot be told, and names all that may be the one", async () => {
  assert.deepEqual(await bisect(COMMITS, judging(20, [14, 15]).judge), ["c20"]);
  assert.deepEqual(await bisect(COMMITS, judging(20, [18, 19, 20]).judge), [
    "c18",
    "c19",
    "c20",
    "c21",
  ]);
  const all = COMMITS.map((_, index) => index);
  assert.deepEqual(await bisect(COMMITS, judging(20, all).judge), COMMITS);
});

Deno.test("likenessOf() goes by the side of the middle on which the whole interval is", () => {
  assert.equal(likenessOf({ low: 0.98, high: 1.02 }, 0.9), "good");
  assert.equal(likenessOf({ low: 0.89, high: 0.93 }, 0.9), "bad");
  assert.equal(likenessOf({ low: 0.93, high: 0.97 }, 0.9), "unclear");
  assert.equal(likenessOf({ low: 1.08, high: 1.12 }, 1.1), "bad");
  assert.equal(likenessOf({ low: 0.99, high: 1.01 }, 1.1), "good");
});
