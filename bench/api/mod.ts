/**
 * The public API, all of it loaded at once: what `mod.ts` offers after it has looked whether it was started as a program.
 *
 * @module
 */

import type { RunPlan } from "../plan/options.ts";
import type { RunEvent } from "../run/run.ts";
import type { Result } from "../../measure/model/result.ts";

export type { ScenarioChoice } from "../../scenarios/types.ts";
export { defineConfig } from "../plan/config/config.ts";
export type {
  Config,
  ForeignServer,
  ForeignTls,
  RunAgents,
  RunOptions,
} from "../plan/run_options.ts";
export { type FindMissing, planRun, type RunPlan } from "../plan/options.ts";
export type { ChosenScenario, Contender, PlannedTrial } from "../plan/plan_types.ts";
export type { GivenCpus } from "../process/given_cpus.ts";
export type { Explained } from "../explain/explain.ts";
export type { RunEvent } from "../run/run.ts";
export { type AgentsOfRun, type NatsOptions, takeAgents } from "./agents.ts";
export { UsageError } from "../usage.ts";
export { readResult } from "../folder/read_result.ts";
export { createStore, type Store, stored } from "../folder/store.ts";
export { StoreError } from "../folder/files.ts";
export type * from "../../measure/model/result.ts";
export type * from "../../measure/record/accounts/account.ts";
export type * from "../../measure/record/accounts/mod.ts";
export { HIGHEST_NS, Histogram, type Moved } from "../../measure/record/histogram.ts";
export {
  describe,
  type Place,
  type Throttling,
  type Warning,
} from "../../measure/warnings/warnings.ts";
export type { TimelineKind } from "../../measure/record/recorder.ts";
export { type Aspect, inWords, type Verdict, verdictsOf } from "../../measure/judge/verdicts.ts";
export {
  type CheckedReplies,
  type ClaimedServer,
  type ClaimOutcome,
  type ClaimPlace,
  claimsOf,
  type ClaimVerdict,
  type IntactOutcome,
  type RelationOutcome,
} from "../../measure/claims/claims.ts";
export { claimInWords } from "../../measure/claims/words.ts";
export type { Certainty, Interval, Judgement } from "../../measure/judge/judge.ts";
export {
  type Change,
  type ChangeOutcome,
  type Changes,
  changesOf,
} from "../../measure/judge/changes.ts";
export type { CommonCase, OptionNames } from "../../measure/judge/overlap.ts";
export { clients } from "../../clients/mod.ts";
export type {
  BrowserEntry,
  Client,
  ClientEntry,
  ClientInfo,
  Connection,
  ConnectOptions,
  EntryBase,
  Handlers,
  HandshakeFeature,
  HeaderField,
  LibraryEntry,
  Message,
  TlsOptions,
} from "../../clients/types.ts";
export { scenarios } from "../../scenarios/mod.ts";
export type { Measurement, Metric, Scenario } from "../../scenarios/types.ts";
export type * from "../../scenarios/parameter_row.ts";
export type * from "../../scenarios/parameters.ts";
export type { ParameterSchema } from "../../measure/model/json_schema.ts";
export type { ScenarioCase } from "../../scenarios/cases.ts";
export type { Share } from "../../scenarios/traffic/timing/schedule.ts";
export type { Groups, Load, Pace, RestartSignal, Traffic } from "../../scenarios/traffic/types.ts";
export type { Payload } from "../../scenarios/payload/payload.ts";
export type { WriteMessage } from "../../protocols/parts/composer.ts";
export { studies, type StudyEntry, type StudyRun } from "../../scenarios/studies/mod.ts";
export { defineProtocol, loadProtocol, protocols } from "../../protocols/mod.ts";
export { NEXT } from "../../protocols/types.ts";
export type {
  Codec,
  CodecSettings,
  Conversation,
  ConversationHandlers,
  Hole,
  Message as ProtocolMessage,
  OptionValue,
  OptionValues,
  Parts,
  Protocol,
  ProtocolOption,
} from "../../protocols/types.ts";
export type { PushRule } from "../../protocols/messages/push.ts";
export { servers } from "../../servers/mod.ts";
export type {
  AtUrl,
  ByCommand,
  ByContract,
  Deflate,
  Feature,
  HandshakeOptions,
  Lacks,
  Launch,
  Missing,
  ServerClass,
  ServerEntry,
  SetUp,
  Variables,
  Workers,
} from "../../servers/types.ts";

/**
 * Runs a plan and tells what happens as events; the last one holds the result.
 *
 * @param plan as `planRun` makes it
 * @param signal stops the run: the running trial is given up, and the last event holds what had finished
 */
export async function* run(plan: RunPlan, signal: AbortSignal): AsyncGenerator<RunEvent> {
  // What a run needs is loaded when it runs: `--help` should not wait for it.
  yield* (await import("../run/run.ts")).run(plan, signal);
}

/**
 * Makes the workbook of a result.
 *
 * @returns the bytes of an .xlsx file
 */
export async function renderWorkbook(result: Result): Promise<Uint8Array> {
  return await (await import("../../report/workbook/workbook.ts")).renderWorkbook(result);
}
