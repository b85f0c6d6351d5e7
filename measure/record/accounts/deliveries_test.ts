import assert from "node:assert/strict";
import { DeliveryAccount } from "./deliveries.ts";

/** Milliseconds to the first receiver, to the last, and between them. */
function times({ histograms }: DeliveryAccount): number[][] {
  return [histograms.firstReceiver, histograms.lastReceiver, histograms.skew].map((histogram) =>
    [...histogram.entries()].flatMap(([ns, count]) =>
      Array.from({ length: count }, () => Math.round(ns / 1e5) / 10)
    )
  );
}

Deno.test("DeliveryAccount recognizes the last receiver, and records the times to the first and the last", () => {
  const deliveries = new DeliveryAccount(1, 3, 4);
  deliveries.begin(0);
  deliveries.send(0, 0, 10);
  assert.equal(deliveries.deliver(0, 0, 12), false);
  assert.equal(deliveries.deliver(0, 0, 15), false);
  assert.equal(deliveries.deliver(0, 0, 19), true);
  assert.deepEqual(times(deliveries), [[2], [9], [7]]);
});

Deno.test("DeliveryAccount follows several messages at once", () => {
  const deliveries = new DeliveryAccount(1, 2, 4);
  deliveries.begin(0);
  deliveries.send(0, 0, 1);
  deliveries.send(0, 1, 2);
  assert.equal(deliveries.deliver(0, 1, 3), false);
  assert.equal(deliveries.deliver(0, 0, 4), false);
  assert.equal(deliveries.deliver(0, 1, 5), true);
  assert.deepEqual(times(deliveries), [[1], [3], [2]]);
  assert.equal(deliveries.deliver(0, 0, 6), true);
  assert.deepEqual(times(deliveries), [[1, 3], [3, 5], [2, 2]]);
});

Deno.test("DeliveryAccount ignores a message that is complete, was never sent, or has lost its place", () => {
  const deliveries = new DeliveryAccount(1, 1, 2);
  assert.equal(deliveries.deliver(0, 0, 1), false);
  deliveries.send(0, 0, 1);
  assert.equal(deliveries.deliver(0, 0, 2), true);
  assert.equal(deliveries.deliver(0, 0, 3), false);
  deliveries.send(0, 1, 4);
  deliveries.send(0, 3, 5);
  assert.equal(deliveries.deliver(0, 1, 6), false);
  assert.equal(deliveries.deliver(0, 3, 6), true);
});

Deno.test("DeliveryAccount keeps the times of what was sent in the window, even if it is delivered later", () => {
  const deliveries = new DeliveryAccount(1, 1, 4);
  deliveries.begin(100);
  deliveries.send(0, 0, 99);
  deliveries.deliver(0, 0, 101);
  deliveries.send(0, 1, 110);
  deliveries.deliver(0, 1, 112);
  deliveries.send(0, 2, 199);
  deliveries.end(200);
  deliveries.deliver(0, 2, 203);
  deliveries.send(0, 3, 201);
  deliveries.deliver(0, 3, 202);
  assert.deepEqual(times(deliveries)[1], [2, 4]);
});

Deno.test("DeliveryAccount keeps the messages of several senders apart", () => {
  const deliveries = new DeliveryAccount(2, 2, 2);
  deliveries.begin(0);
  deliveries.send(0, 5, 1);
  deliveries.send(1, 5, 2);
  assert.equal(deliveries.deliver(0, 5, 3), false);
  assert.equal(deliveries.deliver(1, 5, 4), false);
  assert.equal(deliveries.deliver(1, 5, 5), true);
  assert.equal(deliveries.deliver(0, 5, 8), true);
  assert.deepEqual(times(deliveries), [[2, 2], [3, 7], [1, 5]]);
});
