import assert from "node:assert/strict";
import { HISTOGRAMS } from "./accounts/mod.ts";
import { BatchAccount } from "./accounts/batches.ts";
import { DeliveryAccount } from "./accounts/deliveries.ts";
import { MessageClassAccount } from "./accounts/message_classes.ts";
import { PushAccount } from "./accounts/pushes.ts";
import { ReconnectAccount } from "./accounts/reconnects.ts";
import { PingAccount } from "./accounts/pings.ts";
import { Interruptions } from "./interruptions.ts";
import { Recorder } from "./recorder.ts";

/** Milliseconds to the three digits that a histogram keeps. */
const near = (actual: number | null | undefined, expected: number): void =>
  assert.ok(
    actual !== null && actual !== undefined && Math.abs(actual / expected - 1) < 0.001,
    `${actual}`,
  );

Deno.test("Recorder counts replies that come in the window, whenever their message was sent", () => {
  const recorder = new Recorder(1);
  recorder.reply(0, 5, 9, 64);
  recorder.begin(10);
  recorder.reply(0, 9, 11, 64);
  recorder.reply(0, 11, 12, 64);
  recorder.end(20);
  recorder.reply(0, 19, 21, 64);
  assert.deepEqual(recorder.counts(1), {
    sent: 0,
    replies: 2,
    replyBytes: 128,
    handshakes: 0,
    connections: 1,
  });
  assert.equal(recorder.windowMs, 10);
});

Deno.test("Recorder keeps the latency of what was sent in the window, whenever its reply comes", () => {
  const recorder = new Recorder(1);
  recorder.begin(10);
  recorder.reply(0, 9, 11, 1);
  recorder.reply(0, 11, 12, 1);
  recorder.end(20);
  recorder.reply(0, 19, 2019, 1);
  recorder.reply(0, 20, 22, 1);
  assert.equal(recorder.serviceTime.count, 2);
  near(recorder.serviceTime.max, 2000e6);
  near(recorder.serviceTime.percentile(50), 1e6);
});

Deno.test("Recorder keeps no latency if the send time is not known, but counts the reply", () => {
  const recorder = new Recorder(1);
  recorder.begin(0);
  recorder.reply(0, NaN, 5, 1);
  recorder.end(10);
  assert.equal(recorder.serviceTime.count, 0);
  assert.equal(recorder.counts(1).replies, 1);
});

Deno.test("Recorder cuts the window into slices of 100 ms, with empty ones when nothing came", () => {
  const recorder = new Recorder(1);
  recorder.begin(1000);
  recorder.reply(0, 1010, 1020, 1);
  recorder.reply(0, 1020, 1050, 1);
  recorder.reply(0, 1300, 1302, 1);
  recorder.end(1350);
  const slices = recorder.timeline;
  assert.deepEqual(slices.map(({ atMs, lengthMs, count }) => [atMs, lengthMs, count]), [
    [0, 100, 2],
    [100, 100, 0],
    [200, 100, 0],
    [300, 50, 1],
  ]);
  near(slices[0]!.meanMs, 20);
  near(slices[0]!.p50Ms, 10);
  near(slices[0]!.p99Ms, 30);
  near(slices[0]!.maxMs, 30);
  assert.equal(slices[1]!.meanMs, null);
  assert.equal(recorder.serviceTime.count, 3);
});

Deno.test("Recorder has whole slices only when the window ends on a border", () => {
  const recorder = new Recorder(1);
  recorder.begin(0);
  recorder.end(300);
  assert.deepEqual(recorder.timeline.map(({ atMs }) => atMs), [0, 100, 200]);
});

Deno.test("Recorder makes no slice of a short rest, but keeps its latencies", () => {
  const recorder = new Recorder(1);
  recorder.begin(0);
  recorder.reply(0, 50, 104, 1);
  recorder.end(105);
  assert.deepEqual(recorder.timeline.map(({ atMs, count }) => [atMs, count]), [[0, 0]]);
  assert.equal(recorder.serviceTime.count, 1);
});

Deno.test("Recorder follows handshakes if it is set to", () => {
  const recorder = new Recorder(1, { timeline: "handshakes" });
  recorder.begin(0);
  recorder.handshake(-1, 1);
  recorder.handshake(50, 54);
  recorder.reply(0, 54, 56, 1);
  recorder.end(100);
  assert.equal(recorder.timeline[0]!.count, 2);
  near(recorder.timeline[0]!.p50Ms, 4);
  assert.equal(recorder.counts(1).handshakes, 2);
  assert.equal(recorder.handshakeTime.count, 1, "the first one began before the window");
  assert.equal(recorder.serviceTime.count, 1);
});

Deno.test("Recorder counts what is sent in the window", () => {
  const recorder = new Recorder(1);
  recorder.send(-1);
  recorder.begin(0);
  recorder.send(0);
  recorder.send(99);
  recorder.end(100);
  recorder.send(100);
  assert.equal(recorder.counts(1).sent, 2);
});

Deno.test("Recorder.spread() gives messages per second of the slowest, mean and fastest connection", () => {
  const recorder = new Recorder(3);
  recorder.begin(0);
  for (let count = 0; count < 6; count++) recorder.reply(0, 0, 1, 1);
  for (let count = 0; count < 3; count++) recorder.reply(1, 0, 1, 1);
  recorder.end(500);
  assert.deepEqual(recorder.spread(3), { min: 0, mean: 6, max: 12, unserved: 1 });
  assert.deepEqual(recorder.spread(2), { min: 6, mean: 9, max: 12, unserved: 0 });
});

Deno.test("Recorder.spread() counts connections without a reply only if one was due at the end", () => {
  const recorder = new Recorder(3);
  recorder.begin(0);
  recorder.reply(0, 0, 1, 1);
  recorder.end(500, (connection) => connection === 2);
  assert.equal(recorder.spread(3)!.unserved, 1);
  assert.equal(recorder.spread(2)!.unserved, 0);
});

Deno.test("Recorder.spread() is undefined without replies", () => {
  const recorder = new Recorder(3);
  recorder.begin(0);
  recorder.end(1);
  assert.equal(recorder.spread(3), undefined);
});

Deno.test("Recorder counts scheduled messages by their intended time, whenever they are sent and answered", () => {
  const recorder = new Recorder(1, { timeline: "responses" });
  recorder.begin(100);
  for (const intendedMs of [99, 100, 120, 150, 199]) recorder.arrivals.offer(intendedMs);
  recorder.arrivals.drop(199);
  recorder.arrivals.pace(99, 101);
  recorder.arrivals.pace(120, 120.5);
  recorder.arrivals.pace(150, 152);
  recorder.reply(0, 101, 102, 1, 99);
  recorder.reply(0, 120.5, 123, 1, 120);
  recorder.end(200);
  recorder.arrivals.offer(201);
  recorder.arrivals.drop(202);
  recorder.reply(0, 152, 250, 1, 150);
  recorder.reply(0, 205, 250, 1, 201);
  assert.deepEqual(recorder.arrivals.counts(), {
    offered: 3,
    sent: 2,
    late: 1,
    dropped: 1,
    answered: 2,
  });
  assert.equal(recorder.responseTime.count, 2);
  assert.equal(Math.round(recorder.responseTime.max / 1e6), 100);
  assert.equal(recorder.histograms.pacingError!.count, 2);
  assert.equal(Math.round(recorder.histograms.pacingError!.max / 1e6), 2);
  // Service times go by the actual send: 101, 120.5 and 152 are in the window.
  assert.equal(recorder.serviceTime.count, 3);
  assert.equal(Math.round(recorder.serviceTime.max / 1e6), 98);
});

Deno.test("Recorder has no arrivals without a schedule", () => {
  const recorder = new Recorder(1);
  recorder.begin(0);
  recorder.reply(0, 1, 2, 1);
  assert.equal(recorder.arrivals.counts(), undefined);
  assert.equal(recorder.responseTime.count, 0);
});

Deno.test("Recorder forgets a warm-up that was recorded when the window begins", () => {
  const pings = new PingAccount(2);
  const batches = new BatchAccount();
  const deliveries = new DeliveryAccount(1, 1, 4);
  const reconnects = new ReconnectAccount();
  const pushes = new PushAccount(1);
  const accounts = [pings, batches, deliveries, new MessageClassAccount(1), reconnects, pushes];
  const recorder = new Recorder(2, { timeline: "responses", accounts });
  recorder.arrivals.interruptions = new Interruptions();
  const record = (atMs: number): void => {
    recorder.send(atMs + 1);
    recorder.arrivals.offer(atMs + 1);
    recorder.arrivals.pace(atMs + 1, atMs + 1);
    recorder.reply(1, atMs + 1, atMs + 3, 8, atMs + 1);
    pings.due(0, atMs + 1);
    pings.answer(0, pings.send(0), atMs + 2);
    recorder.handshake(atMs + 1, atMs + 4);
    batches.finish(atMs + 1, atMs + 5);
    deliveries.send(0, atMs, atMs + 1);
    deliveries.deliver(0, atMs, atMs + 4);
    reconnects.recover(atMs + 1, atMs + 4);
    pushes.arrive(0, atMs + 1, 2);
  };
  recorder.begin(0);
  for (let atMs = 0; atMs < 950; atMs += 5) record(atMs);
  recorder.begin(1000);
  record(1000);
  recorder.end(1100);
  assert.deepEqual(recorder.counts(2), {
    sent: 1,
    replies: 1,
    replyBytes: 8,
    handshakes: 1,
    connections: 2,
  });
  assert.deepEqual(recorder.arrivals.counts(), {
    offered: 1,
    sent: 1,
    late: 0,
    dropped: 0,
    answered: 1,
  });
  // Every message is a large one here.
  assert.deepEqual(Object.keys(recorder.histograms).sort(), Object.keys(HISTOGRAMS).sort());
  for (const [name, { count }] of Object.entries(recorder.histograms)) {
    // A stream is looked at once a millisecond.
    const expected = { smallTime: 0, gap: 100 }[name] ?? 1;
    assert.equal(count, expected, name);
  }
  assert.equal(recorder.timeline.length, 1);
  assert.deepEqual(recorder.spread(2), { min: 0, mean: 5, max: 10, unserved: 1 });
  assert.equal(recorder.spread(0), undefined);
});

Deno.test("Recorder separates the response times of small and large messages by their connections", () => {
  const classes = new MessageClassAccount(2);
  const recorder = new Recorder(3, { timeline: "responses", accounts: [classes] });
  const { smallTime, largeTime } = classes.histograms;
  recorder.begin(0);
  recorder.reply(0, 2, 3, 1, 1);
  recorder.reply(1, 2, 4, 1, 1);
  recorder.reply(2, 2, 8, 1, 1);
  recorder.end(10);
  assert.deepEqual([smallTime.count, largeTime.count], [2, 1]);
  assert.deepEqual(
    [smallTime.max, largeTime.max].map((ns) => Math.round(ns / 1e5) / 10),
    [3, 7],
  );
  assert.equal(recorder.responseTime.count, 3);
});

Deno.test("Recorder keeps latencies of single messages of the window, by what its timeline follows", () => {
  for (const [timeline, latencyMs] of [["replies", 2], ["responses", 3]] as const) {
    const recorder = new Recorder(1, { timeline, samples: 4 });
    recorder.begin(0);
    recorder.reply(0, 1, 3, 1, 0.5);
    recorder.begin(1000);
    recorder.reply(0, 1008, 1010, 1, 1007);
    recorder.reply(0, 1018, 1020, 1, 1017);
    recorder.end(1100);
    recorder.reply(0, 1098, 1101, 1, 1097);
    assert.deepEqual(recorder.samples, {
      every: 1,
      atMs: [10, 20],
      latencyMs: [latencyMs, latencyMs],
    });
  }
  assert.equal(new Recorder(1).samples, undefined);
});
