/** Bars of a metric: a group for each case, a bar for each server. */

import { cpuMetricOf } from "../../../measure/judge/verdicts.ts";
import type {
  MetricDefinition,
  Result,
  ScenarioDescription,
} from "../../../measure/model/result.ts";
import { type LeftOut, varies } from "../../plots/chart.ts";
import { oneLine } from "../../summary/text.ts";
import { type Charter, chartOf, type ChartRow, figuresOf, type NativeChart } from "./chart.ts";

/** The primary metric of a scenario that is not drawn as lines. */
export const primaryBars: Charter = (result, scenario) => {
  const [metric] = scenario.metrics;
  if (metric === undefined || varies(scenario, "connections") || varies(scenario, "rate")) return;
  return barsOf(result, scenario, metric, "bars");
};

/** The CPU time for a message or a handshake, of a scenario that is not drawn as lines. */
export const cpuBars: Charter = (result, scenario) => {
  const metric = cpuMetricOf(scenario);
  if (metric === undefined || metric === scenario.metrics[0] || varies(scenario, "connections")) {
    return;
  }
  return barsOf(result, scenario, metric, "cpu");
};

function barsOf(
  result: Result,
  scenario: ScenarioDescription,
  metric: MetricDefinition,
  kind: string,
): NativeChart | undefined {
  const isOne = scenario.cases.length === 1;
  const leftOut: LeftOut[] = [];
  const rows = scenario.cases.flatMap((one): ChartRow[] => {
    const { figures, leftOut: own } = figuresOf(result, scenario, one.id, metric);
    leftOut.push(...own);
    const group = oneLine(one.title);
    const rows = figures.map(({ title, ...figure }) => ({ group, place: title, ...figure }));
    return isOne || rows.length === 0 ? rows : [headingOf(group), ...rows];
  });
  return chartOf(result, scenario, {
    kind,
    shape: "bars",
    title: isOne ? metric.title : `${metric.title}, by case`,
    headings: ["Case", "Server"],
    x: { title: "", base: undefined },
    rows,
    metric,
    ...(isOne && { about: `${scenario.cases[0]!.title}.` }),
    leftOut,
  });
}

/** A row without a bar, which names the case of those below it. */
function headingOf(group: string): ChartRow {
  return { group, place: `${group}:`, value: null, error: undefined, server: 0 };
}
