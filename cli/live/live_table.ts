/** The tables of the live view: what the rounds have shown so far. */

import {
  type CaseDescription,
  type CompletedTrial,
  type IntegrityCounts,
  isMeasured,
  type MetricDefinition,
  type Trial,
} from "../../measure/model/result.ts";
import { median } from "../../measure/judge/statistics.ts";
import { formatNumber, oneLine } from "../../report/summary/text.ts";
import type { ChosenScenario } from "../../bench/plan/plan_types.ts";
import type { LiveState } from "./state.ts";

/** What a server did in a case so far. */
export interface LiveCell {
  /** Median of the rounds' figures; `–` before there is one. */
  readonly value: string;
  /** How many rounds it is of, or why there is no figure. */
  readonly rounds: string;
  /** What went wrong, a phrase each: failed trials, wrong replies. */
  readonly troubles: readonly string[];
  /** Whether the running trial is of this cell. */
  readonly isRunning: boolean;
}

/** A scenario: its cases down, the servers across. */
export interface LiveTable {
  /** The scenario. */
  readonly title: string;
  /** The figure that is shown, with its unit. */
  readonly metric: string;
  /** The servers. */
  readonly servers: readonly string[];
  /** A row for each case. */
  readonly rows: readonly { readonly title: string; readonly cells: readonly LiveCell[] }[];
}

/** The table of a scenario. Trials before the rounds have no place in it. */
export function tableOf(state: LiveState, { scenario, cases }: ChosenScenario): LiveTable {
  const { contenders } = state.plan;
  // Every scenario has a metric: its first is the one that it compares servers by.
  const metric = scenario.metrics[0]!;
  const better = metric.better === "none" ? "" : `, ${metric.better} is better`;
  return {
    title: scenario.title,
    metric: `${metric.title}${metric.unit === "" ? "" : ` (${metric.unit})`}${better}`,
    servers: contenders.map(({ server }) => oneLine(server.title)),
    rows: cases.map((one) => ({
      // A number stays with what it counts.
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
    value: values.length === 0 ? "–" : formatNumber(median(values), metric.decimals),
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
  const wrong = wrongReplies(trials.filter((trial) => trial.state === "completed"));
  const [last] = failed.slice(-1);
  return [
    ...(last === undefined
      ? []
      : [`failed in round${failed.length > 1 ? "s" : ""} ${rounds}: ${oneLine(last.reason)}`]),
    ...(wrong === "" ? [] : [`wrong replies: ${wrong}`]),
  ];
}

const FAULTS = ["lost", "duplicated", "reordered", "corrupted"] as const satisfies readonly (
  keyof IntegrityCounts
)[];

function wrongReplies(trials: readonly CompletedTrial[]): string {
  return FAULTS.flatMap((fault) => {
    const count = trials.reduce((total, { integrity }) => total + integrity[fault], 0);
    return count === 0 ? [] : [`${formatNumber(count, 0)} ${fault}`];
  }).join(", ");
}
