import assert from "node:assert/strict";
import { countsOf, digits, duration, type Side } from "./difference.ts";

for (
  const [value, text] of [
    [0, "0"],
    [0.00001, "below 0.0001"],
    [0.0021, "0.0021"],
    [0.0625, "0.063"],
    [1, "1.0"],
    [9.96, "10"],
    [16.4, "16"],
    [1234, "1,234"],
  ] as const
) {
  Deno.test(`digits() of ${value}`, () => assert.equal(digits(value), text));
}

Deno.test("duration() keeps two digits", () => {
  assert.equal(duration(3140), "3.1 µs");
  assert.equal(duration(43e6), "43 ms");
});

Deno.test("countsOf() asks of events that they differ by more than six standard errors", () => {
  const side = (count: number): Side => ({
    name: "",
    replies: 100,
    windowMs: 1,
    counters: { events: count / 100 },
  });
  // √(200 + 100) is 17, and 200 − 100 are 5.8 of it.
  assert.equal(countsOf("events", side(200), side(100)), undefined);
  assert.deepEqual(countsOf("events", side(210), side(100)), { own: 2.1, other: 1 });
  assert.equal(countsOf("events", side(12_000), side(10_000)), undefined, "a ratio of 1.2");
});
