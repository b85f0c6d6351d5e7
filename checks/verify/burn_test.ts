import assert from "node:assert/strict";
import { burner } from "./burn.ts";

/** A machine that takes 100 steps in a microsecond once it has settled and nothing disturbs it. */
function machine() {
  let nowMs = 0;
  let calls = 0;
  const taken: number[] = [];
  return {
    taken,
    now: () => nowMs,
    burn(steps: number): void {
      taken.push(steps);
      const isDisturbed = calls++ % 3 !== 0;
      nowMs += steps / 100_000 * (nowMs < 30 ? 10 : isDisturbed ? 7 : 1);
    },
  };
}

for (const [us, steps] of [[100, 10_000], [400, 40_000], [0.25, 25]] as const) {
  Deno.test(`burner() takes as many steps as an undisturbed machine takes in ${us} µs`, () => {
    const { burn, now, taken } = machine();
    const work = burner(us, burn, now);
    taken.length = 0;
    work();
    work();
    assert.deepEqual(taken, [steps, steps]);
  });
}

Deno.test("burner() of nothing takes no step, and asks no clock", () => {
  const { burn, now, taken } = machine();
  burner(0, burn, now)();
  assert.deepEqual([taken, now()], [[], 0]);
});

Deno.test("burner() burns: no compiler leaves its steps out", () => {
  const work = burner(50_000);
  const startMs = performance.now();
  work();
  assert.ok(performance.now() - startMs > 5);
});
