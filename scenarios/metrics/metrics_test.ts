import assert from "node:assert/strict";
import { Histogram } from "../../measure/record/histogram.ts";
import {
  answeredShare,
  answers,
  compressed,
  cpuPer,
  cpuPerMegabyte,
  dataRate,
  deliveries,
  fairness,
  memoryAtRest,
  memoryKept,
  memoryPerConnection,
  pongsMissing,
  rate,
  resources,
  time,
  unscheduled,
  wholeness,
} from "./metrics.ts";
import type { Measurement } from "../types.ts";

function histogramOf(...ms: number[]): Histogram {
  const histogram = new Histogram();
  for (const value of ms) histogram.record(value * 1e6);
  return histogram;
}

const measurement: Measurement = {
  parameters: { connections: 1000 },
  windowMs: 500,
  phases: { startMs: 9, connectMs: 40, warmupMs: 100, windowMs: 500, drainMs: 1, stopMs: 7 },
  counts: { sent: 1000, replies: 1000, replyBytes: 64_000, handshakes: 50, connections: 1000 },
  histograms: {
    serviceTime: histogramOf(1, 2, 3),
    batchTime: histogramOf(7),
  },
  integrity: { sent: 200, answered: 199, lost: 1, duplicated: 0, reordered: 4, corrupted: 0 },
  connections: { min: 1, mean: 2, max: 3, unserved: 4 },
  cpu: { server: { timeNs: 250e6, share: 0.5 }, generator: { timeNs: 1, share: 1 } },
  memory: {
    before: 10 * 2 ** 20,
    windowStart: 10 * 2 ** 20,
    windowEnd: 30 * 2 ** 20,
    peak: 40 * 2 ** 20,
    after: { absent: "it has ended" },
  },
};

Deno.test("rate is replies per second of the window", () => {
  assert.equal(rate.value(measurement), 2000);
});

Deno.test("a rate is absent if nothing was counted in the window: nobody knows what it would have been", () => {
  const counts = { ...measurement.counts, sent: 0, replies: 0, replyBytes: 0 };
  const silent = { ...measurement, counts };
  const none = { absent: "there was no reply in the window" };
  for (const metric of [rate, deliveries, answers, dataRate]) {
    assert.deepEqual(metric.value(silent), none, metric.title);
  }
  const arrivals = { offered: 9, sent: 9, late: 0, dropped: 0, answered: 0 };
  assert.deepEqual(answeredShare.value({ ...silent, arrivals }), {
    absent: "no message was sent in the window",
  });
  assert.equal(answeredShare.value({ ...silent, counts: { ...counts, sent: 9 }, arrivals }), 0);
});

Deno.test("pongsMissing counts the pings of the whole trial that had no pong", () => {
  assert.deepEqual(pongsMissing.value(measurement), { absent: "no ping was due" });
  assert.equal(pongsMissing.value({ ...measurement, pings: { due: 9, answered: 7 } }), 2);
});

Deno.test("unscheduled() has no figure if a schedule decides it", () => {
  assert.equal(unscheduled(rate).value(measurement), 2000);
  const arrivals = { offered: 1, sent: 1, late: 0, dropped: 0, answered: 1 };
  assert.deepEqual(unscheduled(rate).value({ ...measurement, arrivals }), {
    absent: "the schedule decides it",
  });
});

Deno.test("wholeness is the share that arrived, and how many came out of order", () => {
  assert.deepEqual(wholeness.map(({ value }) => value(measurement)), [99.5, 4]);
  const integrity = { ...measurement.integrity, sent: 0 };
  assert.deepEqual(wholeness[0]!.value({ ...measurement, integrity }), {
    absent: "no message was sent",
  });
  const unanswered = { ...measurement.integrity, answered: 0 };
  assert.deepEqual(wholeness[1]!.value({ ...measurement, integrity: unanswered }), {
    absent: "no message was delivered",
  });
});

Deno.test("dataRate is in 10^6 bytes", () => assert.equal(dataRate.value(measurement), 0.128));

Deno.test("fairness gives the slowest, mean and fastest connection and how many had no reply, or the reason", () => {
  assert.deepEqual(fairness.map(({ value }) => value(measurement)), [1, 2, 3, 4]);
  const { connections: _, ...silent } = measurement;
  assert.deepEqual(fairness[0]!.value(silent), {
    absent: "no connection had a reply",
  });
});

Deno.test("time() reads milliseconds off its histogram, or says that it is empty", () => {
  const near = (figure: unknown, value: number): boolean =>
    typeof figure === "number" && Math.abs(figure / value - 1) < 0.001;
  assert.ok(near(time("serviceTime", { percentile: 50 }).value(measurement), 2));
  assert.ok(near(time("batchTime", "max").value(measurement), 7));
  assert.deepEqual(time("handshakeTime", "mean").value(measurement), {
    absent: "nothing was recorded in the window",
  });
});

Deno.test("cpuPer() divides the server's CPU time by what was done, in µs", () => {
  assert.equal(cpuPer("message").value(measurement), 250);
  assert.equal(cpuPer("handshake").value(measurement), 5000);
  const idle = { ...measurement, counts: { ...measurement.counts, replies: 0 } };
  assert.deepEqual(cpuPer("message").value(idle), { absent: "there was no message in the window" });
  const unknown = { timeNs: { absent: "no pid" }, share: { absent: "no pid" } };
  const unmeasured = { ...idle, cpu: { ...idle.cpu, server: unknown } };
  assert.deepEqual(cpuPer("message").value(unmeasured), { absent: "no pid" });
});

Deno.test("cpuPerMegabyte divides the server's CPU time by 10^6 bytes of replies, in ms", () => {
  assert.ok(Math.abs(cpuPerMegabyte.value(measurement) as number - 250 / 0.064) < 1e-6);
  const silent = { ...measurement, counts: { ...measurement.counts, replyBytes: 0 } };
  assert.deepEqual(cpuPerMegabyte.value(silent), { absent: "there was no reply in the window" });
});

Deno.test("memoryPerConnection is the growth in the window for each connection that was opened in it, in KiB", () => {
  assert.equal(memoryPerConnection.value(measurement), 20 * 1024 / 50);
  const none = { ...measurement, counts: { ...measurement.counts, handshakes: 0 } };
  assert.deepEqual(memoryPerConnection.value(none), {
    absent: "no connection was opened in the window",
  });
  const gone = { ...measurement, memory: { ...measurement.memory, windowEnd: { absent: "gone" } } };
  assert.deepEqual(memoryPerConnection.value(gone), { absent: "gone" });
});

Deno.test("memoryAtRest divides the growth before the window by the open connections, in KiB", () => {
  const grown = { ...measurement, memory: { ...measurement.memory, windowStart: 12 * 2 ** 20 } };
  assert.equal(memoryAtRest.value(grown), 2 * 1024 / 1000);
  const none = { ...grown, counts: { ...grown.counts, connections: 0 } };
  assert.deepEqual(memoryAtRest.value(none), { absent: "no connection was open" });
});

Deno.test("memoryKept is what has not been given back when all have closed, in MiB", () => {
  const after = { ...measurement, memory: { ...measurement.memory, after: 13 * 2 ** 20 } };
  assert.equal(memoryKept.value(after), 3);
  assert.deepEqual(memoryKept.value(measurement), { absent: "it has ended" });
});

Deno.test("resources are in per cent and MiB, and keep the reason if absent", () => {
  assert.deepEqual(resources.map(({ id, value }) => [id, value(measurement)]), [
    ["cpu.share", 50],
    ["memory.before", 10],
    ["memory.peak", 40],
    ["memory.after", { absent: "it has ended" }],
  ]);
});

Deno.test("compressed is plain payload divided by compressed, and absent if nothing is compressed", () => {
  const { counts } = measurement;
  const read = (more: Pick<Measurement, "compression">, replies = counts.replies) =>
    compressed.map(({ value }) =>
      value({ ...measurement, ...more, counts: { ...counts, replies } })
    );
  const compression = { sentBytes: 1, replyBytes: 16_000 };
  assert.deepEqual(read({ compression }), [4, 16]);
  const nothing = { absent: "nothing is compressed" };
  assert.deepEqual(read({}), [nothing, nothing]);
  const silent = { absent: "there was no reply in the window" };
  assert.deepEqual(read({ compression }, 0), [silent, silent]);
});
