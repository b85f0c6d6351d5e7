import assert from "node:assert/strict";
import { Histogram } from "./histogram.ts";
import { Timeline } from "./timeline.ts";

Deno.test("Timeline closes each slice that has ended, also empty ones, and a rest of 10 ms or more", () => {
  const whole = new Histogram();
  const timeline = new Timeline(whole);
  timeline.begin(1000);
  timeline.count++;
  timeline.record(2e6);
  assert.equal(timeline.nextMs, 1100);
  timeline.advance(1250);
  timeline.count += 2;
  timeline.record(1e6);
  timeline.record(3e6);
  timeline.end(1215);
  assert.deepEqual(
    timeline.slices.map(({ atMs, lengthMs, count }) => [atMs, lengthMs, count]),
    [[0, 100, 1], [100, 100, 0], [200, 15, 2]],
  );
  assert.deepEqual(timeline.slices.map(({ maxMs }) => maxMs && Math.round(maxMs)), [2, null, 3]);
  assert.equal(whole.count, 3);
});

Deno.test("Timeline leaves a shorter rest out, but not its durations", () => {
  const whole = new Histogram();
  const timeline = new Timeline(whole);
  timeline.begin(0);
  timeline.record(1000);
  timeline.end(9);
  assert.deepEqual(timeline.slices, []);
  assert.equal(whole.count, 1);
});

Deno.test("Timeline begins anew", () => {
  const timeline = new Timeline(new Histogram());
  timeline.begin(0);
  timeline.advance(500);
  timeline.begin(600);
  assert.deepEqual(timeline.slices, []);
  timeline.end(700);
  assert.equal(timeline.slices.length, 1);
});

Deno.test("Timeline reports slices as they are closed, all at once after a pause, but not at the end", () => {
  const told: number[][] = [];
  const timeline = new Timeline(
    new Histogram(),
    (slices) => told.push(slices.map(({ atMs }) => atMs)),
  );
  timeline.begin(0);
  timeline.advance(100);
  timeline.advance(350);
  timeline.end(480);
  assert.deepEqual(told, [[0], [100, 200]]);
  assert.equal(timeline.slices.length, 5);
});

Deno.test("Timeline has the connections at the end of each slice, what was offered in it, and slices of any length", () => {
  const timeline = new Timeline(new Histogram(), undefined, 1000);
  timeline.begin(0);
  timeline.connections = 2;
  timeline.advance(1500);
  timeline.connections = 5;
  timeline.isScheduled = true;
  timeline.offered += 7;
  timeline.end(3000);
  assert.deepEqual(
    timeline.slices.map(({ atMs, connections, offered }) => [atMs, connections, offered]),
    [[0, 2, undefined], [1000, 5, 7], [2000, 5, 0]],
  );
});
