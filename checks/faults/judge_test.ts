import assert from "node:assert/strict";
import type { Result, Trial } from "../../measure/model/result.ts";
import type { Cell, Seen } from "./cells.ts";
import { BOUNDS, judge } from "./judge.ts";
import type { Ran } from "./program.ts";
import { completes, everywhere, type Expected, fails } from "./types.ts";

const broken = { state: "failed", server: "faulty", reason: "out of luck" } as Trial;
const healthy = { state: "completed", server: "native", warnings: [] } as unknown as Trial;
const warned = {
  state: "completed",
  server: "faulty",
  warnings: [{ kind: "wrong replies" }],
  integrity: { sent: 9, answered: 2, lost: 7, duplicated: 0, reordered: 0, corrupted: 0 },
} as unknown as Trial;

function cellOf(expected: Expected): Cell {
  const fault = { id: "exit", title: "exits", by: "server", phases: everywhere(expected) } as const;
  return { name: "exit.window", fault, phase: "window", carrier: "epoll", expected };
}

function ranOf(trials: readonly Trial[], code: number, more: Partial<Ran> = {}): Ran {
  return {
    code,
    endedMs: 9000,
    lines: trials.map(({ server }, index) => ({
      atMs: 1000 * (index + 1),
      text: `[${index + 1}/${trials.length}] round 1/1 · ${server} · rate, 1: said`,
    })),
    processes: [{ pid: 1, role: "runner", sinceMs: 0, peakBytes: 100 }],
    result: { state: "finished", planned: trials.length, trials } as unknown as Result,
    kept: trials,
    left: [],
    ...more,
  };
}

const judged = (expected: Expected, ran: Ran, happenedMs: readonly number[] = [1900]): Seen =>
  judge(cellOf(expected), ran, { server: "faulty", happenedMs });

Deno.test("judge() finds nothing wrong with a trial that fails as it must, next to one that does not", () => {
  const seen = judged(fails(/luck/), ranOf([healthy, broken], 1));
  assert.deepEqual([seen.wrong, seen.ms, seen.outcome], [[], 100, "failed: out of luck"]);
});

Deno.test("judge() takes the time from the last fault before the end of the trial", () => {
  const { ms } = judged(fails(/luck/), ranOf([healthy, broken], 1), [500, 1700, 5000]);
  assert.equal(ms, 300);
});

Deno.test("judge() counts wrong replies in words", () => {
  const seen = judged(completes({ wrong: true }), ranOf([healthy, warned], 1));
  assert.deepEqual([seen.wrong, seen.outcome], [[], "completed; wrong replies: 7 lost"]);
  assert.equal(judged(completes({ wrong: false }), ranOf([healthy, warned], 0)).wrong.length, 1);
});

const pass = ranOf([healthy, broken], 1);
const fat = BOUNDS.generator + 1;

for (
  const [name, ran, expected, happened] of [
    ["another reason", pass, fails(/another/)],
    ["another exit code", { ...pass, code: 0 }, fails(/luck/)],
    ["another outcome", pass, { ...completes(), code: 1 }],
    ["a fault that did not happen", pass, fails(/luck/), []],
    ["a fault that was found too late", pass, fails(/luck/, 10)],
    ["a process that is left", { ...pass, left: ["the process 7 is left"] }, fails(/luck/)],
    ["a trial that was announced and is not kept", { ...pass, kept: [broken] }, fails(/luck/)],
    [
      "a run that ended early",
      ranOf([healthy, broken], 1, {
        result: {
          state: "interrupted",
          planned: 3,
          trials: [healthy, broken],
        } as unknown as Result,
      }),
      fails(/luck/),
    ],
    ["a generator that grew", {
      ...pass,
      processes: [{ pid: 2, role: "generator", sinceMs: 1500, peakBytes: fat }],
    }, fails(/luck/)],
  ] as const satisfies readonly (readonly [string, Ran, Expected, (readonly number[])?])[]
) {
  Deno.test(`judge() finds ${name}`, () => {
    assert.notDeepEqual(judged(expected, ran, happened).wrong, []);
  });
}
