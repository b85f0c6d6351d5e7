import assert from "node:assert/strict";
import type { GeneratorShare } from "../model/result.ts";
import { warningsOfSharing } from "./detect_sharing.ts";

const share: GeneratorShare = {
  connections: 10,
  sent: 1000,
  replies: 1000,
  cpu: 0.4,
  wait: 0,
  beganMs: 0,
  clockErrorMs: 0.1,
};

function found(one: Partial<GeneratorShare>, overlapMs = 1000) {
  const generators = [{ ...share, agent: "a" }, { ...share, ...one }];
  return warningsOfSharing({ startSpreadMs: 1000 - overlapMs, overlapMs, generators }, 1000);
}

Deno.test("warningsOfSharing() finds nothing where all is well", () => {
  const well = { offered: 1000, ownPacingP99Ms: 0.1, pacingP99Ms: 30, clockDrift: 2e-4 };
  assert.deepEqual(found({ agent: "b", ...well }), []);
  // A generator with a schedule polls the clock all the time.
  assert.deepEqual(found({ agent: "b", ...well, cpu: 1 }), []);
});

Deno.test("warningsOfSharing() names the agent that cannot keep up by its own account", () => {
  assert.deepEqual(found({ agent: "b", offered: 2000 }), [
    { kind: "agent at its limit", agent: "b", sentShare: 0.5 },
  ]);
  assert.deepEqual(found({ agent: "b", offered: 1000, ownPacingP99Ms: 12 }), [
    { kind: "agent at its limit", agent: "b", pacingP99Ms: 12 },
  ]);
  assert.deepEqual(found({ agent: "b", cpu: 0.97 }), [
    { kind: "agent at its limit", agent: "b", cpuShare: 0.97 },
  ]);
  // Of generators on one machine the warnings of the trial say it.
  assert.deepEqual(found({ cpu: 0.97 }), []);
});

Deno.test("warningsOfSharing() finds windows that had too little in common, and clocks that drift", () => {
  assert.deepEqual(found({}, 980), [{ kind: "generators apart", spreadMs: 20, share: 0.98 }]);
  assert.deepEqual(found({ agent: "b", clockDrift: -0.01 }), [
    { kind: "clock drifts", agent: "b", drift: -0.01 },
  ]);
});
