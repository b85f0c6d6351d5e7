/**
 * Checks what is read from `results.json` and `trials.jsonl`.
 *
 * @module
 */

import { z } from "zod";
import { HISTOGRAMS, type Result, SCHEMA_VERSION, type Trial } from "./result.ts";
import type { Warning } from "./warnings.ts";

const number = z.number();
const count = z.int().min(0);
const text = z.string();
const absent = z.object({ absent: text });
const figure = z.union([number, absent]);
const instant = z.iso.datetime();

const place = { scenario: text, case: text, server: text };

const warning = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("generator saturated"), cpuShare: number }),
  z.object({ kind: z.literal("near the ceiling"), share: number }),
  z.object({
    kind: z.literal("wrong replies"),
    lost: count,
    duplicated: count,
    reordered: count,
    corrupted: count,
  }),
  z.object({ kind: z.literal("rate not reached"), share: number }),
  z.object({ kind: z.literal("late sends"), share: number, longestMs: number }),
  z.object({ kind: z.literal("disturbed"), who: z.enum(["server", "client"]), share: number }),
  z.object({ kind: z.literal("stolen time"), share: number }),
  z.object({ kind: z.literal("rounds differ"), spread: number, ...place }),
  z.object({ kind: z.literal("warm-up not over"), change: number, ...place }),
  z.object({ kind: z.literal("memory growing"), growth: number, ...place }),
  z.object({
    kind: z.literal("too few samples"),
    percentile: number,
    samples: count,
    needed: count,
    ...place,
  }),
  z.object({
    kind: z.literal("timer too coarse"),
    stepNs: number,
    latencyNs: number,
    ...place,
  }),
  z.object({ kind: z.literal("machine is busy"), load: number, cpus: count }),
  z.object({ kind: z.literal("cores shared"), cores: z.array(z.array(count)) }),
  z.object({ kind: z.literal("not pinned"), reason: text }),
  z.object({ kind: z.literal("too few rounds"), rounds: count, needed: count }),
  z.object({ kind: z.literal("trials failed"), failed: count, planned: count }),
  z.object({ kind: z.literal("run is partial"), ended: count, planned: count }),
  z.object({ kind: z.literal("resumed"), times: count, differs: z.array(text) }),
  z.object({ kind: z.literal("torn last line"), file: text }),
]) satisfies z.ZodType<Warning>;

const histogramName = z.enum(HISTOGRAMS);

const metric = z.object({
  id: text,
  title: text,
  unit: text,
  better: z.enum(["lower", "higher", "none"]),
  decimals: count.optional(),
  pooled: z.object({
    histogram: histogramName,
    statistic: z.union([
      z.enum(["mean", "standardDeviation", "max"]),
      z.object({ percentile: number }),
    ]),
  }).optional(),
});

const scenario = z.object({
  id: text,
  title: text,
  question: text,
  cases: z.array(
    z.object({ id: text, title: text, parameters: z.record(text, z.union([number, text])) }),
  ),
  metrics: z.array(metric).min(1),
});

const identity = {
  trial: count,
  round: count,
  server: text,
  client: text,
  scenario: text,
  case: text,
  startedAt: instant,
};

const cpuUse = z.object({ timeNs: figure, share: figure });
const milliseconds = number.nullable();

const trial = z.discriminatedUnion("state", [
  z.object({ ...identity, state: z.literal("failed"), reason: text }),
  z.object({
    ...identity,
    state: z.literal("completed"),
    phases: z.object({
      startMs: number,
      connectMs: number,
      warmupMs: number,
      windowMs: number,
      drainMs: number,
      stopMs: number,
    }),
    counts: z.object({
      sent: count,
      replies: count,
      replyBytes: count,
      handshakes: count,
      connections: count,
    }),
    arrivals: z.object({
      offered: count,
      sent: count,
      late: count,
      dropped: count,
      answered: count,
    })
      .optional(),
    capacity: z.object({
      low: number,
      high: number.nullable(),
      probes: z.array(z.object({
        rate: number,
        sentShare: number,
        p50Ms: milliseconds,
        p99Ms: milliseconds,
        maxMs: milliseconds,
        lost: count,
        passed: z.boolean(),
      })),
    }).optional(),
    integrity: z.object({
      sent: count,
      answered: count,
      lost: count,
      duplicated: count,
      reordered: count,
      corrupted: count,
    }),
    histograms: z.partialRecord(histogramName, z.base64()),
    connections: z.object({ min: number, mean: number, max: number }).optional(),
    samples: z.object({
      every: count,
      atMs: z.array(number),
      latencyMs: z.array(number),
    }).optional(),
    timeline: z.array(z.object({
      atMs: number,
      lengthMs: number,
      count,
      meanMs: milliseconds,
      p50Ms: milliseconds,
      p99Ms: milliseconds,
      maxMs: milliseconds,
    })),
    cpu: z.object({ server: cpuUse, generator: cpuUse }),
    memory: z.object({
      before: figure,
      windowStart: figure,
      windowEnd: figure,
      peak: figure,
      after: figure,
    }),
    noise: z.object({ serverWait: figure, generatorWait: figure, stolen: figure }),
    metrics: z.record(text, figure),
    warnings: z.array(warning),
  }),
]);

const server = z.object({
  id: text,
  title: text,
  protocol: text,
  runtime: text.optional(),
  library: text.optional(),
  notes: z.array(text).optional(),
});

const claim = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("relation"),
    text,
    scenario: text,
    case: text,
    metric: text,
    server: text,
    than: text,
    relation: z.enum(["lower", "higher", "same"]),
    published: z.object({ server: number, than: number }).optional(),
    remark: text.optional(),
  }),
  z.object({ kind: z.literal("intact"), text, scenario: text, remark: text.optional() }),
]);

const result = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  wsmark: text,
  state: z.enum(["running", "finished", "interrupted"]),
  startedAt: instant,
  endedAt: instant.optional(),
  planned: count,
  settings: z.object({
    command: text,
    profile: text,
    rounds: count,
    durationMs: number,
    warmupMs: number,
    seed: z.int(),
    pinning: z.union([
      z.object({ server: z.array(count), generator: z.array(count) }),
      absent,
    ]),
    engine: z.object({ id: z.enum(["epoll", "tcp"]), reason: text.optional() }),
    generators: count,
    samples: count,
    baseline: text,
  }),
  machine: z.array(z.object({
    group: text,
    name: text,
    value: z.union([text, figure]),
    unit: text.optional(),
  })),
  servers: z.array(server),
  reference: server.optional(),
  leftOut: z.array(z.object({ id: text, title: text, reason: text })).optional(),
  study: z.object({ id: text, title: text, about: z.array(text), claims: z.array(claim) })
    .optional(),
  clients: z.array(
    z.object({ id: text, title: text, library: text, notes: z.array(text).optional() }),
  ),
  scenarios: z.array(scenario),
  trials: z.array(trial),
  resumed: z.array(z.object({ at: instant, after: count, differs: z.array(text) })).optional(),
  warnings: z.array(warning),
});

/** What `results.json` must hold; unknown fields are left out on reading. */
export const RESULT_SCHEMA: z.ZodType = result;

/** Parts of it that occur more than once or are long, by name. */
export const RESULT_PARTS: Readonly<Record<string, z.ZodType>> = {
  absent,
  claim,
  figure,
  cpuUse,
  metric,
  scenario,
  server,
  trial,
  warning,
};

/**
 * Reads a result.
 *
 * @throws {SyntaxError} when the text is not JSON or not a result, naming the first place that is wrong
 */
export function parseResult(json: string): Result {
  return parse(json, result, "a result of wsmark") as Result;
}

/**
 * Reads a line of `trials.jsonl`.
 *
 * @throws {SyntaxError} when the text is not JSON or not a trial, naming the first place that is wrong
 */
export function parseTrial(json: string): Trial {
  return parse(json, trial, "a trial of wsmark") as Trial;
}

function parse(json: string, schema: z.ZodType, what: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new SyntaxError(`Cannot read ${what}: ${(error as Error).message}`, { cause: error });
  }
  const outcome = schema.safeParse(value);
  if (outcome.success) return outcome.data;
  const [{ path, message } = { path: [], message: "unknown" }] = outcome.error.issues;
  throw new SyntaxError(`Cannot read ${what}: ${path.join(".") || "the whole"}: ${message}`);
}
