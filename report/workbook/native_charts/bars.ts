/** Bars of a metric: a group for each case, a bar for each server; several charts if there are many. */

import { cpuMetricOf } from "../../../measure/judge/verdicts.ts";
import type {
  MetricDefinition,
  Result,
  ScenarioDescription,
} from "../../../measure/model/result.ts";
import { type LeftOut, varies } from "../../plots/chart.ts";
import { oneLine } from "../../summary/text.ts";
import { type Charter, chartOf, type ChartRow, figuresOf, type NativeChart } from "./chart.ts";

/** More rows would not be readable on a page: the other cases have a chart of their own. */
const MOST_ROWS = 54;

/** The primary metric of a scenario that is not drawn as lines. */
export const primaryBars: Charter = (result, scenario) => {
  const [metric] = scenario.metrics;
  if (metric === undefined || varies(scenario, "connections") || varies(scenario, "rate")) {
    return [];
  }
  return barsOf(result, scenario, metric, "bars");
};

/** The CPU time for a message or a handshake, of a scenario that is not drawn as lines. */
export const cpuBars: Charter = (result, scenario) => {
  const metric = cpuMetricOf(scenario);
  if (metric === undefined || metric === scenario.metrics[0] || varies(scenario, "connections")) {
    return [];
  }
  return barsOf(result, scenario, metric, "cpu");
};

function barsOf(
  result: Result,
  scenario: ScenarioDescription,
  metric: MetricDefinition,
  kind: string,
): NativeChart[] {
  const isOne = scenario.cases.length === 1;
  const leftOut: LeftOut[] = [];
  const charts: ChartRow[][] = [];
  for (const one of scenario.cases) {
    const { figures, leftOut: own } = figuresOf(result, scenario, one.id, metric);
    leftOut.push(...own);
    if (figures.length === 0) continue;
    const group = oneLine(one.title);
    const rows = [
      ...(isOne ? [] : [headingOf(group)]),
      ...figures.map(({ title, ...figure }): ChartRow => ({ group, place: title, ...figure })),
    ];
    const last = charts.at(-1);
    if (last === undefined || last.length + rows.length > MOST_ROWS) charts.push(rows);
    else last.push(...rows);
  }
  return charts.flatMap((rows, index) => {
    const part = charts.length === 1 ? "" : ` (${index + 1} of ${charts.length})`;
    return chartOf(result, scenario, {
      kind,
      shape: "bars",
      title: isOne ? metric.title : `${metric.title}, by case${part}`,
      headings: ["Case", "Server"],
      x: { title: "", base: undefined },
      rows,
      metric,
      ...(isOne && { about: `${scenario.cases[0]!.title}.` }),
      leftOut,
    });
  });
}

/** A row without a bar, which names the case of those below it. */
function headingOf(group: string): ChartRow {
  return { group, place: `${group}:`, value: null, error: undefined, server: 0 };
}
