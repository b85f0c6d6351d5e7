import { deepEqual, equal } from "node:assert/strict";
import type { Histogram } from "../histogram.ts";
import { PushAccount } from "./pushes.ts";

/** What a histogram has, in milliseconds, with how often. */
function timesIn(histogram: Histogram): [ms: number, count: number][] {
  return [...histogram.entries()].map(([ns, count]) => [Number((ns / 1e6).toPrecision(2)), count]);
}

Deno.test("PushAccount takes each gap as often as a millisecond begins in it, within the window", () => {
  const account = new PushAccount(1);
  account.arrive(0, 5, NaN);
  account.begin(10);
  account.arrive(0, 12, NaN);
  account.arrive(0, 12.25, NaN);
  account.arrive(0, 14, NaN);
  account.end(17);
  account.arrive(0, 40, NaN);
  // From 5 to 12, of which two milliseconds are in the window, from 12.25 to 14, and from 14 to the end.
  deepEqual(timesIn(account.histograms.gap), [[1.7, 2], [3, 3], [7, 2]]);
  deepEqual(account.counts(), { silent: 0, untimed: 3, foreign: 0 });
});

Deno.test("PushAccount: a stop is not hidden by what is sent all at once after it", () => {
  const account = new PushAccount(1);
  account.begin(0);
  account.arrive(0, 900, NaN);
  for (let late = 0; late < 900; late++) account.arrive(0, 900 + late / 1000, NaN);
  for (let ms = 901; ms <= 1000; ms++) account.arrive(0, ms, NaN);
  account.end(1000.5);
  equal(Math.round(account.histograms.gap.percentile(50) / 1e6), 900);
});

Deno.test("PushAccount: a stream on which nothing comes is silent, and in one gap", () => {
  const account = new PushAccount(2);
  account.arrive(1, 2, NaN);
  account.begin(10);
  account.end(110);
  deepEqual(timesIn(account.histograms.gap), [[100, 100], [110, 100]]);
  deepEqual(account.counts(), { silent: 2, untimed: 0, foreign: 0 });
});

Deno.test("PushAccount takes ages of this machine's clock only", () => {
  const account = new PushAccount(1);
  account.begin(0);
  for (const ageMs of [3, -0.5, 0.5, -2, 70_000, Infinity, NaN]) account.arrive(0, 5, ageMs);
  account.end(10);
  deepEqual(timesIn(account.histograms.age), [[0, 1], [0.5, 1], [3, 1]]);
  deepEqual(account.counts(), { silent: 0, untimed: 1, foreign: 3 });
});
