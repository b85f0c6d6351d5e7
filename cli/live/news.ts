/** What the page of the live view is sent: all of the present state first, then what is new. */

import type { PlannedTrial } from "../../bench/plan/plan_types.ts";
import { counted, listed, oneLine } from "../../report/summary/text.ts";
import { roundOf } from "../progress.ts";
import { type LiveTable, tableOf } from "./live_table.ts";
import { type LiveWarning, warningsOf } from "./live_warnings.ts";
import type { LiveState, Point } from "./state.ts";

/** All that the page shows beside the points of its charts; texts, which the page never takes for markup. */
export interface Page {
  /** Whether the run goes on. */
  readonly status: LiveState["status"];
  /** The plan in one sentence. */
  readonly plan: string;
  /** Trials in all. */
  readonly total: number;
  /** Trials that ended. */
  readonly ended: number;
  /** Trials that failed. */
  readonly failed: number;
  /** How much of the run is left, in milliseconds; null before the first trial has ended. */
  readonly leftMs: number | null;
  /** The running trial; null between two of them. */
  readonly running: RunningTrial | null;
  /** A table for each scenario. */
  readonly tables: readonly LiveTable[];
  /** What went wrong, and findings about the measurement, the newest first. */
  readonly warnings: readonly LiveWarning[];
  /** Warnings that are not listed as there are too many. */
  readonly moreWarnings: number;
  /** Folder that the results go to. */
  readonly folder: string;
}

/** The running trial in words. */
export interface RunningTrial {
  /** `Deno.serve · Throughput · 16 connections, 64 B · round 2/5`. */
  readonly title: string;
  /** What its rate counts: `messages/s`. */
  readonly rateUnit: string;
  /** What its latencies are: `Latency`. */
  readonly latencyTitle: string;
  /** How long its traffic takes, in milliseconds; at most the minute that the charts show. */
  readonly spanMs: number;
}

/** What a page has been sent already. */
export interface Seen {
  /** Version of the state. */
  readonly version: number;
  /** Points of the whole run. */
  readonly points: number;
}

/** One message to a page. */
export interface News {
  /** The state; absent where nothing but the points has changed. */
  readonly page?: Page;
  /** Points: all of them with a state, else the new ones. */
  readonly points: readonly Point[];
}

/** The longest time that the charts show. */
const SPAN_MS = 60_000;

/**
 * What a page is to be sent; undefined where it knows everything. However long it was not sent anything, this is no
 * more than the present state.
 *
 * @param seen what it has been sent; undefined for a page that has just been opened
 */
export function newsFor(state: LiveState, seen: Seen | undefined): News | undefined {
  const { version, points, pointsSoFar } = state;
  if (seen?.version !== version) return { page: pageOf(state), points };
  const missing = pointsSoFar - seen.points;
  return missing === 0 ? undefined : { points: points.slice(-missing) };
}

/** What the page shows. */
export function pageOf(state: LiveState): Page {
  const { status, plan, folder, trials, startedMs, endedMs } = state;
  const total = plan.trials.length;
  const ended = trials.length;
  const { listed: warnings, more } = warningsOf(state);
  return {
    status,
    plan: planInWords(state),
    total,
    ended,
    failed: trials.filter((trial) => trial.state === "failed").length,
    leftMs: ended === 0 ? null : (endedMs - startedMs) / ended * (total - ended),
    running: state.running === undefined ? null : runningTrial(state, state.running),
    tables: state.scenarios.map((chosen) => tableOf(state, chosen)),
    warnings,
    moreWarnings: more,
    folder: oneLine(folder),
  };
}

function planInWords({ plan, scenarios }: LiveState): string {
  const { contenders, settings: { rounds }, trials } = plan;
  const cases = scenarios.reduce((total, { cases }) => total + cases.length, 0);
  const before = trials.filter(({ round }) => round === 0).length;
  const servers = listed(contenders.map(({ server }) => oneLine(server.title)));
  return `${servers}: ${counted(cases, "case")} of ${counted(scenarios.length, "scenario")} in ${
    counted(rounds, "round")
  }, ${counted(trials.length, "trial")}${
    before === 0 ? "" : `, ${before} of them before the rounds, to know what the client can drive`
  }`;
}

function runningTrial(
  { plan: { settings: { rounds, warmupMs, durationMs } } }: LiveState,
  planned: PlannedTrial,
): RunningTrial {
  const { server, scenario } = planned;
  const names = [server.title, scenario.title, planned.case.title, roundOf(planned, rounds)];
  const trafficMs = scenario.isSearch ? SPAN_MS : warmupMs + durationMs;
  return {
    title: names.map(oneLine).join(" · "),
    ...TITLES[scenario.timeline],
    spanMs: Math.min(SPAN_MS, trafficMs),
  };
}

const TITLES = {
  replies: { rateUnit: "messages/s", latencyTitle: "Latency" },
  responses: { rateUnit: "messages/s", latencyTitle: "Response time" },
  handshakes: { rateUnit: "connections/s", latencyTitle: "Handshake time" },
} as const satisfies Record<
  PlannedTrial["scenario"]["timeline"],
  Pick<RunningTrial, "rateUnit" | "latencyTitle">
>;
