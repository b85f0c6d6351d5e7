import assert from "node:assert/strict";
import { Deliveries } from "./deliveries.ts";

Deno.test("Deliveries tells the last receiver, and when the message was sent and first received", () => {
  const deliveries = new Deliveries(3, 4);
  deliveries.send(0, 10);
  assert.equal(deliveries.deliver(0, 12), false);
  assert.equal(deliveries.deliver(0, 15), false);
  assert.equal(deliveries.deliver(0, 19), true);
  assert.deepEqual([deliveries.sentMs, deliveries.firstMs], [10, 12]);
});

Deno.test("Deliveries follows several messages at once", () => {
  const deliveries = new Deliveries(2, 4);
  deliveries.send(0, 1);
  deliveries.send(1, 2);
  assert.equal(deliveries.deliver(1, 3), false);
  assert.equal(deliveries.deliver(0, 4), false);
  assert.equal(deliveries.deliver(1, 5), true);
  assert.deepEqual([deliveries.sentMs, deliveries.firstMs], [2, 3]);
  assert.equal(deliveries.deliver(0, 6), true);
  assert.deepEqual([deliveries.sentMs, deliveries.firstMs], [1, 4]);
});

Deno.test("Deliveries knows no message that is complete, was never sent, or has lost its place", () => {
  const deliveries = new Deliveries(1, 2);
  assert.equal(deliveries.deliver(0, 1), false);
  deliveries.send(0, 1);
  assert.equal(deliveries.deliver(0, 2), true);
  assert.equal(deliveries.deliver(0, 3), false);
  deliveries.send(1, 4);
  deliveries.send(3, 5);
  assert.equal(deliveries.deliver(1, 6), false);
  assert.equal(deliveries.deliver(3, 6), true);
});
