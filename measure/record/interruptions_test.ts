import assert from "node:assert/strict";
import { Interruptions } from "./interruptions.ts";

/** Interruptions of a process whose clocks stand at 0. */
function begun(): Interruptions {
  const interruptions = new Interruptions();
  interruptions.compare(0, 0);
  return interruptions;
}

Deno.test("Interruptions.own() takes off the time in which the process had no CPU", () => {
  const interruptions = begun();
  interruptions.compare(4, 1);
  assert.equal(interruptions.own(3.5), 0.5);
});

Deno.test("Interruptions.own() leaves a delay in which the process used its CPU, as a collection does", () => {
  const interruptions = begun();
  interruptions.compare(4, 4);
  assert.equal(interruptions.own(3.5), 3.5);
});

Deno.test("Interruptions.own() is never below 0, nor above the delay if helpers used a second CPU", () => {
  const interruptions = begun();
  interruptions.compare(4, 7);
  assert.equal(interruptions.own(2), 2);
  interruptions.compare(20, 7);
  assert.equal(interruptions.own(2), 0);
});

Deno.test("Interruptions.limit() leaves no more than the oldest of what is overdue", () => {
  const interruptions = begun();
  interruptions.compare(4, 0);
  assert.equal(interruptions.own(3), 0);
  interruptions.limit(1);
  assert.equal(interruptions.own(1), 0);
  assert.equal(interruptions.own(3), 2, "the rest has come since");
});

Deno.test("Interruptions.limit() forgets what was lost while nothing was due", () => {
  const interruptions = begun();
  interruptions.compare(4, 0);
  interruptions.limit(-0.5);
  assert.equal(interruptions.own(3), 3);
});

Deno.test("Interruptions.compare() forgets what was lost as the process uses its CPU again", () => {
  const interruptions = begun();
  interruptions.compare(4, 0);
  interruptions.compare(5, 1);
  assert.equal(interruptions.own(3), 0);
  interruptions.compare(7, 3);
  assert.equal(interruptions.own(3), 2);
  interruptions.compare(9, 5);
  assert.equal(interruptions.own(3), 3, "a process that is always behind is full, not disturbed");
});

Deno.test("Interruptions.wait() counts no time in which the process waited", () => {
  const interruptions = begun();
  interruptions.wait();
  interruptions.compare(1000, 0);
  assert.equal(interruptions.own(3), 3);
});

Deno.test("Interruptions.nextMs asks for both clocks at once, and every 0.05 ms", () => {
  assert.equal(new Interruptions().nextMs, -Infinity);
  const interruptions = begun();
  assert.equal(interruptions.nextMs, 0.05);
  interruptions.wait();
  assert.equal(interruptions.nextMs, -Infinity);
});
