import assert from "node:assert/strict";
import {
  alongOf,
  beyond,
  cutAt,
  isWide,
  limitOf,
  logTicks,
  scaleOf,
  scaleTitle,
  shareOf,
  spaced,
} from "./axes.ts";
import { LAYOUTS } from "./layout.ts";

Deno.test("isWide() needs a factor of 20 and nothing at zero", () => {
  assert.equal(isWide([1, 19]), false);
  assert.equal(isWide([1, 20]), true);
  assert.equal(isWide([0, 20]), false);
});

Deno.test("logTicks() has steps between the powers of ten if those are few", () => {
  assert.deepEqual(logTicks(0.0004, 0.03), [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02]);
  assert.deepEqual(logTicks(0.5, 2000), [1, 10, 100, 1000]);
});

Deno.test("scaleOf() begins at zero if it is linear", () => {
  assert.deepEqual(scaleOf([50, 100]).scale, { domain: [0, 108], nice: false });
  assert.deepEqual(scaleOf([0]).scale, { domain: [0, 1], nice: false });
  assert.equal(scaleOf([1, 100]).scale.type, "log");
});

Deno.test("logTicks() leaves out powers if there is no room for all", () => {
  assert.deepEqual(logTicks(0.05, 2000, 3), [0.1, 10, 1000]);
  assert.deepEqual(logTicks(0.05, 20, 1), [0.1]);
  assert.deepEqual(logTicks(0.7, 30, 3), [1, 10]);
});

Deno.test("scaleTitle() says that an axis is logarithmic", () => {
  const log = { scale: { type: "log" } };
  assert.equal(scaleTitle("Latency (ms)", log), "Latency (ms, log scale)");
  assert.equal(scaleTitle("Percentile", log), "Percentile (log scale)");
  assert.equal(scaleTitle("Latency (ms)", { scale: {} }), "Latency (ms)");
});

Deno.test("shareOf() is where a value is on a scale", () => {
  assert.equal(shareOf({ scale: { type: "log", domain: [1, 100] } }, 10), 0.5);
  assert.equal(shareOf({ scale: { domain: [0, 8] } }, 2), 0.25);
});

Deno.test("alongOf() has room at both ends, and moves by pixels", () => {
  const log = alongOf([1, 100], true, 240, 20);
  assert.ok(Math.abs(log.at(1, 100) - 10) < 1e-9);
  assert.ok(Math.abs(shareOf(log, 1) * 240 - 20) < 1e-9);
  assert.ok(Math.abs(shareOf(log, 100) * 240 - 220) < 1e-9);
  const linear = alongOf([100, 200], false, 220, 20);
  assert.equal(linear.at(100, 10), 110);
  assert.equal(shareOf(linear, 200) * 220, 200);
  assert.deepEqual(alongOf([0, 8], true, 100, 20).scale.domain, [0, 10]);
});

Deno.test("spaced() keeps the last label, and those that do not overlap it", () => {
  const places = [1, 8, 64, 256, 1024];
  const at = (width: number) => (place: number): number => width * Math.log2(place) / 10;
  assert.deepEqual(spaced(places, at(500), LAYOUTS.wide), places);
  assert.deepEqual(spaced(places, at(100), LAYOUTS.narrow), [1, 8, 64, 1024]);
});

const spread = (value: number | null, high: number | null, ...rounds: number[]) => (
  { value, low: value, high, rounds }
);

Deno.test("limitOf() is as far as all goes, but not much farther than the largest figure", () => {
  assert.equal(limitOf([spread(10, 12, 9, 14), spread(null, null)]), 14);
  assert.equal(limitOf([spread(10, 40, 99)]), 25);
  assert.equal(limitOf([spread(10, null)]), 10);
  assert.equal(limitOf([spread(0, null, 3)]), 3);
  assert.equal(limitOf([]), 0);
});

Deno.test("cutAt() leaves out what is beyond the limit, and beyond() says so", () => {
  const far = spread(10, 40, 9, 99);
  assert.deepEqual(cutAt(far, 25), { ...spread(10, 25, 9), isCut: true });
  assert.deepEqual(cutAt(spread(10, 12, 9), 25), { ...spread(10, 12, 9), isCut: false });
  assert.deepEqual(beyond([far], 25), ["Some rounds or intervals go beyond the axis."]);
  assert.deepEqual(beyond([far], 100), []);
});
