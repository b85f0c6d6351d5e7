import assert from "node:assert/strict";
import { needing } from "../testing/needs.ts";
import { encodeHistogram } from "../../measure/record/hdr.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import { completedTrial } from "../../measure/model/testdata.ts";
import { measureFloor, pacingOf } from "./pacing.ts";

function histogramOf(...ns: number[]): Histogram {
  const histogram = new Histogram();
  for (const value of ns) histogram.record(value);
  return histogram;
}

const floor = histogramOf(100);
const trial = {
  ...completedTrial({}),
  arrivals: { offered: 4, sent: 4, late: 1, dropped: 0, answered: 4 },
  histograms: {
    pacingError: encodeHistogram(histogramOf(1000, 2000)),
    ownPacingError: encodeHistogram(histogramOf(500)),
  },
};

Deno.test("pacingOf() reads both pacing errors and the share of late messages off a trial", () => {
  const pacing = pacingOf(trial, floor);
  assert.equal(pacing.state, "measured");
  if (pacing.state !== "measured") return;
  const { late, own, lateShare } = pacing;
  assert.deepEqual([late.max, own.max, lateShare], [2000, 500, 0.25]);
  assert.equal(pacing.floor, floor);
});

Deno.test("pacingOf() gives no figures for wrong replies, no message, and a failed trial", () => {
  const integrity = { ...trial.integrity, lost: 2 };
  assert.deepEqual(pacingOf({ ...trial, integrity }, floor), { state: "wrong", reason: "2 lost" });
  assert.deepEqual(pacingOf({ ...trial, histograms: {} }, floor), {
    state: "failed",
    reason: "No message was due",
  });
  const { trial: number, round, server, client, scenario, case: id, startedAt } = trial;
  const identity = { trial: number, round, server, client, scenario, case: id, startedAt };
  assert.deepEqual(pacingOf({ ...identity, state: "failed", reason: "It ended" }, floor), {
    state: "failed",
    reason: "It ended",
  });
});

Deno.test(needing("Linux", {
  name: "measureFloor() looks after each time of the schedule",
  async fn() {
    const found = await measureFloor(2000, 50, []);
    assert.equal(found.count, 100);
    assert.ok(found.min >= 0);
  },
}));

Deno.test(needing(["Linux", "taskset"], {
  name: "measureFloor() says why there is none",
  async fn() {
    await assert.rejects(measureFloor(2000, 50, [99_999]), /The floor was not measured: exit code/);
  },
}));
