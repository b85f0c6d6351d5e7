import assert from "node:assert/strict";
import { mixed } from "./mixed.ts";
import type { Measurement } from "./types.ts";

const absent = { absent: "it does not matter here" };
const measurement: Measurement = {
  parameters: { mix: "chat", connections: 1000 },
  windowMs: 1000,
  phases: { startMs: 9, connectMs: 40, warmupMs: 100, windowMs: 1000, drainMs: 1, stopMs: 7 },
  counts: { sent: 100, replies: 95, replyBytes: 1, handshakes: 0, connections: 1000 },
  arrivals: { offered: 100, sent: 100, late: 0, dropped: 0, answered: 100 },
  pings: { due: 900, answered: 900 },
  histograms: {},
  integrity: { sent: 200, answered: 200, lost: 0, duplicated: 0, reordered: 0, corrupted: 0 },
  cpu: { server: { timeNs: 125e6, share: 0.125 }, generator: { timeNs: 1, share: 1 } },
  memory: {
    before: absent,
    windowStart: absent,
    windowEnd: absent,
    peak: absent,
    after: absent,
  },
};

Deno.test("mixed is about the CPU that the same mix costs, and has no figure if a server did not keep up", () => {
  const [primary] = mixed.metrics;
  assert.deepEqual([primary!.id, primary!.better], ["cpu.share", "lower"]);
  assert.equal(primary!.value(measurement), 12.5);
  assert.deepEqual(
    primary!.value({ ...measurement, counts: { ...measurement.counts, replies: 52 } }),
    { absent: "it answered 52 % of what was due in the window: less work" },
  );
});
