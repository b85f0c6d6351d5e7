/**
 * What a trial holds, as a schema: the types of `types.generated.ts` and the JSON Schema are made from it. Everything
 * that is exported is a part that has this name there, too.
 */

import { z } from "zod";
import type { CountWords } from "../record/accounts/account.ts";
import {
  type AccountCounts,
  ACCOUNTS,
  type CountedAccount,
  HISTOGRAMS,
} from "../record/accounts/mod.ts";
import { Capacity, Curve } from "./search_schema.ts";

const number = z.number();
const count = z.int().min(0);
const text = z.string();
const texts = z.array(text);
/** A moment, as ISO 8601 in UTC. */
const instant = z.iso.datetime();
const milliseconds = number.nullable();

export const Absent = z.object({
  absent: text.describe(
    'Why there is no figure, as a phrase: "the server is not on this machine".',
  ),
}).describe(
  "A figure that is missing, with the reason that every report shows in its place.",
);

export const Figure = z.union([number, Absent]).describe(
  "A measured number, or the reason why there is none.",
);

export const Place = z.object({
  scenario: text.describe("Id of the scenario."),
  case: text.describe("Id of the case."),
  server: text.describe("Id of the server."),
}).describe("Which trials a finding is about: all of one case on one server.");

export const Throttling = z.object({
  cpus: number.nullable().describe(
    "How many CPUs its control group may use; null if that is not known.",
  ),
  times: count.describe("Periods of the quota in which it ran out."),
  throttledMs: number.describe(
    "Time for which the group was held back then, in milliseconds; each CPU counts by itself.",
  ),
}).describe("What a CPU quota took from a process in the window.");

/** A kind of warning. */
function finding<Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) {
  return z.object({ kind: z.literal(kind), ...shape });
}

export const Warning = z.discriminatedUnion("kind", [
  finding("generator saturated", { cpuShare: number }),
  finding("near the ceiling", { share: number }),
  finding("agent near its ceiling", { agent: text, share: number }),
  finding("wrong replies", { lost: count, duplicated: count, reordered: count, corrupted: count }),
  finding("window held up", {
    askedMs: number.describe("How long it was to be open."),
    tookMs: number.describe("How long it was open."),
    standstillMs: number.describe("Time in it in which the client stood still."),
  }),
  finding("window empty", {
    sent: count.describe("Messages that were sent in it; no reply came, and no connection opened."),
  }),
  finding("connections unserved", { unserved: count, connections: count }),
  finding("pongs missing", { missing: count, due: count }),
  finding("rate not reached", { share: number }),
  finding("late sends", {
    share: number.describe("Sent more than 1 ms late."),
    longestMs: number.describe("By how much the latest was."),
    ownShare: number.exactOptional().describe(
      "Sent more than 1 ms late even without the time in which the client had no CPU; absent if that is not known.",
    ),
    isFull: z.boolean().exactOptional().describe(
      "Whether the client cannot keep up by itself: so many are late even so, or half of them by more than 0.1 ms.",
    ),
  }),
  finding("disturbed", {
    who: z.enum(["server", "client"]),
    share: number,
    quota: Throttling.extend({
      isLesserPart: z.boolean().describe("Whether other programs took more than the quota did."),
    }).exactOptional().describe("The CPU quota that held it back; absent if none did."),
  }),
  finding("stolen time", { share: number }),
  finding("generators apart", {
    spreadMs: number.describe("From the begin of the first window to that of the last one."),
    share: number.describe("Of the window, in which all were measured."),
  }),
  finding("agent at its limit", {
    agent: text.describe("Its id."),
    cpuShare: number.exactOptional().describe(
      "Of one CPU, which the generator used; absent if that was little.",
    ),
    sentShare: number.exactOptional().describe("Of what it was to send; absent if it sent all."),
    pacingP99Ms: number.exactOptional().describe(
      "99th percentile of how much later than meant it sent though it had a CPU; absent if that was little.",
    ),
  }),
  finding("clock drifts", {
    agent: text.describe("Its id."),
    drift: number.describe("What its clock gained, as a share of the time."),
  }),
  finding("priority differs", {
    serverNice: z.int().describe("Niceness that counts for the server against other programs."),
    clientNice: z.int().describe("The same of the client."),
    asked: z.int().describe("What both were to have: that of wsmark itself."),
  }),
  finding("rounds differ", { spread: number, ...Place.shape }),
  finding("warm-up not over", { change: number, ...Place.shape }),
  finding("memory growing", { growth: number, ...Place.shape }),
  finding("too few samples", { percentile: number, samples: count, needed: count, ...Place.shape }),
  finding("one round holds the tail", {
    percentile: number,
    round: count,
    share: number,
    ...Place.shape,
  }),
  finding("timer too coarse", { stepNs: number, latencyNs: number, ...Place.shape }),
  finding("machine is busy", { load: number, cpus: count }),
  finding("cores shared", { cores: z.array(z.array(count)) }),
  finding("not pinned", { reason: text }),
  finding("too few rounds", { rounds: count, needed: count }),
  finding("breaks integrity", {
    title: text.describe("Name of the server in a heading."),
    what: text.describe("What failed cases of the conformance suite show, as a phrase."),
  }),
  finding("trials failed", { failed: count, planned: count }),
  finding("run is partial", {
    ended: count,
    planned: count,
    because: text.exactOptional().describe(
      "Why wsmark itself ended it, as a phrase; absent if the user did.",
    ),
  }),
  finding("resumed", {
    times: count,
    again: count.optional().describe("Trials that had failed and were to run again."),
    differs: texts,
  }),
  finding("torn last line", { file: text }),
  finding("damaged lines", {
    file: text,
    count,
    lines: z.array(count).describe("Numbers of the first of them."),
    reason: text.describe("Why the first one cannot be read."),
  }),
]).describe("A finding about the measurement that a reader must know to understand the figures.");

export const HistogramName = z.enum(Object.keys(HISTOGRAMS) as (keyof typeof HISTOGRAMS)[])
  .describe("Name of a histogram that a trial may keep.");

export const Phases = z.object({
  startMs: number.describe("From the spawn of the server to its ready line."),
  connectMs: number.describe("Opening the first connections of the traffic."),
  warmupMs: number.describe("Traffic before the window."),
  windowMs: number.describe(
    "The measured window; of several generators the time that all their windows shared, longer in proportion to what they counted outside of it.",
  ),
  drainMs: number.describe("Waiting for replies to what was sent in the window."),
  stopMs: number.describe("From the end of the traffic to the end of the server process."),
}).describe("How long each phase of a trial took, in milliseconds.");

export const WindowCounts = z.object({
  sent: count.describe("Messages sent."),
  replies: count.describe("Replies read."),
  replyBytes: count.describe("Payload of the replies read, in bytes."),
  handshakes: count.describe("Handshakes finished."),
  connections: count.describe("Connections open when the window ended."),
}).describe("What the client counted between the two ends of the window.");

export const IntegrityCounts = z.object({
  sent: count.describe("Messages sent; one that is sent to several connections counts for each."),
  answered: count.describe("Messages answered, each counted once."),
  lost: count.describe("Messages never answered."),
  duplicated: count.describe("Replies to a message that had its reply already."),
  reordered: count.describe(
    "Replies that came after the reply to a later message of the same connection.",
  ),
  corrupted: count.describe("Replies with the wrong content."),
}).describe("Account of all replies of the trial: warm-up, window and drain.");

export const ConnectionSpread = z.object({
  min: number.describe("Slowest connection."),
  mean: number.describe("Mean over the connections."),
  max: number.describe("Fastest connection."),
  unserved: count.exactOptional().describe(
    "Connections without a reply in the window, though one was due at its end; absent in files of earlier versions.",
  ),
}).describe("Messages per second of each connection, over the window.");

export const LatencySamples = z.object({
  every: count.describe("One message out of so many was kept."),
  atMs: z.array(number).describe(
    "When the reply of each came, in milliseconds since the window began, ascending.",
  ),
  latencyMs: z.array(number).describe(
    "Latency of each in milliseconds, in the same order: response time if there is a schedule, else service time.",
  ),
}).describe(
  "Latencies of single messages: an even sample of those that were answered in the window.",
);

export const TimelineSlice = z.object({
  atMs: number.describe("Start, in milliseconds since the window began."),
  lengthMs: number.describe(
    "Length in milliseconds: 100, or 1000 where stages take 10 s or longer; the last one may be shorter, and is left out below 10.",
  ),
  count: count.describe(
    "Replies read (or handshakes finished, if the scenario sends no messages).",
  ),
  connections: count.optional().describe(
    "Connections that are open at its end; absent in results of versions that did not count them.",
  ),
  offered: count.optional().describe(
    "Messages (or connections) that a schedule meant to begin in it; absent without a schedule.",
  ),
  meanMs: milliseconds.describe(
    "Mean latency of those, in milliseconds; null if there were none.",
  ),
  p50Ms: milliseconds.describe("Median."),
  p99Ms: milliseconds.describe("99th percentile."),
  maxMs: milliseconds.describe("Largest."),
}).describe("A short part of the window.");

export const CpuUse = z.object({
  timeNs: Figure.describe("In nanoseconds."),
  share: Figure.describe("Divided by the length of the window: 1 is one core all the time."),
}).describe("CPU time that a process tree used inside the window.");

export const MemoryUse = z.object({
  before: Figure.describe("Ready, before the first connection."),
  windowStart: Figure.describe("When the window began."),
  windowEnd: Figure.describe("When the window ended."),
  peak: Figure.describe("The most since the process began."),
  after: Figure.describe("After the connections were closed."),
}).describe("Resident memory of the server's process tree, in bytes.");

export const Noise = z.object({
  serverWait: Figure.describe(
    "The least time that the server's busiest thread waited for a CPU that no other thread of the server had.",
  ),
  generatorWait: Figure.describe(
    "The same of the generator; of the worst one if there are several.",
  ),
  stolen: Figure.describe("Time of their CPUs that the hypervisor gave to other machines."),
}).describe(
  "What other programs and the hypervisor took from the trial, as shares of the window from 0 to 1.",
);

function countsOf(
  { about, counts }: { about: string; counts: { readonly [name: string]: CountWords } },
): z.ZodObject {
  return z.object(Object.fromEntries(
    Object.entries(counts).map(([name, { about, unit }]) => [
      name,
      (unit === "ms" ? milliseconds : count).describe(about),
    ]),
  )).describe(about);
}

/** The counts of each account that has any, by their name in a trial. */
const accounts = Object.fromEntries(
  ACCOUNTS.filter(({ counts }) => Object.keys(counts).length > 0)
    .map((account) => [account.name, countsOf(account)]),
) as unknown as {
  readonly [name in CountedAccount]: z.ZodType<NonNullable<AccountCounts[name]>>;
};

export const GeneratorShare = z.object({
  agent: text.exactOptional().describe(
    "Id of the agent that it ran on; absent if it ran on the machine that the run was started on.",
  ),
  connections: count.describe("Its connections that were open when its window ended."),
  sent: count.describe("Messages that it sent in its window."),
  replies: count.describe("Replies that it read in its window."),
  offered: count.exactOptional().describe(
    "Messages that its part of the schedule meant to be sent in its window; absent without a schedule.",
  ),
  pacingP99Ms: number.exactOptional().describe(
    "99th percentile of how much later than meant it sent them, in milliseconds; absent without a schedule.",
  ),
  ownPacingP99Ms: number.exactOptional().describe(
    "The same without the time in which it had no CPU; absent if that is not known.",
  ),
  ceilingShare: number.exactOptional().describe(
    "Replies per second, as a share of what the agent read in the same case from a reference server of its own machine; absent if that is not known.",
  ),
  cpu: Figure.describe("CPU time in its window, divided by the length of that: 1 is one core."),
  wait: Figure.describe(
    "Share of its window for which it waited for a CPU that other programs had.",
  ),
  beganMs: number.describe(
    "How much later than the first of all windows its own began, in milliseconds.",
  ),
  clockOffsetMs: number.exactOptional().describe(
    "What the agent's clock showed more than that of the machine that the run was started on, in milliseconds; absent if it ran there.",
  ),
  clockErrorMs: number.describe(
    "By how much its clock may be known wrong at most, and so its begin, in milliseconds: half of the shortest round trip.",
  ),
  clockDrift: number.exactOptional().describe(
    "What the agent's clock gained during the traffic, as a share of the time; absent if it ran on the machine that the run was started on.",
  ),
}).describe("One of several generators that shared a trial: what it did itself.");

export const Sharing = z.object({
  startSpreadMs: number.describe(
    "From the begin of the first window to that of the last one, in milliseconds.",
  ),
  overlapMs: number.describe(
    "The time that all windows had in common, in milliseconds: rates are those of this time.",
  ),
  generators: z.array(GeneratorShare).describe("The generators."),
}).describe("How several generators shared a trial.");

export const TrialIdentity = z.object({
  trial: count.describe("Place in the order of the run, from 1."),
  round: count.describe(
    "Round, from 1; 0 for a trial that shows the ceiling of the generator or finds an arrival rate.",
  ),
  server: text.describe("Id of the server."),
  client: text.describe("Id of the client."),
  scenario: text.describe("Id of the scenario."),
  case: text.describe("Id of the case."),
  startedAt: instant.describe("Wall-clock time of its start, ISO 8601."),
}).describe("Which trial this is.");

export const FailedTrial = z.object({
  ...TrialIdentity.shape,
  state: z.literal("failed").describe("What became of it."),
  reason: text.describe("What happened, in one line."),
}).describe("A trial that did not run to its end.");

export const CompletedTrial = z.object({
  ...TrialIdentity.shape,
  state: z.literal("completed").describe("What became of it."),
  phases: Phases.describe("How long each phase took."),
  counts: WindowCounts.describe("Counts inside the window."),
  ...Object.fromEntries(
    Object.entries(accounts).map(([name, account]) => [name, account.optional()]),
  ) as { readonly [name in CountedAccount]: z.ZodOptional<typeof accounts[name]> },
  capacity: Capacity.optional().describe(
    "What a search found; absent if the trial is not a search. The window, and all that was measured in it, is then that " +
      "of the last probe that passed at the highest sustained rate; the account of the replies is that of all probes.",
  ),
  curve: Curve.optional().describe(
    "What a trial of many arrival rates found; absent for others. The window, and all that was measured in it, is then that " +
      "of the rising rate next to half of the highest throughput; the account of the replies is that of all windows.",
  ),
  integrity: IntegrityCounts.describe("Account of all replies."),
  histograms: z.partialRecord(HistogramName, z.base64()).describe(
    "Histograms in nanoseconds, HdrHistogram V2 compressed, base64; those that recorded something.",
  ),
  connections: ConnectionSpread.optional().describe(
    "Spread over the connections; absent if no connection carried messages.",
  ),
  samples: LatencySamples
    .refine(({ atMs, latencyMs }) => atMs.length === latencyMs.length, "lists of two lengths")
    .optional().describe(
      "Latencies of single messages; absent if none were asked for, or none answered.",
    ),
  timeline: z.array(TimelineSlice).describe(
    "The window in slices: of 100 ms, or of 1 s where stages take 10 s or longer.",
  ),
  sharing: Sharing.exactOptional().describe(
    "How its generators shared it; absent if there was one, on the machine that the run was started on.",
  ),
  cpu: z.object({ server: CpuUse, generator: CpuUse }).describe(
    "CPU time of the server's process tree and of the generator.",
  ),
  memory: MemoryUse.describe("Memory of the server's process tree."),
  noise: Noise.describe("What others took in the window."),
  metrics: z.record(text, Figure).describe("Value of each metric of the scenario, by id."),
  warnings: z.array(Warning).describe("Findings about this trial's measurement."),
}).describe("A trial that ran to its end. Its replies may still have been wrong: see `integrity`.");

export const Trial = z.discriminatedUnion("state", [FailedTrial, CompletedTrial]).describe(
  "One trial.",
);
