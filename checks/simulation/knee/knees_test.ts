import assert from "node:assert/strict";
import { seededRandom } from "../../../measure/record/random.ts";
import { DEFINITIONS } from "./definitions.ts";
import { curveOf, foundIn, MACHINES, QUEUES } from "./knees.ts";
import { formatFound } from "./main.ts";
import { CAPACITY, exponential, UNDISTURBED, windowOf } from "./queue.ts";
import { Histogram } from "../../../measure/record/histogram.ts";

Deno.test("windowOf() has the response times of M/M/1: exponential, with mean 1 ÷ (μ − λ)", () => {
  const [queue] = QUEUES;
  const stage = { durationMs: 20_000, target: CAPACITY / 2 };
  const { histograms } = windowOf(queue!, UNDISTURBED, [stage], seededRandom(1));
  const response = Histogram.from(histograms.responseTime!);
  const meanNs = 1e9 / (CAPACITY - CAPACITY / 2);
  assert.ok(Math.abs(response.mean / meanNs - 1) < 0.05, `${response.mean}`);
  assert.ok(Math.abs(response.percentile(99) / (meanNs * Math.log(100)) - 1) < 0.08);
});

Deno.test("windowOf() interrupts all workers", () => {
  const machine = { id: "stopped", stalls: { perSecond: 50, meanMs: 10 }, speed: () => 1 };
  const stage = { durationMs: 1000, target: CAPACITY / 10 };
  const queue = { id: "two", workers: 2, service: exponential };
  const p99 = ({ histograms }: ReturnType<typeof windowOf>) =>
    Histogram.from(histograms.responseTime!).percentile(99) / 1e6;
  assert.ok(p99(windowOf(queue, UNDISTURBED, [stage], seededRandom(1))) < 2);
  assert.ok(p99(windowOf(queue, machine, [stage], seededRandom(1))) > 10);
});

Deno.test("the knee is steadier than other definitions on a noisy machine", async () => {
  const curves = await Promise.all(
    Array.from({ length: 8 }, (_, seed) => curveOf(QUEUES[1]!, MACHINES[2]!, seededRandom(seed))),
  );
  const spread = (name: string): number => {
    const { low, high } = foundIn(curves, DEFINITIONS[name]!);
    return high / low;
  };
  for (const other of ["highest power", "twice the lowest rate's"]) {
    assert.ok(spread("this") < spread(other), other);
  }
});

Deno.test("formatFound() says how many curves had a knee, unless all had", () => {
  const found = { median: 0.5, low: 0.44, high: 1.05, share: 1 };
  assert.equal(formatFound(found), ".50 .44–1.05");
  assert.equal(formatFound({ ...found, share: 0.875 }), ".50 .44–1.05 (88 %)");
  assert.equal(formatFound({ ...found, share: 0 }), "none");
});
