import assert from "node:assert/strict";
import { type Attempt, attempts } from "./attempts.ts";
import { Incomparable } from "./same.ts";
import type { RealBench } from "./bench.ts";
import type { Check, CheckFinding } from "./types.ts";

const RIGHT = { what: "time", expected: "5 ms", measured: "5 ms", holds: true };
const LATE = { ...RIGHT, measured: "9 ms", holds: false, isExcusable: true };
const EARLY = { ...RIGHT, measured: "1 ms", holds: false };

/** A check that finds these, attempt after attempt, each disturbed or not. */
function tried(
  ...passes: readonly { findings: readonly (CheckFinding | Error)[]; isBusy: boolean }[]
): Promise<Attempt[]> {
  let pass = -1;
  const check: Check = {
    id: "work",
    title: "A check",
    async *run() {
      pass++;
      for (const finding of passes[pass]!.findings) {
        if (finding instanceof Error) throw finding;
        yield await Promise.resolve(finding);
      }
    },
  };
  let isTold = true;
  const bench: RealBench = {
    seed: 1,
    trial: () => Promise.reject(new Error("no trial")),
    disturbances() {
      isTold = !isTold;
      return isTold && passes[pass]?.isBusy ? ["other programs took CPU time"] : [];
    },
  };
  return Array.fromAsync(attempts(check, bench));
}

const outcomes = (all: readonly Attempt[]): string[] => all.map(({ outcome }) => outcome);

Deno.test("attempts() is one where all holds, busy or not", async () => {
  assert.deepEqual(outcomes(await tried({ findings: [RIGHT, RIGHT], isBusy: true })), ["holds"]);
});

Deno.test("attempts() repeats what others can have caused, until it holds", async () => {
  const found = await tried(
    { findings: [RIGHT, LATE], isBusy: true },
    { findings: [RIGHT, RIGHT], isBusy: false },
  );
  assert.deepEqual(outcomes(found), ["inconclusive", "holds"]);
  assert.deepEqual(found[0]!.disturbances, ["other programs took CPU time"]);
});

Deno.test("attempts() is inconclusive after three", async () => {
  const busy = { findings: [LATE], isBusy: true };
  const found = await tried(busy, busy, busy);
  assert.deepEqual(outcomes(found), ["inconclusive", "inconclusive", "inconclusive"]);
  assert.deepEqual(found.map(({ isRepeated }) => isRepeated), [true, true, false]);
});

Deno.test("attempts() fails where nobody disturbed, and where nobody can have caused it", async () => {
  assert.deepEqual(outcomes(await tried({ findings: [LATE], isBusy: false })), ["fails"]);
  assert.deepEqual(outcomes(await tried({ findings: [LATE, EARLY], isBusy: true })), ["fails"]);
});

Deno.test("attempts() excuses figures that cannot be compared only where others took CPU time", async () => {
  const starved = new Incomparable("Cannot compare: a figure of zero");
  const found = await tried(
    { findings: [starved], isBusy: true },
    { findings: [starved], isBusy: false },
  );
  assert.deepEqual(outcomes(found), ["inconclusive", "fails"]);
});

Deno.test("attempts() takes a failed trial for a failure, whoever disturbed", async () => {
  const [only] = await tried({ findings: [RIGHT, new Error("it ended")], isBusy: true });
  assert.equal(only!.outcome, "fails");
  assert.deepEqual(only!.findings.at(-1), {
    what: "work",
    expected: "every trial completes",
    measured: "it ended",
    holds: false,
    isExcusable: false,
  });
});
