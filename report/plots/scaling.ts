/**
 * Lines against what the cases of a scenario vary: the connections, or the arrival rate.
 *
 * @module
 */

import type { MetricDefinition, Result, ScenarioDescription } from "../../measure/model/result.ts";
import { cpuMetricOf } from "../../measure/judge/verdicts.ts";
import { linesOf } from "./lines.ts";
import { varies } from "./scenarios.ts";
import type { Plot } from "./types.ts";

function percentile99({ metrics }: ScenarioDescription): MetricDefinition | undefined {
  return metrics.find(({ pooled }) =>
    typeof pooled?.statistic === "object" && pooled.statistic.percentile === 99
  );
}

function againstConnections(result: Result, scenario: ScenarioDescription): Plot[] {
  const [primary] = scenario.metrics;
  const p99 = percentile99(scenario);
  const cpu = cpuMetricOf(scenario);
  const lines = (metric: MetricDefinition | undefined, kind: string, title: string): Plot[] => {
    if (metric === undefined) return [];
    const plot = linesOf(result, scenario, metric, "connections", { kind, title });
    return plot === undefined ? [] : [plot];
  };
  const question = primary?.unit === "messages/s"
    ? "How many messages a second get through as connections are added?"
    : scenario.question;
  return [
    ...lines(primary, "lines", question),
    ...(p99 === primary
      ? []
      : lines(p99, "p99", "How long do the slowest messages wait as connections are added?")),
    ...(cpu === primary
      ? []
      : lines(cpu, "cpu", "Does a message cost the server more CPU time with more connections?")),
  ];
}

/** Lines of every scenario whose cases differ in the connections, or in the arrival rate. */
export function scaling(result: Result): Plot[] {
  return result.scenarios.flatMap((scenario) => {
    if (varies(scenario, "connections")) return againstConnections(result, scenario);
    const p99 = percentile99(scenario);
    if (p99 === undefined || !varies(scenario, "rate")) return [];
    const title = "How long do the slowest replies take as more messages arrive?";
    return linesOf(result, scenario, p99, "rate", { kind: "lines", title }) ?? [];
  });
}
