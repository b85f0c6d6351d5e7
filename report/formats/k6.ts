/**
 * The machine-readable summary of k6, version 1.0.0, as `k6 run --new-machine-readable-summary --summary-export` writes it
 * (https://github.com/grafana/k6-summary): for what compares or shows the summaries of k6. Metrics have the names that k6
 * gives them, with server, scenario and case as tags, as its submetrics have.
 */

import type { Result } from "../../measure/model/result.ts";
import type { Histogram } from "../../measure/record/histogram.ts";
import { wrongReplies } from "../../measure/record/wrong_replies.ts";
import type { Check, RenderedFile } from "../format.ts";
import { layOut } from "../json.ts";
import { oneLine } from "../summary/text.ts";
import { caseStandings } from "./every_figure.ts";
import { latenciesOf } from "./latencies.ts";
import { placeName, soundFigures } from "./sound.ts";
import { snakeCase } from "./units.ts";

interface K6Metric {
  readonly name: string;
  readonly type: "counter" | "gauge" | "rate" | "trend";
  readonly contains: "default" | "time" | "data";
  readonly values: Readonly<Record<string, number>>;
}

const NS_PER_MS = 1e6;

export function render(result: Result, checks: readonly Check[] = []): RenderedFile[] {
  const summary = {
    version: "1.0.0",
    // No k6 has made it, but the schema wants a version of it: what is behind the plus does not count.
    metadata: {
      generatedAt: result.endedAt ?? result.startedAt,
      k6Version: `0.0.0+wsmark.${result.wsmark.replace(/[^\w.-]/g, "").replaceAll("_", "-")}`,
    },
    config: {
      execution: "local",
      script: oneLine(`wsmark ${result.settings.command}`),
      duration: durationOf(result),
    },
    results: {
      metrics: [...counts(result), ...trends(result), ...gauges(result)],
      ...(checks.length > 0 && { checks: checksOf(checks) }),
    },
  };
  return [{ path: "k6-summary.json", content: `${layOut(summary, "")}\n` }];
}

/** Seconds of traffic that were measured, over all trials. */
function durationOf({ trials }: Result): number {
  return trials.reduce(
    (sum, trial) => sum + (trial.state === "completed" ? trial.phases.windowMs : 0),
    0,
  ) / 1000;
}

/** `ws_msgs_sent{server:ws,scenario:throughput,case:connections=16}`. */
function nameOf(metric: string, server: string, scenario: string, caseId: string): string {
  return oneLine(`${metric}{server:${server},scenario:${scenario},case:${caseId}}`);
}

function counts(result: Result): K6Metric[] {
  return caseStandings(result).flatMap(({ scenario, case: one, standings }) =>
    standings.filter(({ completed }) => completed.length > 0).flatMap((standing): K6Metric[] => {
      const { server, completed, wrong } = standing;
      const name = (metric: string): string => nameOf(metric, server.id, scenario.id, one.id);
      const sum = (of: (trial: typeof completed[number]) => number): number =>
        completed.reduce((total, trial) => total + of(trial), 0);
      const counter = (
        metric: string,
        count: number,
        contains: K6Metric["contains"] = "default",
      ): K6Metric => ({ name: name(metric), type: "counter", contains, values: { count } });
      const total = sum(({ integrity: { sent } }) => sent);
      // A message may get more than one wrong reply.
      const matches = Math.min(total, wrongReplies(wrong));
      return [
        counter("ws_sessions", sum(({ counts }) => counts.handshakes || counts.connections)),
        counter("ws_msgs_sent", sum(({ counts }) => counts.sent)),
        counter("ws_msgs_received", sum(({ counts }) => counts.replies)),
        counter("data_received", sum(({ counts }) => counts.replyBytes), "data"),
        ...(total === 0 ? [] : [
          {
            name: name("wrong_replies"),
            type: "rate",
            contains: "default",
            values: { matches, rate: matches / total, total },
          } as const,
        ]),
      ];
    })
  );
}

/** Latencies in milliseconds, of all messages of all rounds together. */
function trends(result: Result): K6Metric[] {
  return Array.from(
    latenciesOf(result),
    ({ name, histogram, standing, scenario, case: one }): K6Metric => ({
      name: nameOf(
        name === "handshakeTime" ? "ws_connecting" : snakeCase(name),
        standing.server.id,
        scenario.id,
        one.id,
      ),
      type: "trend",
      contains: "time",
      values: trendOf(histogram),
    }),
  );
}

function trendOf(histogram: Histogram): Record<string, number> {
  return {
    avg: histogram.mean / NS_PER_MS,
    max: histogram.max / NS_PER_MS,
    med: histogram.percentile(50) / NS_PER_MS,
    min: histogram.min / NS_PER_MS,
    "p(90)": histogram.percentile(90) / NS_PER_MS,
    "p(95)": histogram.percentile(95) / NS_PER_MS,
  };
}

/** The figures of the tables, each with the least and the most of its rounds; their units are those of the tables. */
function gauges(result: Result): K6Metric[] {
  return soundFigures(result).map((
    { metric, standing, scenario, case: one, value, range = { low: value, high: value } },
  ): K6Metric => ({
    name: nameOf(metric.id, standing.server.id, scenario.id, one.id),
    type: "gauge",
    contains: metric.unit === "ms" ? "time" : "default",
    values: { max: range.high, min: range.low, value },
  }));
}

function checksOf(checks: readonly Check[]): unknown {
  const total = checks.length;
  const passes = checks.filter(({ holds }) => holds).length;
  const rate = (name: string, matches: number): K6Metric => ({
    name,
    type: "rate",
    contains: "default",
    values: { matches, rate: matches / total, total },
  });
  return {
    metrics: [
      { name: "checks_total", type: "counter", contains: "default", values: { count: total } },
      rate("checks_succeeded", passes),
      rate("checks_failed", total - passes),
    ],
    results: checks.map(({ assertion, server, scenario, case: id, holds }) => ({
      name: oneLine(`${assertion}: ${placeName(server, scenario, id)}`),
      passes: holds ? 1 : 0,
      fails: holds ? 0 : 1,
    })),
  };
}
