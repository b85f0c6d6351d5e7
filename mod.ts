/**
 * wsmark compares WebSocket servers: it starts each one, drives it with the same scenarios, checks every reply,
 * measures client and server, and writes a workbook.
 *
 * Run as a program it is the command line; imported it offers the same as functions. `@wsmark/wsmark/api` offers them,
 * too, without the program: its imports are all static, so it can be bundled, and imported without `--allow-read`.
 *
 * @example Measure a server
 * ```ts
 * import { planRun, run } from "@wsmark/wsmark";
 * import assert from "node:assert/strict";
 *
 * const plan = planRun({ servers: ["native"], scenarios: ["latency"], rounds: 1, durationMs: 100 });
 * for await (const event of run(plan, AbortSignal.timeout(60_000))) {
 *   if (event.kind === "ended") assert.equal(event.result.state, "finished");
 * }
 * ```
 *
 * @module
 */

import type {
  Absent,
  AgentsOfRun,
  Changes,
  ClaimOutcome,
  ClientEntry,
  Config,
  FindMissing,
  Judgement,
  MetricDefinition,
  NatsOptions,
  OptionNames,
  Protocol,
  Result,
  RunAgents,
  RunEvent,
  RunOptions,
  RunPlan,
  Scenario,
  ServerEntry,
  Store,
  StudyEntry,
  Verdict,
  Warning,
} from "./bench/api/mod.ts";
import type { StoreError } from "./bench/folder/files.ts";
import type { Work } from "./cli/main.ts";

export type * from "./bench/api/mod.ts";
export { StoreError } from "./bench/folder/files.ts";
export { UsageError } from "./bench/usage.ts";
export { HIGHEST_NS, Histogram } from "./measure/record/histogram.ts";

/** Answers the command line if that takes little, and exits: help, version, a mistake in typing. */
async function beginProgram(): Promise<Work> {
  const { begin } = await import("./cli/main.ts");
  const begun = await begin(Deno.args);
  return typeof begun === "number" ? Deno.exit(begun) : begun;
}

const work = import.meta.main ? await beginProgram() : undefined;

// In a variable: Deno would load a literal, with all that it imports, before it shows the help.
const file = "./bench/api/mod.ts";
const api: typeof import("./bench/api/mod.ts") = await import(file);

/** The servers that wsmark can start, in the order of the tables: the usual ones, then by runtime. */
export const servers: readonly ServerEntry[] = api.servers;

/** The clients that wsmark can drive a server with. */
export const clients: readonly ClientEntry[] = api.clients;

/** Every scenario. */
export const scenarios: readonly Scenario[] = api.scenarios;

/** What can be said over a WebSocket; the first is the default. */
export const protocols: readonly [Protocol, ...Protocol[]] = api.protocols;

/** Stands for the number of the message whose reply is due next, for protocols whose replies name none. */
export const NEXT: number = api.NEXT;

/** The published comparisons that wsmark can repeat, then the runs of whole groups of servers. */
export const studies: readonly StudyEntry[] = api.studies;

/**
 * Gives a configuration file its types: `export default defineConfig({ servers: ["native"] })`.
 *
 * @returns what it is given
 */
export function defineConfig(config: Config): Config {
  return api.defineConfig(config);
}

/**
 * Gives a protocol in a file of your own its types: `export default defineProtocol({ … })`.
 *
 * @returns what it is given
 */
export function defineProtocol(protocol: Omit<Protocol, "id">): Omit<Protocol, "id"> {
  return api.defineProtocol(protocol);
}

/**
 * Loads the protocol that a file exports by default, before a run is planned with it.
 *
 * @param id `file:///…`; nothing happens for the id of one in the list
 * @throws {Error} if the file cannot be loaded or exports none, with the reason as a phrase that follows its name
 */
export function loadProtocol(id: string): Promise<void> {
  return api.loadProtocol(id);
}

/**
 * Makes the plan of a run.
 *
 * @param options what it is asked to do
 * @param findMissing what is missing to do it; by default it looks at this machine
 * @throws {UsageError} for options that are not possible
 */
export function planRun(options: RunOptions, findMissing?: FindMissing): RunPlan {
  return api.planRun(options, findMissing);
}

/**
 * Runs a plan and tells what happens as events; the last one holds the result.
 *
 * @param plan as `planRun` makes it
 * @param signal stops the run: the running trial is given up, and the last event holds what had finished
 */
export function run(plan: RunPlan, signal: AbortSignal): AsyncGenerator<RunEvent> {
  return api.run(plan, signal);
}

/**
 * Takes agents for a run, which is planned once they are known: `planRun({ …, agents: taken.agents }, taken.findMissing)`,
 * then `taken.run(plan, signal)`.
 *
 * @param agents which ones, and the URL of the NATS that they are at
 * @param options how NATS is reached, beside its URL and what the environment says
 * @param signal gives up waiting for them
 * @throws {UsageError} if NATS cannot be reached, or there are too few
 */
export function takeAgents(
  agents: RunAgents,
  options?: NatsOptions,
  signal?: AbortSignal,
): Promise<AgentsOfRun> {
  return api.takeAgents(agents, options, signal);
}

/**
 * Makes the folder of a run, with its parents.
 *
 * @throws {Error} when it cannot be made or written, holds something already, or another run is using it
 */
export function createStore(folder: string): Store {
  return api.createStore(folder);
}

/**
 * Passes the events of a run on and keeps them in its folder: a trial is on the disk before its event is passed on.
 * The store is left open.
 *
 * @param failed called with the first write that fails, after which no trial is kept or passed on; without it, that
 * ends the events with the error
 */
export function stored(
  events: AsyncIterable<RunEvent>,
  store: Store,
  failed?: (error: StoreError) => void,
): AsyncGenerator<RunEvent> {
  return api.stored(events, store, failed);
}

/**
 * Reads the result of a run, also of one that was killed. It may be somebody else's: sizes and types are checked before
 * anything is used. A line of `trials.jsonl` that is damaged is left out, with a warning.
 *
 * @throws {NothingYetError} when the run was killed before its first line
 * @throws {Error} when the folder holds no result
 * @throws {SyntaxError} when the result is damaged, of another version, or larger than any can be
 */
export function readResult(folder: string): Promise<Result> {
  return api.readResult(folder);
}

/**
 * Makes the workbook of a result.
 *
 * @returns the bytes of an .xlsx file
 */
export function renderWorkbook(result: Result): Promise<Uint8Array> {
  return api.renderWorkbook(result);
}

/**
 * Puts warnings that are one finding into words: what was found, then what to do about it.
 *
 * @param warnings at least one, all with the same kind: their figures are shown as a range
 * @returns one sentence for each
 */
export function describe(
  warnings: readonly [Warning, ...Warning[]],
): { finding: string; advice: string } {
  return api.describe(warnings);
}

/**
 * Judges every server but the baseline in every case: its primary metric, and its CPU time per message. The p values
 * are adjusted by Benjamini and Hochberg's method over all verdicts of the same aspect.
 */
export function verdictsOf(result: Result): readonly Verdict[] {
  return api.verdictsOf(result);
}

/**
 * A judgement as a sentence: `ws is 12 % slower than native (9–15 %)`.
 *
 * @param server name of what is judged
 * @param baseline name of what it is compared with
 */
export function inWords(
  metric: MetricDefinition,
  judgement: Judgement | Absent,
  server: string,
  baseline: string,
): string {
  return api.inWords(metric, judgement, server, baseline);
}

/**
 * Judges the claims of the run's study, in their order; none if the run repeats no study. The p values are adjusted
 * by Benjamini and Hochberg's method over the claims about two servers.
 */
export function claimsOf(result: Result): readonly ClaimOutcome[] {
  return api.claimsOf(result);
}

/** What becomes of a published claim, as one sentence. */
export function claimInWords(outcome: ClaimOutcome): string {
  return api.claimInWords(outcome);
}

/**
 * Compares two runs: the primary metric of each server in each case, and its CPU time per message. The p values are
 * adjusted by Benjamini and Hochberg's method over all rows of the same aspect.
 *
 * @param options the options that set parameters, by the names of the parameters: for the remedy
 * @returns if they have no case in common: why they cannot be compared, in one line with the remedy
 */
export function changesOf(before: Result, after: Result, options?: OptionNames): Changes | Absent {
  return api.changesOf(before, after, options);
}

// Not awaited: a configuration file that imports this module could not be loaded before the end.
work?.().then((code) => Deno.exit(code));
