/** What the page of the live view is sent: the whole present state first, then what is new. */

import {
  type CaseDescription,
  isMeasured,
  type MetricDefinition,
  type Trial,
} from "../../measure/model/result.ts";
import { figureOfRounds } from "../../measure/judge/judge.ts";
import { wrongInWords } from "../../measure/record/wrong_replies.ts";
import { describe, type Place, type Warning } from "../../measure/warnings/warnings.ts";
import type { ChosenScenario, PlannedTrial } from "../../bench/plan/plan_types.ts";
import { counted, formatNumber, listed, oneLine } from "../../report/summary/text.ts";
import { roundOf } from "../progress.ts";
import type { LiveState, Point } from "./state.ts";

/** All that the page shows except the points of its charts; the page shows texts as text, never as markup. */
export interface Page {
  readonly status: LiveState["status"];
  readonly plan: string;
  readonly total: number;
  readonly ended: number;
  readonly failed: number;
  /** How much of the run is left, in milliseconds; null before the first trial has ended. */
  readonly leftMs: number | null;
  /** The running trial; null between two of them. */
  readonly running: RunningTrial | null;
  readonly tables: readonly LiveTable[];
  /** What went wrong, and findings about the measurement, the newest first. */
  readonly warnings: readonly LiveWarning[];
  /** How many warnings are not listed because there are too many. */
  readonly moreWarnings: number;
  readonly folder: string;
}

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

export interface Seen {
  readonly version: number;
  /** Points of the whole run. */
  readonly points: number;
}

/** One message to a page. */
export interface News {
  /** The state; absent if only the points have changed. */
  readonly page?: Page;
  /** Points: all of them with a state, else the new ones. */
  readonly points: readonly Point[];
}

/** The longest time that the charts show. */
const SPAN_MS = 60_000;

/**
 * What a page is sent, at most the whole present state; undefined if it knows everything.
 *
 * @param seen what it has been sent; undefined for a page that has just been opened
 */
export function newsFor(state: LiveState, seen: Seen | undefined): News | undefined {
  const { version, points, pointsSoFar } = state;
  if (seen?.version !== version) return { page: pageOf(state), points };
  const missing = pointsSoFar - seen.points;
  return missing === 0 ? undefined : { points: points.slice(-missing) };
}

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

/** What a server did in a case so far. */
export interface LiveCell {
  /** What the rounds' figures come to, as in every report; `–` before there is one. */
  readonly value: string;
  /** How many rounds the figure is of, or why there is none. */
  readonly rounds: string;
  /** What went wrong, a phrase each: failed trials, wrong replies. */
  readonly troubles: readonly string[];
  readonly isRunning: boolean;
}

/** A scenario: its cases down, the servers across. */
export interface LiveTable {
  readonly title: string;
  /** The figure that is shown, with its unit. */
  readonly metric: string;
  readonly servers: readonly string[];
  readonly rows: readonly { readonly title: string; readonly cells: readonly LiveCell[] }[];
}

/** The table of a scenario, without the trials before the rounds. */
export function tableOf(state: LiveState, { scenario, cases }: ChosenScenario): LiveTable {
  const { contenders } = state.plan;
  // Every scenario has a metric: it compares servers by the first.
  const metric = scenario.metrics[0]!;
  const better = metric.better === "none" ? "" : `, ${metric.better} is better`;
  return {
    title: scenario.title,
    metric: `${metric.title}${metric.unit === "" ? "" : ` (${metric.unit})`}${better}`,
    servers: contenders.map(({ server }) => oneLine(server.title)),
    rows: cases.map((one) => ({
      // No line break between a number and what it counts.
      title: oneLine(one.title).replace(/(\d) /g, "$1\u00A0"),
      cells: contenders.map(({ server }) => cellOf(state, scenario.id, one, server.id, metric)),
    })),
  };
}

function cellOf(
  { trials, running, plan: { settings: { rounds } } }: LiveState,
  scenario: string,
  { id }: CaseDescription,
  server: string,
  metric: MetricDefinition,
): LiveCell {
  const own = trials.filter((trial) =>
    trial.round > 0 && trial.server === server && trial.scenario === scenario && trial.case === id
  );
  const completed = own.filter((trial) => trial.state === "completed");
  const figures = completed.map(({ metrics }) => metrics[metric.id]);
  const values = figures.filter(isMeasured);
  const missing = figures.find((figure) => figure !== undefined && !isMeasured(figure));
  return {
    value: values.length === 0 ? "–" : formatNumber(figureOfRounds(values), metric.decimals),
    rounds: values.length === 0 && typeof missing === "object"
      ? oneLine(missing.absent)
      : `${completed.length} of ${rounds}`,
    troubles: troublesOf(own),
    isRunning: running !== undefined && running.round > 0 && running.server.id === server &&
      running.scenario.id === scenario && running.case.id === id,
  };
}

/** `failed in round 2: it ended`, `wrong replies: 3 lost`. */
function troublesOf(trials: readonly Trial[]): string[] {
  const failed = trials.filter((trial) => trial.state === "failed");
  const rounds = failed.map(({ round }) => round).join(", ");
  const completed = trials.filter((trial) => trial.state === "completed");
  const wrong = wrongInWords(completed.map(({ integrity }) => integrity));
  const [last] = failed.slice(-1);
  return [
    ...(last === undefined
      ? []
      : [`failed in round${failed.length > 1 ? "s" : ""} ${rounds}: ${oneLine(last.reason)}`]),
    ...(wrong === "" ? [] : [`wrong replies: ${wrong}`]),
  ];
}

/** A failed trial, or a finding about the measurement. */
export interface LiveWarning {
  /** What was found; if more than once, as it was worded last. */
  readonly finding: string;
  /** Where it was found last: server, scenario and case; empty for the run as a whole. */
  readonly where: string;
  readonly times: number;
  readonly isFailure: boolean;
}

const MOST = 40;

/**
 * Warnings of the run as a whole, then of the trials, the newest first. A finding is listed once, with the last place
 * where it was found; a failure once for each server and reason.
 */
export function warningsOf(state: LiveState): { listed: LiveWarning[]; more: number } {
  const found = new Map<string, LiveWarning>();
  for (const trial of state.trials) {
    const where = placeOf(state, trial);
    for (const { key, finding, isFailure } of findingsOf(trial)) {
      const times = (found.get(key)?.times ?? 0) + 1;
      // A finding that is found again is the newest.
      found.delete(key);
      found.set(key, { finding: oneLine(finding), where, times, isFailure });
    }
  }
  const ofRun = state.warnings.map((warning): LiveWarning => ({
    finding: oneLine(describe([warning]).finding),
    where: whereOfRun(state, warning),
    times: 1,
    isFailure: false,
  }));
  const all = [...ofRun, ...[...found.values()].reverse()];
  return { listed: all.slice(0, MOST), more: Math.max(0, all.length - MOST) };
}

interface TrialFinding {
  readonly key: string;
  readonly finding: string;
  readonly isFailure: boolean;
}

function findingsOf(trial: Trial): TrialFinding[] {
  if (trial.state === "failed") {
    const finding = `The trial failed: ${trial.reason}`;
    return [{ key: `failed ${trial.server} ${trial.reason}`, finding, isFailure: true }];
  }
  return trial.warnings.map((warning) => ({
    key: warning.kind === "disturbed" ? `${warning.kind} ${warning.who}` : warning.kind,
    finding: describe([warning]).finding,
    isFailure: false,
  }));
}

function whereOfRun(state: LiveState, warning: Warning): string {
  return "server" in warning ? placeOf(state, warning) : "";
}

/** Titles for ids; an id without a title is shown itself. */
function placeOf(
  { plan: { contenders, reference, trials }, scenarios }: LiveState,
  { server, scenario, case: id }: Place,
): string {
  const entries = [...contenders, ...(reference === undefined ? [] : [reference])];
  const chosen = scenarios.find((one) => one.scenario.id === scenario);
  return [
    entries.find((one) => one.server.id === server)?.server.title ?? server,
    chosen?.scenario.title ?? scenario,
    // The closed loops before the rounds have their own cases.
    [...chosen?.cases ?? [], ...trials.map((planned) => planned.case)]
      .find((one) => one.id === id)?.title ?? id,
  ].map(oneLine).join(" · ");
}
