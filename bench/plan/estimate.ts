/**
 * How long a plan takes, before anything of it runs.
 *
 * The figures are those of 1,014 trials of native, ws and socketio by the standard profile, in two runs on a machine with
 * two CPUs: they give the length of either within 6 %. Servers that start more slowly take longer.
 */

import { type CaseParameters, connectionsOf } from "../../scenarios/parameters.ts";
import type { Scenario } from "../../scenarios/types.ts";
import type { RunPlan } from "./options.ts";
import { SEARCH_WINDOWS, SETTLE_MS } from "../generator/search/windows.ts";
import { lengthOf, readStages, readThink } from "../../scenarios/traffic/timing/texts.ts";

/**
 * What a trial takes in addition to its warm-up and its window, in milliseconds: starting and stopping server and
 * generator, draining, and waiting for the end of a batch.
 */
export const OVERHEAD_MS = 250;

/** What it takes longer for each connection, which is opened and closed, in milliseconds. */
export const CONNECTION_MS = 0.5;

/**
 * The least window of the trials of `--explain`, in milliseconds: what ticks of 10 ms, samples and collections of
 * garbage say of a shorter one is coarse.
 */
export const EXPLAINING_MS = 2000;

/** What a run takes to begin, as servers and clients are asked what they are, and for all reports of few trials. */
const AROUND_MS = 3000;
/** What all reports take longer for each trial, in milliseconds. */
const REPORTED_MS = 14;

/** How many pauses of a user a window has at least. */
const PAUSES = 3;

/** How long the window of a case lasts, in milliseconds: as long as its stages if it has any. */
export function windowMs(
  { leastMs = 0 }: Pick<Scenario, "leastMs">,
  parameters: CaseParameters,
  { durationMs }: Pick<RunPlan["settings"], "durationMs">,
): number {
  const { stages, think } = parameters;
  if (stages !== undefined) return lengthOf(readStages(stages));
  const thinkingMs = think === undefined ? 0 : PAUSES * readThink(think).mostMs;
  const ownMs = typeof leastMs === "number" ? leastMs : leastMs(parameters);
  return Math.max(durationMs, ownMs, thinkingMs);
}

/** How long it takes at least to open the connections of a case at its rate, in milliseconds; 0 without a rate. */
export function openingMs({ connections = 0, connectRate = Infinity }: CaseParameters): number {
  return connections * 1000 / connectRate;
}

/** About how long a run takes in addition to its trials if it writes all reports, in milliseconds. */
export function aroundMs({ trials }: Pick<RunPlan, "trials">): number {
  return AROUND_MS + trials.length * REPORTED_MS;
}

/** About how long the trials of a plan take, in milliseconds. */
export function estimateMs({ settings, trials }: Pick<RunPlan, "settings" | "trials">): number {
  const { warmupMs } = settings;
  return trials.reduce((sum, { scenario, case: { parameters } }) => {
    const lengthMs = windowMs(scenario, parameters, settings);
    const windows = scenario.search === undefined ? 0 : SEARCH_WINDOWS[scenario.search];
    const connectionsMs = connectionsOf(parameters) * CONNECTION_MS + openingMs(parameters);
    return sum + warmupMs + lengthMs + windows * (SETTLE_MS + lengthMs) + OVERHEAD_MS +
      connectionsMs;
  }, 0);
}
