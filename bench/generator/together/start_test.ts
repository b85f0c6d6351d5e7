import assert from "node:assert/strict";
import type { GeneratorReport } from "../messages.ts";
import type { Generator } from "../process.ts";
import { clockMs } from "./clock.ts";
import { runAt, synchronize, windowOf } from "./start.ts";

/** A generator whose clock shows so much more, and that notes when it is to start. */
function generatorAhead(aheadMs: number, starts: number[]): Generator {
  return {
    connect: () => Promise.resolve({ state: "connected" }),
    clock: () => Promise.resolve({ atMs: clockMs() + aheadMs, errorMs: 0.001 }),
    run(_news, startMs) {
      starts.push(startMs!);
      return Promise.resolve({ state: "failed", reason: "this is a test" });
    },
    learn() {},
    stop: () => Promise.resolve(),
  };
}

Deno.test("synchronize() and runAt() start each at the same moment by its own clock", async () => {
  const starts: number[] = [];
  const ahead = [0, 3_600_000, -86_400_000];
  const generators = ahead.map((ms) => generatorAhead(ms, starts));
  const beforeMs = clockMs();
  const together = await synchronize(generators);
  assert.ok(together.startMs > beforeMs);
  await Promise.all(generators.map((one, index) => runAt(one, index, together, {})));
  for (const [index, startMs] of starts.entries()) {
    const { errorMs } = together.clocks[index]!;
    assert.ok(Math.abs(startMs - ahead[index]! - together.startMs) <= errorMs);
  }
});

Deno.test("synchronize() rejects if one does not say what its clock shows", async () => {
  const dead: Generator = {
    ...generatorAhead(0, []),
    clock: () => Promise.reject(new Error("it has ended")),
  };
  await assert.rejects(synchronize([generatorAhead(0, []), dead]), { message: "it has ended" });
});

Deno.test("windowOf() is when a window was open by the clock here", () => {
  const report = {
    startedAtMs: 10_000,
    phases: { connectMs: 1, warmupMs: 500, windowMs: 1000, drainMs: 0 },
  } satisfies Partial<GeneratorReport>;
  const before = { atMs: 2000, offsetMs: 8000, errorMs: 0.1 };
  assert.deepEqual(windowOf(report, before), { startMs: 2500, endMs: 3500 });
  // Its clock is 1 % fast: what it takes for a second is less.
  const after = { atMs: 4000, offsetMs: 8020, errorMs: 0.1 };
  const { startMs, endMs } = windowOf(report, before, after);
  assert.ok(Math.abs(startMs - (2000 + 500 / 1.01)) < 1e-6, `${startMs}`);
  assert.ok(Math.abs(endMs - startMs - 1000 / 1.01) < 1e-6, `${endMs}`);
});
