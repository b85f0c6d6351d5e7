/** What a trial found that tried arrival rates one after another, as a part of the schema in `trial_schema.ts`. */

import { z } from "zod";

const number = z.number();
const count = z.int().min(0);
const milliseconds = number.nullable();

export const Probe = z.object({
  rate: number.describe("Arrivals per second."),
  sentShare: number.describe("Sent in the window, divided by what was offered in it."),
  p50Ms: milliseconds.describe("Median response time; null if nothing was answered."),
  p99Ms: milliseconds.describe("99th percentile of the response time."),
  maxMs: milliseconds.describe("Longest response time."),
  lost: count.describe("Messages that were never answered."),
  passed: z.boolean().describe("Whether the rate was reached, the limit kept and nothing lost."),
}).describe(
  "One probe of a search for the capacity: an arrival rate that was kept up for a while.",
);

export const Capacity = z.object({
  low: number.describe(
    "Highest rate that was sustained, in messages per second; 0 if none was.",
  ),
  high: number.nullable().describe(
    "Lowest rate above it that was not sustained; null if every rate that was tried was.",
  ),
  probes: z.array(Probe).describe(
    "The probes in the order in which they ran: the latency as a function of the rate.",
  ),
}).describe("What a search for the capacity found.");

export const CurvePoint = z.object({
  way: z.enum(["up", "overload", "down"]).describe(
    "Whether it came while the rates grew, beyond all that the server sustains, or while they shrank.",
  ),
  rate: number.describe("Arrivals per second."),
  sentShare: number.describe("Sent in the window, divided by what was offered in it."),
  answered: number.describe("Replies per second in the window."),
  inTime: number.describe(
    "Messages that were due in the window and answered within the limit, per second of it: the goodput.",
  ),
  p50Ms: milliseconds.describe("Median response time; null if nothing was answered."),
  p99Ms: milliseconds.describe("99th percentile of the response time."),
  sliceP99Ms: milliseconds.optional().describe(
    "Median of the 99th percentiles of slices of the window, so that an interruption within it does not count; null if they are not known.",
  ),
  p999Ms: milliseconds.describe("99.9th percentile of the response time."),
  lost: count.describe("Messages that were never answered."),
  cpuShare: number.nullable().describe(
    "CPU time of the server's process tree, divided by the length of the window; null if it is not known.",
  ),
  memory: number.nullable().describe(
    "Memory of the server's process tree at the end of the window, in bytes; null if it is not known.",
  ),
}).describe("One arrival rate of a curve, kept up for a window.");

export const Recovery = z.object({
  rate: number.describe("Arrivals per second before and after the overload."),
  overloadRate: number.describe("Arrivals per second in the overload."),
  overloadMs: number.describe("How long that lasted."),
  beforeP99Ms: milliseconds.describe("99th percentile of the response time before the overload."),
  recoveredMs: milliseconds.describe(
    "When a slice of the timeline was within twice of that again, since the end of the overload; null if none was.",
  ),
  watchedMs: number.describe("How long that was looked for."),
}).describe("How a server comes back from overload.");

export const Curve = z.object({
  closedRate: number.describe(
    "Messages per second in a closed loop with one in flight on each connection: where the rates began.",
  ),
  limitMs: number.describe("The limit that a reply in time keeps."),
  points: z.array(CurvePoint).describe("In the order in which they were measured."),
  recovery: Recovery.nullable().describe(
    "How it came back from overload; null if the client could not send so much that it was overloaded.",
  ),
}).describe("Response times of rising arrival rates, of overload, and of falling rates.");
