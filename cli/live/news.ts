/** What the page of the live view is sent: the whole present state first, then what is new. */

import type { Result } from "../../measure/model/result.ts";
import type { PlannedTrial } from "../../bench/plan/plan_types.ts";
import type { Light } from "../../report/summary/answer/answer.ts";
import { failures, findings, wrongReplies } from "../../report/summary/findings.ts";
import { summaryOf } from "../../report/summary/summary.ts";
import { counted, listed, oneLine } from "../../report/summary/text.ts";
import { explainingTrials, explainingWindowMs } from "../../bench/plan/explaining.ts";
import { explainingInWords, roundOf } from "../output/progress.ts";
import type { Figures, LiveTable } from "./figures.ts";
import type { LiveState, Point } from "./state.ts";

/** All that the page shows except the points of its chart; the page shows texts as text, never as markup. */
export interface Page {
  readonly status: LiveState["status"];
  /** Why it failed; empty if that is not known. */
  readonly failure: string;
  readonly plan: string;
  readonly total: number;
  readonly ended: number;
  readonly failed: number;
  /** How much of the run is left, in milliseconds; null before the first trial has ended. */
  readonly leftMs: number | null;
  /** The running trial; null between two of them. */
  readonly running: RunningTrial | null;
  /** Wrong replies, then failed trials, a sentence each: shown in red before anything else. */
  readonly alarms: readonly string[];
  readonly tables: readonly LiveTable[];
  /** Findings about the measurement, a sentence each, with the number of trials. */
  readonly warnings: readonly string[];
  /** What the run answers, and how good it is; null before its end. */
  readonly answer: { readonly sentences: readonly string[]; readonly light: Light } | null;
  /** Whether nothing more comes; before that, a run that has ended writes its reports. */
  readonly isOver: boolean;
  /** Whether the server of this page has the report. */
  readonly hasReport: boolean;
  readonly folder: string;
  /** The command that continues the run if it is stopped. */
  readonly resume: string;
}

export interface RunningTrial {
  /** `Deno.serve · Throughput · 16 connections, 64 B · round 2/5`. */
  readonly title: string;
  /** What its rate counts: `messages/s`. */
  readonly rateUnit: string;
  /** What its latencies are: `Latency`. */
  readonly latencyTitle: string;
  /** How long its traffic takes, in milliseconds; at most the minute that the chart shows. */
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

/** The longest time that the chart shows. */
const SPAN_MS = 60_000;
/** The most kinds of failure that are listed. */
const MOST_FAILURES = 8;

/**
 * What a page is sent, at most the whole present state; undefined if it knows everything.
 *
 * @param seen what it has been sent; undefined for a page that has just been opened
 */
export function newsFor(
  state: LiveState,
  seen: Seen | undefined,
  figures: Figures,
): News | undefined {
  const { version, points, pointsSoFar } = state;
  if (seen?.version !== version) return { page: pageOf(state, figures), points };
  const missing = pointsSoFar - seen.points;
  return missing === 0 ? undefined : { points: points.slice(-missing) };
}

export function pageOf(state: LiveState, figures: Figures): Page {
  const { status, failure = "", plan, folder, resume, result, startedMs, endedMs } = state;
  const { isOver, hasReport } = state;
  const trials = result?.trials ?? [];
  const explained = result?.explanations?.length ?? 0;
  const ended = trials.length + explained;
  const total = result?.state === "finished"
    ? ended
    : plan.trials.length + explainingTrials(plan).length;
  return {
    status,
    failure: oneLine(failure),
    plan: planInWords(state),
    total,
    ended,
    failed: trials.filter((trial) => trial.state === "failed").length,
    leftMs: ended === 0 ? null : (endedMs - startedMs) / ended * (total - ended),
    running: state.running === undefined ? null : runningTrial(state, state.running),
    alarms: result === undefined ? [] : alarmsOf(result),
    tables: result === undefined ? [] : figures(result, state.running),
    warnings: result === undefined ? [] : warningsOf(result),
    answer: result === undefined || result.state === "running" ? null : answerOf(result),
    isOver,
    hasReport,
    folder: oneLine(folder),
    resume: oneLine(resume),
  };
}

function planInWords({ plan, result }: LiveState): string {
  const { contenders, settings: { rounds }, trials } = plan;
  const scenarios = result?.scenarios ?? plan.scenarios;
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
  { plan: { settings }, explaining }: LiveState,
  planned: PlannedTrial,
): RunningTrial {
  const { server, scenario } = planned;
  const { rounds, warmupMs } = settings;
  const which = explaining === undefined
    ? roundOf(planned, rounds)
    : explainingInWords(explaining.number, explaining.of);
  const names = [server.title, scenario.title, planned.case.title, which];
  const durationMs = explaining === undefined ? settings.durationMs : explainingWindowMs(settings);
  const trafficMs = scenario.search === undefined ? warmupMs + durationMs : SPAN_MS;
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

function alarmsOf(result: Result): string[] {
  const failed = failures(result);
  const more = failed.length - MOST_FAILURES;
  return [
    ...wrongReplies(result),
    ...failed.slice(0, MOST_FAILURES).map(({ reason, places }) =>
      `Failed: ${withoutStop(reason)}${places}.`
    ),
    ...(more > 0 ? [`Trials failed for ${counted(more, "other reason")}.`] : []),
  ];
}

function warningsOf(result: Result): string[] {
  return findings(result).filter(({ kind }) => kind !== "wrong replies" && kind !== "trials failed")
    .map(({ finding, places }) => `${withoutStop(finding)}${places}.`);
}

/** What comes in brackets after a sentence belongs before its full stop. */
function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, "");
}

/** The reports of the same result use the same summary. */
function answerOf(result: Result): Page["answer"] {
  const { sentences, light } = summaryOf(result).answer;
  return { sentences, light };
}
