/** Bars of a metric: a group for each case, a bar for each server; several charts if there are many. */

import { cpuMetricOf } from "../../../measure/judge/verdicts.ts";
import type {
  MetricDefinition,
  Result,
  ScenarioDescription,
} from "../../../measure/model/result.ts";
import { varies } from "../../plots/chart.ts";
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
  const found = scenario.cases.map((one) => (
    { group: oneLine(one.title), ...figuresOf(result, scenario, one.id, metric) }
  ));
  const leftOut = found.flatMap(({ leftOut }) => leftOut);
  const cases = found.filter(({ figures }) => figures.length > 0).map(({ group, figures }) => [
    ...(isOne ? [] : [headingOf(group)]),
    ...figures.map(({ title, ...figure }): ChartRow => ({ group, place: title, ...figure })),
  ]);
  const charts = divide(cases);
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

/** Joins the rows of cases, as many as a chart may have. */
function divide(cases: readonly ChartRow[][]): ChartRow[][] {
  return cases.reduce<ChartRow[][]>((charts, rows) => {
    const last = charts.at(-1);
    return last !== undefined && last.length + rows.length <= MOST_ROWS
      ? [...charts.slice(0, -1), [...last, ...rows]]
      : [...charts, rows];
  }, []);
}

/** A row without a bar, which names the case of those below it. */
function headingOf(group: string): ChartRow {
  return { group, place: `${group}:`, value: null, error: undefined, server: 0 };
}
