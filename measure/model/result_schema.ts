/**
 * What `results.json` holds, as a schema: the types of `types.generated.ts` and the JSON Schema are made from it.
 * Everything that is exported is a part that has this name there, too; `Result` is the whole.
 */

import { z } from "zod";
import { MOST_SERVERS, SCHEMA_VERSION } from "./result.ts";
import { Explanation } from "./explain_schema.ts";
import { Absent, Figure, HistogramName, Trial, Warning } from "./trial_schema.ts";

export * from "./explain_schema.ts";
export * from "./search_schema.ts";
export * from "./trial_schema.ts";

const number = z.number();
const count = z.int().min(0);
const text = z.string();
const texts = z.array(text);
const instant = z.iso.datetime();
/** A name that figures are looked up by: never one that every object inherits. */
const key = text.refine((name) => !(name in Object.prototype), "a name that means something else");

/** A list of items with different ids. */
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

export const Statistic = z.union([
  z.enum(["mean", "standardDeviation", "max"]),
  z.object({ percentile: number.gt(0).max(100).describe("Which one.") }),
]).describe("What is read off a histogram: a moment, or a percentile between 0 and 100.");

export const MetricDefinition = z.object({
  id: key.describe("Name in files and options, as `p99`."),
  title: text.describe("Name in a table's header, as `Latency p99`."),
  unit: text.describe("Unit in a table's header, as `ms`; empty for a plain count."),
  better: z.enum(["lower", "higher", "none"]).describe(
    "Which way is better; `none` for a figure that only informs.",
  ),
  decimals: count.max(20).optional().describe(
    "Decimals that a report shows; absent: three significant digits.",
  ),
  pooled: z.object({ histogram: HistogramName, statistic: Statistic }).optional().describe(
    "Set for a metric that is read off a histogram in milliseconds: which, and what of it. The histograms of several rounds " +
      "can be merged, for what all messages together say.",
  ),
}).describe(
  "What a metric is: its name, its unit, which way is better, and how the rounds are put together.",
);

export const RecordedParameters = z.object({
  connections: number.optional().describe("Connections that carry messages."),
  size: number.optional().describe("Payload of each message, in bytes."),
  concurrency: number.optional().describe("Handshakes under way at once."),
  messages: number.optional().describe(
    "Messages in one burst, of each client of a session, or of each connection beside.",
  ),
  rate: number.optional().describe("Arrivals per second on all connections together."),
  load: number.optional().describe(
    "Arrival rate in per cent of what the slowest server answers in a closed loop.",
  ),
  sloMs: number.optional().describe(
    "Limit of the 99th percentile of the response time, in milliseconds.",
  ),
  slow: number.optional().describe(
    "Connections beside the others that read nothing before the window is over.",
  ),
}).catchall(z.union([number, text])).describe(
  "The parameters of a case, by their names in configurations.",
);

export const CaseDescription = z.object({
  id: text.describe(
    "Unique within its scenario, made of the parameters, as `connections=16,inFlight=16,size=64`.",
  ),
  title: text.describe("The parameters in words, as `16 connections × 16 in flight, 64 B`."),
  about: text.optional().describe(
    "What a name in the title stands for, in one sentence; absent if there is no such name.",
  ),
  parameters: RecordedParameters.describe("The parameters themselves."),
}).describe("One scenario with one set of parameters, as the result names it.");

export const ScenarioDescription = z.object({
  id: text.describe("Name in files and options."),
  title: text.describe("Name in a heading."),
  question: text.describe("The question that the scenario answers."),
  cases: distinct(CaseDescription).describe("The cases that were run."),
  metrics: distinct(MetricDefinition).min(1).describe("The metrics, the primary one first."),
}).describe("A scenario as the result names it.");

export const ConformanceSummary = z.object({
  suite: text.describe("Twelve hexadecimal digits that tell one state of the cases from another."),
  cases: count.describe("Cases that were run."),
  ok: count.describe("Cases in which what should come came."),
  nonStrict: count.describe("Cases in which something else came that is allowed."),
  failed: count.describe("Cases in which what came is not allowed."),
  unimplemented: count.describe("Cases of what the server says that it does not have."),
  informational: count.describe("Cases in which the RFC leaves open what comes."),
  integrity: z.array(z.object({
    what: text.describe("A phrase that begins with a verb: `changes what it is sent`."),
    cases: texts.describe("Ids of the failed cases that show it."),
  })).describe("Why measurements of the server cannot be trusted; empty if nothing is known."),
}).describe("What the conformance suite found of a server.");

export const ServerDescription = z.object({
  id: text.describe("Name in files and options."),
  title: text.describe("Name in a heading."),
  protocol: text.describe("What it speaks."),
  runtime: text.optional().describe(
    "Runtime with its version, as `deno 2.9.6`; absent until it has been started once.",
  ),
  library: text.optional().describe("Library with its version, as `ws 8.21.3`."),
  notes: texts.optional().describe("How its settings differ from the defaults, a sentence each."),
  class: text.exactOptional().describe(
    "How it was set up, if not as its documentation recommends for production: tuned or minimal.",
  ),
  workers: count.exactOptional().describe(
    "Workers that it was told to have; absent if it had as many as it takes by itself.",
  ),
  conformance: ConformanceSummary.optional().describe(
    "What the conformance suite found of this version of it; absent if it has not been tried.",
  ),
}).describe(
  "A server as the result names it; runtime, library and notes are as its ready line gave them.",
);

export const LeftOut = z.object({
  id: text.describe("Name in files and options."),
  title: text.describe("Name in a heading; with the cases if not all of them are left out."),
  reason: text.describe("What is missing and the remedy."),
  cases: z.array(z.object({ scenario: text, case: text })).optional().describe(
    "The cases; absent if the whole server is left out.",
  ),
}).describe("A server that was chosen but could not be started here, or cases that it cannot run.");

export const ClientDescription = z.object({
  id: text.describe("Name in files and options."),
  title: text.describe("Name in a heading."),
  library: text.describe("Library with its version."),
  notes: texts.optional().describe(
    "How its settings differ from the defaults, and what to know when reading its figures, a sentence each.",
  ),
}).describe("The client that drove a server.");

export const Fact = z.object({
  group: text.describe("Group, as `Processor`."),
  name: text.describe("Name, as `Model`."),
  value: z.union([text, Figure]).describe("Value, or the reason why it could not be read."),
  unit: text.optional().describe("Unit of a number."),
}).describe("A fact about the machine or the software, as one row of the hardware table.");

export const Settings = z.object({
  command: text.describe("The command line, as typed after the program's name."),
  profile: text.describe("Name of the profile that the defaults came from."),
  rounds: count.describe("Rounds."),
  durationMs: number.describe("Length of the measured window, in milliseconds."),
  warmupMs: number.describe("Length of the warm-up, in milliseconds."),
  seed: z.int().describe("Seed of the order of the trials."),
  order: z.enum(["blocks", "shuffled"]).optional().describe(
    "Order of the trials of a round: the servers of a case back to back, or all shuffled, as in runs without it.",
  ),
  pinning: z.union([
    z.object({
      server: z.array(count),
      generator: z.array(count),
      reason: text.exactOptional().describe(
        "Why these, as a phrase; absent if each has half of those that may be used.",
      ),
    }),
    Absent,
  ]).describe("CPUs that the server and the generator were pinned to, or why they were not."),
  engine: z.object({ id: z.enum(["epoll", "uring", "tcp"]), reason: text.optional() }).describe(
    "What carries the bytes of the wire client, and why it is tcp if that was not chosen.",
  ),
  sources: z.array(text).optional().describe(
    "Local addresses that connections came from in turn; absent if the system chose.",
  ),
  generators: count.describe("Generator processes that share the connections of a trial."),
  generatorChoice: z.object({
    reason: text.describe("Why so many, as a phrase."),
    scenario: text.exactOptional().describe(
      "Id of the scenario that it was found with; absent if none was run.",
    ),
    case: text.exactOptional().describe("Id of the case."),
    tries: z.array(z.object({
      generators: count.describe("Generators."),
      ceiling: number.describe("What they reached against the reference server, per second."),
      fastest: number.describe("What the fastest server reached, per second."),
      server: text.describe("Its id."),
    })).describe("What was measured, by one short window each, in its order."),
    tookMs: number.describe("How long it took, in milliseconds."),
  }).exactOptional().describe(
    "How the number of generators was found (--generators auto); absent if it was given.",
  ),
  agents: z.object({
    nats: text.describe("URL of the NATS server that they were reached by, without secrets."),
    ids: texts.describe("Ids of the agents, in the order in which they share trials."),
    pick: texts.exactOptional().describe("The labels that they were picked by; absent if none."),
    server: text.exactOptional().describe(
      "Id of the agent that the servers of the list were started on; absent if that is this machine.",
    ),
  }).exactOptional().describe(
    "The agents that made the load, on other machines or this one; absent if this machine made it.",
  ),
  samples: count.describe(
    "The most single messages of a trial whose latencies were kept.",
  ),
  until: number.optional().describe(
    "Rounds were run until the ratios of rates were known to this share; absent if their number was given.",
  ),
  ceiling: z.literal(false).exactOptional().describe(
    "Set if the ceiling of the generator was not to be measured (--no-ceiling).",
  ),
  explain: z.literal(true).exactOptional().describe(
    "Set if each case was run once more on each server, to tell why it is as fast as it is (--explain).",
  ),
  baseline: text.describe("Id of the server that the others are compared with."),
  class: text.exactOptional().describe(
    "Set-up that the servers were to have, if it was chosen: production, tuned or minimal.",
  ),
  workers: count.exactOptional().describe(
    "Workers that each server was to have, if that was chosen.",
  ),
}).describe("What the run was asked to do.");

export const Agent = z.object({
  id: text.describe("Name in options, tables and messages."),
  labels: z.record(key, text).exactOptional().describe(
    "What it was labelled with; absent if nothing.",
  ),
  host: text.describe("What tells its machine from others: the same for agents of one machine."),
  isHere: z.boolean().describe("Whether that is the machine that the run was started on."),
  clockOffsetMs: number.describe(
    "What its clock showed more than that of the machine that the run was started on, in milliseconds.",
  ),
  clockErrorMs: number.describe("By how much that may be wrong at most, in milliseconds."),
  roundTripMs: number.describe("The shortest round trip of a message to it, in milliseconds."),
  machine: z.array(Fact).describe("Its machine and its software."),
}).describe("An agent: a machine that makes load for a run.");

const claimed = {
  text: text.describe("The claim as a sentence."),
  scenario: text.describe("Id of the scenario that shows it."),
  remark: text.optional().describe("What to know about it, a sentence."),
};

export const RelationClaim = z.object({
  kind: z.literal("relation").describe("Which kind of claim it is."),
  ...claimed,
  case: text.describe("Id of the case."),
  metric: text.describe("Id of the metric."),
  server: text.describe("Id of the server that the claim is about."),
  than: text.describe("Id of the server that it is compared with."),
  relation: z.enum(["lower", "higher", "same"]).describe(
    "How the server's figure is said to relate to the other's.",
  ),
  published: z.object({ server: number, than: number }).optional().describe(
    "The published figures, in the metric's unit; absent if the claim has none.",
  ),
}).describe("A claim that a figure of one server is lower or higher than another's, or the same.");

export const IntactClaim = z.object({
  kind: z.literal("intact").describe("Which kind of claim it is."),
  ...claimed,
}).describe("A claim that no reply was lost or changed.");

export const Claim = z.discriminatedUnion("kind", [RelationClaim, IntactClaim]).describe(
  "What was claimed: how two servers relate, or that every reply was right.",
);

export const Study = z.object({
  id: text.describe("Name in options and files."),
  title: text.describe("Name in headings."),
  about: texts.describe("What was compared, and how it was measured, a sentence each."),
  claims: z.array(Claim).describe("What was claimed."),
}).describe(
  "A published comparison that a run repeats, to compare its claims with what it measures itself.",
);

export const Resumption = z.object({
  at: instant.describe("When, ISO 8601."),
  after: count.describe("How many trials it kept, which did not run again."),
  again: count.optional().describe(
    "How many failed trials were to run again; absent if none.",
  ),
  differs: texts.describe("What had changed, a phrase each."),
}).describe("One time that a run was resumed after it had been stopped.");

export const Result = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION).describe("Version of this layout."),
  wsmark: text.describe("Version of wsmark that made it."),
  judgedBy: text.optional().describe(
    "The rules by which its servers were compared when this file was written; absent in files of older versions.",
  ),
  state: z.enum(["running", "finished", "interrupted"]).describe(
    "`running` until the last trial is written; `interrupted` when the run was stopped before.",
  ),
  startedAt: instant.describe("Start, ISO 8601."),
  endedAt: instant.optional().describe("End, ISO 8601; absent while it runs."),
  planned: count.describe("Trials that the plan has."),
  settings: Settings.describe("What it was asked to do."),
  machine: z.array(Fact).describe("The machine and the software."),
  agents: distinct(Agent).exactOptional().describe(
    "The agents that made the load; absent if this machine made it.",
  ),
  serverAgent: Agent.exactOptional().describe(
    "The agent that the servers of the list were started on; absent if that is this machine.",
  ),
  servers: distinct(ServerDescription).max(MOST_SERVERS).describe(
    "The servers, in the order of the tables.",
  ),
  reference: ServerDescription.optional().describe(
    "The server that shows the ceiling of the generator: the highest rate that it reaches on this machine in a case. Its trials " +
      "are among the others. Absent if it cannot run.",
  ),
  leftOut: z.array(LeftOut).optional().describe(
    "Servers and cases that were left out; absent if there are none.",
  ),
  study: Study.optional().describe(
    "The published comparison that the run repeats; absent if it repeats none.",
  ),
  clients: distinct(ClientDescription).describe("The clients that were used."),
  scenarios: distinct(ScenarioDescription).describe("The scenarios, in the order of the tables."),
  trials: z.array(Trial).describe("The trials that ended, in the order in which they ran."),
  resumed: z.array(Resumption).optional().describe(
    "The times that it went on after it had been stopped; absent if it was not.",
  ),
  explanations: z.array(Explanation).exactOptional().describe(
    "What was counted in one more trial of each case on each server; absent if that was not asked for.",
  ),
  warnings: z.array(Warning).describe("Findings about the run as a whole."),
}).describe("A whole run.");
