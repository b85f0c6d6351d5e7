/**
 * Checks what is read from `results.json` and `trials.jsonl`.
 *
 * @module
 */

import { z } from "zod";
import { checkSize, parseJson } from "./limits.ts";
import {
  type AccountCounts,
  ACCOUNTS,
  type HistogramName,
  HISTOGRAMS,
} from "../record/accounts.ts";
import { MOST_SERVERS, type Result, SCHEMA_VERSION, type Trial } from "./result.ts";
import { upgradeResult, upgradeTrial } from "./upgrade.ts";
import type { CountWords } from "../record/account.ts";
import type { Warning } from "../warnings/warnings.ts";

const number = z.number();
const count = z.int().min(0);
const text = z.string();
/** A name that figures are looked up by: never one that every object has. */
const key = text.refine((name) => !(name in Object.prototype), "a name that means something else");
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
  z.object({
    kind: z.literal("window held up"),
    askedMs: number,
    tookMs: number,
    standstillMs: number,
  }),
  z.object({ kind: z.literal("pongs missing"), missing: count, due: count }),
  z.object({ kind: z.literal("rate not reached"), share: number }),
  z.object({ kind: z.literal("late sends"), share: number, longestMs: number }),
  z.object({
    kind: z.literal("disturbed"),
    who: z.enum(["server", "client"]),
    share: number,
    quota: z.object({
      cpus: number.nullable(),
      times: count,
      throttledMs: number,
      isLesserPart: z.boolean(),
    }).exactOptional(),
  }),
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
  z.object({
    kind: z.literal("resumed"),
    times: count,
    again: count.optional(),
    differs: z.array(text),
  }),
  z.object({ kind: z.literal("torn last line"), file: text }),
  z.object({
    kind: z.literal("damaged lines"),
    file: text,
    count,
    lines: z.array(count),
    reason: text,
  }),
]) satisfies z.ZodType<Warning>;

const histogramName = z.enum(Object.keys(HISTOGRAMS) as HistogramName[]);

/** The items of a list, each with an id of its own. */
function distinct<T extends z.ZodType<{ id: string }>>(item: T): z.ZodArray<T> {
  return z.array(item).superRefine((items, context) => {
    const known = new Set<string>();
    for (const [index, { id }] of items.entries()) {
      if (known.has(id)) {
        context.addIssue({ code: "custom", path: [index, "id"], message: "it is there twice" });
      }
      known.add(id);
    }
  });
}

const metric = z.object({
  id: key,
  title: text,
  unit: text,
  better: z.enum(["lower", "higher", "none"]),
  decimals: count.max(20).optional(),
  pooled: z.object({
    histogram: histogramName,
    statistic: z.union([
      z.enum(["mean", "standardDeviation", "max"]),
      z.object({ percentile: number.gt(0).max(100) }),
    ]),
  }).optional(),
});

const parameters = z.record(text, z.union([number, text]));

const scenario = z.object({
  id: text,
  title: text,
  question: text,
  cases: distinct(
    z.object({
      id: text,
      title: text,
      about: text.optional(),
      parameters,
    }),
  ),
  metrics: distinct(metric).min(1),
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

/** What each account has counted. */
const accounts = Object.fromEntries(
  ACCOUNTS.filter(({ counts }) => Object.keys(counts).length > 0)
    .map(({ name, about, counts }) => [name, countsOf(counts).describe(about).optional()]),
) as unknown as { readonly [name in keyof AccountCounts]-?: z.ZodType<AccountCounts[name]> };

function countsOf(words: { readonly [name: string]: CountWords }): z.ZodObject {
  return z.object(Object.fromEntries(
    Object.entries(words).map(([name, { about, unit }]) => [
      name,
      (unit === "ms" ? milliseconds : count).describe(about),
    ]),
  ));
}

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
    ...accounts,
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
    }).refine(({ atMs, latencyMs }) => atMs.length === latencyMs.length, "lists of two lengths")
      .optional(),
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
  servers: distinct(server).max(MOST_SERVERS),
  reference: server.optional(),
  leftOut: z.array(z.object({
    id: text,
    title: text,
    reason: text,
    cases: z.array(z.object({ scenario: text, case: text })).optional(),
  })).optional(),
  study: z.object({ id: text, title: text, about: z.array(text), claims: z.array(claim) })
    .optional(),
  clients: distinct(
    z.object({ id: text, title: text, library: text, notes: z.array(text).optional() }),
  ),
  scenarios: distinct(scenario),
  trials: z.array(trial),
  resumed: z.array(
    z.object({ at: instant, after: count, again: count.optional(), differs: z.array(text) }),
  ).optional(),
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
  parameters,
  scenario,
  server,
  trial,
  warning,
};

/** What a result holds beside its trials, and what one of these holds: an hour of slices has 288,000 values. */
const MOST_VALUES = 500_000;

/**
 * Reads a result.
 *
 * @throws {SyntaxError} when the text is not JSON or not a result, naming the first place that is wrong
 */
export function parseResult(json: string): Result {
  const what = "a result of wsmark";
  const value = valueOf(json, what);
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const { trials, ...rest } = upgradeResult(isObject ? value as Record<string, unknown> : {});
  if (!isObject || !Array.isArray(trials)) return check(value, result, what) as Result;
  // One after another, up to the first that is wrong: a million wrong ones take no longer to refuse.
  const found = check({ ...rest, trials: [] }, result, what) as Result;
  return {
    ...found,
    trials: trials.map((one, index) =>
      check(upgradeTrial(one), trial, what, `trials.${index}`) as Trial
    ),
  };
}

/**
 * Reads a line of `trials.jsonl`.
 *
 * @throws {SyntaxError} when the text is not JSON or not a trial, naming the first place that is wrong
 */
export function parseTrial(json: string): Trial {
  const what = "a trial of wsmark";
  return check(upgradeTrial(valueOf(json, what)), trial, what) as Trial;
}

function valueOf(json: string, what: string): unknown {
  try {
    return parseJson(json);
  } catch (error) {
    throw new SyntaxError(`Cannot read ${what}: ${(error as Error).message}`, { cause: error });
  }
}

function check(value: unknown, schema: z.ZodType, what: string, place = ""): unknown {
  checkSize(value, what, MOST_VALUES);
  const outcome = schema.safeParse(value);
  if (outcome.success) return outcome.data;
  const [{ path, message } = { path: [], message: "unknown" }] = outcome.error.issues;
  const where = [...place === "" ? [] : [place], ...path].join(".") || "the whole";
  throw new SyntaxError(`Cannot read ${what}: ${where}: ${message}`);
}
