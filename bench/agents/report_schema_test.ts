import assert from "node:assert/strict";
import { checkedReport } from "./report_schema.ts";

const sample = { cpuNs: 1, residentBytes: { absent: "a test" }, peakBytes: 1, processes: [] };
const samples = {
  ...{ "before connecting": sample, "window starts": sample, "window ends": sample },
  closed: sample,
};

/** A report with a histogram of service times. */
function reportWith(serviceTime: unknown): Record<string, unknown> {
  return {
    state: "completed",
    startedAtMs: 1,
    phases: { connectMs: 1, warmupMs: 1, windowMs: 1, drainMs: 1 },
    window: { askedMs: 1, allowedMs: 0, tookMs: 1, standstillMs: 0 },
    counts: { sent: 1, replies: 1, replyBytes: 1, handshakes: 0, connections: 1 },
    integrity: { sent: 1, answered: 1, lost: 0, duplicated: 0, reordered: 0, corrupted: 0 },
    histograms: { serviceTime },
    timeline: [],
    server: null,
    generator: samples,
    stolen: 0,
    throttled: { server: null, client: null },
    others: [],
  };
}

Deno.test("checkedReport takes pairs of nanoseconds and count", () => {
  const pairs = [[0, 1], [1.5, 2 ** 40]];
  assert.deepEqual(checkedReport.parse(reportWith(pairs)).histograms, { serviceTime: pairs });
  assert.deepEqual(checkedReport.parse(reportWith([])).histograms, { serviceTime: [] });
});

for (
  const [name, value] of [
    ["a text", "1,2"],
    ["an object", { 0: [1, 2], length: 1 }],
    ["a number", [1]],
    ["a pair with more", [[1, 2, 3]]],
    ["a negative time", [[-1, 2]]],
    ["a time without end", [[Infinity, 2]]],
    ["half a message", [[1, 0.5]]],
    ["a negative count", [[1, -1]]],
    ["texts", [["1", "2"]]],
    ["more buckets than there are", new Array(100_001).fill([1, 1])],
  ] as const
) {
  Deno.test(`checkedReport refuses ${name} in a histogram`, () => {
    const { success, error } = checkedReport.safeParse(reportWith(value));
    assert.ok(!success);
    assert.deepEqual(error.issues[0]!.path, ["histograms", "serviceTime"]);
  });
}
