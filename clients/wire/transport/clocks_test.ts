import assert from "node:assert/strict";
import { needing } from "../../../checks/testing/needs.ts";
import { Clocks } from "./clocks.ts";
import { openLibc } from "./libc.ts";

Deno.test(needing("Linux", {
  name: "Clocks read the monotonic clock, and the CPU time of all threads of the process",
  fn() {
    const libc = openLibc();
    const clocks = new Clocks(libc);
    const now = (): number => {
      clocks.look();
      return clocks.ms[0]!;
    };
    const cpuNow = (): number => {
      clocks.lookAtCpu();
      return clocks.ms[0]!;
    };
    // Each reading lies between two of the other clock, whatever holds this process up in between.
    const [beforeMs, startMs, afterMs] = [performance.now(), now(), performance.now()];
    const cpuMs = cpuNow();
    assert.ok(cpuMs > 0);
    while (cpuNow() < cpuMs + 2);
    const [laterMs, endMs, lastMs] = [performance.now(), now(), performance.now()];
    const passedMs = endMs - startMs;
    assert.ok(
      passedMs >= laterMs - afterMs - 0.01,
      `${passedMs} ms, at least ${laterMs - afterMs} ms`,
    );
    assert.ok(
      passedMs <= lastMs - beforeMs + 0.01,
      `${passedMs} ms, at most ${lastMs - beforeMs} ms`,
    );
    libc.dispose();
  },
}));
