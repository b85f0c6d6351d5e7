/** Checks what a generator on another machine reports. */

import { z } from "zod";
import {
  Absent,
  CompletedTrial,
  ConnectionSpread,
  Figure,
  HistogramName,
  IntegrityCounts,
  LatencySamples,
  Throttling,
  TimelineSlice,
  WindowCounts,
} from "../../measure/model/trial_schema.ts";
import { ACCOUNTS } from "../../measure/record/accounts/mod.ts";
import type { GeneratorReport } from "../generator/messages.ts";
import type { ServerSamples } from "../generator/together/server_samples.ts";

const milliseconds = z.number();

const MOST_PROCESSES = 10_000;

const cpu = z.object({
  id: z.string().max(100),
  ownNs: z.number(),
  reapedNs: z.number(),
  threads: z.record(z.string().max(100), z.object({ cpuNs: z.number(), waitNs: z.number() }))
    .nullable(),
  ended: z.boolean().optional(),
});

const sample = z.object({
  cpuNs: Figure,
  residentBytes: Figure,
  peakBytes: Figure,
  processes: z.array(cpu).max(MOST_PROCESSES),
});

const samples = z.object({
  "before connecting": sample,
  "window starts": sample,
  "window ends": sample,
  closed: sample,
});

/** What was sampled of a server. */
export const checkedServerSamples = z.object({
  server: samples,
  throttled: Throttling.nullable(),
}).transform((all) => all as unknown as ServerSamples);

const accounts = Object.fromEntries(
  ACCOUNTS.filter(({ counts }) => Object.keys(counts).length > 0)
    .map(({ name }) => [name, CompletedTrial.shape[name as "arrivals"]]),
);

/** The most buckets of a histogram: at three digits up to 68 s there are some 27,000. */
const MOST_BUCKETS = 100_000;

/** Pairs of nanoseconds and count. By hand, as there are thousands: a schema of each pair takes several times as long. */
const buckets = z.custom<readonly (readonly [ns: number, count: number])[]>(
  (value) =>
    Array.isArray(value) && value.length <= MOST_BUCKETS &&
    value.every((pair) =>
      Array.isArray(pair) && pair.length === 2 && Number.isFinite(pair[0]) && pair[0] >= 0 &&
      Number.isSafeInteger(pair[1]) && pair[1] >= 0
    ),
  "no histogram",
);

/** The report of a generator; its histograms are pairs of nanoseconds and count. */
export const checkedReport = z.object({
  state: z.literal("completed"),
  startedAtMs: milliseconds,
  phases: z.object({
    connectMs: milliseconds,
    warmupMs: milliseconds,
    windowMs: milliseconds,
    drainMs: milliseconds,
  }),
  window: z.object({
    askedMs: milliseconds,
    allowedMs: milliseconds,
    tookMs: milliseconds,
    standstillMs: milliseconds,
  }),
  counts: WindowCounts,
  integrity: IntegrityCounts,
  ...accounts,
  histograms: z.partialRecord(HistogramName, buckets),
  connections: ConnectionSpread.optional(),
  samples: LatencySamples.optional(),
  timeline: z.array(TimelineSlice),
  server: z.null(),
  generator: samples,
  stolen: z.union([z.number(), Absent]),
  throttled: z.object({ server: z.null(), client: Throttling.nullable() }),
  others: z.array(samples).max(0),
}).transform((report) => report as unknown as GeneratorReport);
