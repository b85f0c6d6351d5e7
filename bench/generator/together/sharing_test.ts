import assert from "node:assert/strict";
import { Histogram } from "../../../measure/record/histogram.ts";
import type { ProcessSample } from "../../machine/usage/process.ts";
import type { GeneratorReport } from "../messages.ts";
import { type Shared, sharingOf } from "./sharing.ts";

/** A sample of a process that had so much CPU time. */
function sampleAt(cpuNs: number): ProcessSample {
  const processes = [{ id: "1", ownNs: cpuNs, reapedNs: 0, threads: { 1: { cpuNs, waitNs: 0 } } }];
  return { cpuNs, residentBytes: 1, peakBytes: 1, processes };
}

function sharedBy(startMs: number, more: Partial<GeneratorReport>): Shared {
  const report = {
    phases: { connectMs: 1, warmupMs: 50, windowMs: 1000, drainMs: 2 },
    counts: { sent: 10, replies: 9, replyBytes: 0, handshakes: 0, connections: 2 },
    histograms: {},
    generator: {
      "before connecting": sampleAt(0),
      "window starts": sampleAt(100e6),
      "window ends": sampleAt(350e6),
      closed: sampleAt(400e6),
    },
    ...more,
  } as Partial<GeneratorReport> as GeneratorReport;
  const window = { startMs, endMs: startMs + 1000 };
  return { report, window, before: { atMs: 0, offsetMs: 7, errorMs: 0.2 } };
}

Deno.test("sharingOf() says how far apart windows were, and what each generator did", () => {
  const pacing = new Histogram();
  for (let ms = 1; ms <= 100; ms++) pacing.record(ms * 1e6);
  const one = sharedBy(500, {});
  const other = sharedBy(520, {
    arrivals: { offered: 12, sent: 10, late: 0, dropped: 0, answered: 9 },
    histograms: { pacingError: [...pacing.entries()] },
  });
  const after = { atMs: 1000, offsetMs: 17, errorMs: 0.2 };
  const sharing = sharingOf([one, { ...other, agent: { id: "b", after } }]);
  assert.equal(sharing.startSpreadMs, 20);
  assert.equal(sharing.overlapMs, 980);
  const common = { connections: 2, sent: 10, replies: 9, cpu: 0.25, clockErrorMs: 0.2 };
  const [first, second] = sharing.generators.map(({ wait: _, ...rest }) => rest);
  assert.deepEqual(first, { ...common, beganMs: 0 });
  const { pacingP99Ms, ...rest } = second!;
  assert.ok(Math.abs(pacingP99Ms! - 99) < 1);
  assert.deepEqual(rest, {
    ...common,
    agent: "b",
    offered: 12,
    beganMs: 20,
    clockOffsetMs: 7,
    clockDrift: 0.01,
  });
});
