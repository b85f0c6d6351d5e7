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
    const [startMs, cpuMs, ownMs] = [now(), cpuNow(), performance.now()];
    assert.ok(cpuMs > 0);
    while (cpuNow() < cpuMs + 2);
    const passedMs = now() - startMs;
    assert.ok(passedMs > 0);
    // What the other clock says was read after the one and before the other.
    assert.ok(performance.now() - ownMs > passedMs / 2);
    libc.dispose();
  },
}));
