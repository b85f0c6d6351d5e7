import assert from "node:assert/strict";
import { Recorder } from "./recorder.ts";
import { HISTOGRAMS } from "../model/result.ts";

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

Deno.test("Recorder keeps no latency where the send time is not known, but counts the reply", () => {
  const recorder = new Recorder(1);
  recorder.begin(0);
  recorder.reply(0, NaN, 5, 1);
  recorder.end(10);
  assert.equal(recorder.serviceTime.count, 0);
  assert.equal(recorder.counts(1).replies, 1);
});

Deno.test("Recorder cuts the window into slices of 100 ms, with empty ones where nothing came", () => {
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

Deno.test("Recorder follows handshakes where it was told so", () => {
  const recorder = new Recorder(1, "handshakes");
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

Deno.test("Recorder keeps a batch that began in the window", () => {
  const recorder = new Recorder(1);
  recorder.batch(-5, 5);
  recorder.begin(0);
  recorder.batch(0, 50);
  recorder.end(50);
  recorder.batch(50, 60);
  assert.equal(recorder.batchTime.count, 1);
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
  assert.deepEqual(recorder.spread(3), { min: 0, mean: 6, max: 12 });
  assert.deepEqual(recorder.spread(2), { min: 6, mean: 9, max: 12 });
});

Deno.test("Recorder.spread() is undefined without replies", () => {
  const recorder = new Recorder(3);
  recorder.begin(0);
  recorder.end(1);
  assert.equal(recorder.spread(3), undefined);
});

Deno.test("Recorder counts scheduled messages by their intended time, whenever they are sent and answered", () => {
  const recorder = new Recorder(1, "responses");
  recorder.begin(100);
  for (const intendedMs of [99, 100, 120, 150, 199]) recorder.offer(intendedMs);
  recorder.drop(199);
  recorder.pace(99, 101);
  recorder.pace(120, 120.5);
  recorder.pace(150, 152);
  recorder.reply(0, 101, 102, 1, 99);
  recorder.reply(0, 120.5, 123, 1, 120);
  recorder.end(200);
  recorder.offer(201);
  recorder.drop(202);
  recorder.reply(0, 152, 250, 1, 150);
  recorder.reply(0, 205, 250, 1, 201);
  assert.deepEqual(recorder.arrivals, { offered: 3, sent: 2, late: 1, dropped: 1, answered: 2 });
  assert.equal(recorder.responseTime.count, 2);
  assert.equal(Math.round(recorder.responseTime.max / 1e6), 100);
  assert.equal(recorder.pacingError.count, 2);
  assert.equal(Math.round(recorder.pacingError.max / 1e6), 2);
  // Service times go by the actual send: 101, 120.5 and 152 are in the window.
  assert.equal(recorder.serviceTime.count, 3);
  assert.equal(Math.round(recorder.serviceTime.max / 1e6), 98);
});

Deno.test("Recorder keeps when the first and the last receiver had what was sent in the window", () => {
  const recorder = new Recorder(3);
  recorder.begin(100);
  recorder.delivered(99, 101, 102);
  recorder.delivered(110, 112, 117);
  recorder.end(200);
  recorder.delivered(199, 201, 202);
  recorder.delivered(201, 202, 203);
  assert.deepEqual([recorder.firstReceiver.count, recorder.skew.count], [2, 2]);
  near(recorder.lastReceiver.max, 7e6);
  near(recorder.skew.max, 5e6);
});

Deno.test("Recorder has no arrivals without a schedule", () => {
  const recorder = new Recorder(1);
  recorder.begin(0);
  recorder.reply(0, 1, 2, 1);
  assert.equal(recorder.arrivals, undefined);
  assert.equal(recorder.responseTime.count, 0);
});

Deno.test("Recorder forgets a warm-up that was recorded when the window begins", () => {
  const recorder = new Recorder(2, "responses", 0, undefined, 1);
  const record = (atMs: number): void => {
    recorder.send(atMs + 1);
    recorder.offer(atMs + 1);
    recorder.pace(atMs + 1, atMs + 1);
    recorder.reply(1, atMs + 1, atMs + 3, 8, atMs + 1);
    recorder.ping(atMs + 1, atMs + 2);
    recorder.handshake(atMs + 1, atMs + 4);
    recorder.batch(atMs + 1, atMs + 5);
    recorder.delivered(atMs + 1, atMs + 2, atMs + 4);
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
  assert.deepEqual(recorder.arrivals, { offered: 1, sent: 1, late: 0, dropped: 0, answered: 1 });
  // Every message is a large one here.
  for (const name of HISTOGRAMS) {
    assert.equal(recorder[name].count, name === "smallTime" ? 0 : 1, name);
  }
  assert.equal(recorder.timeline.length, 1);
  assert.deepEqual(recorder.spread(2), { min: 0, mean: 5, max: 10 });
  assert.equal(recorder.spread(0), undefined);
});

Deno.test("Recorder tells the response times of small and large messages apart by their connections", () => {
  const recorder = new Recorder(3, "responses", 0, undefined, 2);
  recorder.begin(0);
  recorder.reply(0, 2, 3, 1, 1);
  recorder.reply(1, 2, 4, 1, 1);
  recorder.reply(2, 2, 8, 1, 1);
  recorder.end(10);
  assert.deepEqual([recorder.smallTime.count, recorder.largeTime.count], [2, 1]);
  assert.deepEqual(
    [recorder.smallTime.max, recorder.largeTime.max].map((ns) => Math.round(ns / 1e5) / 10),
    [3, 7],
  );
  assert.equal(recorder.responseTime.count, 3);
  const plain = new Recorder(3, "responses");
  plain.begin(0);
  plain.reply(2, 2, 8, 1, 1);
  assert.deepEqual([plain.smallTime.count, plain.largeTime.count], [0, 0]);
});

Deno.test("Recorder takes the time of a pong from when its ping was due in the window, be it later", () => {
  const recorder = new Recorder(1);
  recorder.begin(100);
  recorder.ping(99, 101);
  recorder.ping(101, 104);
  recorder.end(200);
  recorder.ping(199, 230);
  recorder.ping(201, 202);
  assert.equal(recorder.pingTime.count, 2);
  assert.equal(Math.round(recorder.pingTime.max / 1e6), 31);
});

Deno.test("Recorder keeps latencies of single messages of the window, by what its timeline follows", () => {
  for (const [timeline, latencyMs] of [["replies", 2], ["responses", 3]] as const) {
    const recorder = new Recorder(1, timeline, 4);
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

Deno.test("Recorder counts compressed bytes inside the window, where it is told to", () => {
  const recorder = new Recorder(1);
  recorder.begin(0);
  recorder.sendCompressed(1, 1000);
  assert.equal(recorder.counts(1).sentCompressedBytes, undefined);
  recorder.countsCompressed = true;
  recorder.begin(10);
  recorder.sendCompressed(9, 1000);
  recorder.sendCompressed(10, 3);
  recorder.receiveCompressed(19, 5);
  recorder.receiveCompressed(19.5, 7);
  recorder.end(20);
  recorder.sendCompressed(20, 1000);
  recorder.receiveCompressed(20, 1000);
  const { sentCompressedBytes, replyCompressedBytes } = recorder.counts(1);
  assert.deepEqual([sentCompressedBytes, replyCompressedBytes], [3, 12]);
});
