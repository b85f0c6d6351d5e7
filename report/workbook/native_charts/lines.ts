/** Lines of a metric against the connections or the arrival rate, whichever the cases vary: one for each server. */

import { cpuMetricOf } from "../../../measure/judge/verdicts.ts";
import type {
  MetricDefinition,
  Result,
  ScenarioDescription,
} from "../../../measure/model/result.ts";
import { type Axis, percentile99, varies } from "../../plots/chart.ts";
import { formatNumber } from "../../summary/text.ts";
import { type Charter, chartOf, type ChartRow, figuresOf, type NativeChart } from "./chart.ts";

/** The primary metric of a scenario whose cases differ in the connections; the 99th percentile if they differ in the rate. */
export const primaryLines: Charter = (result, scenario) => {
  const axis = axisOf(scenario);
  const metric = axis === "rate" ? percentile99(scenario) : scenario.metrics[0];
  if (axis === undefined || metric === undefined) return [];
  return linesOf(result, scenario, metric, axis, "lines");
};

/** The 99th percentile of a scenario whose cases differ in the connections. */
export const percentileLines: Charter = (result, scenario) => {
  return furtherLines(result, scenario, percentile99(scenario), "p99");
};

/** The CPU time for a message or a handshake of a scenario whose cases differ in the connections. */
export const cpuLines: Charter = (result, scenario) => {
  return furtherLines(result, scenario, cpuMetricOf(scenario), "cpu");
};

function furtherLines(
  result: Result,
  scenario: ScenarioDescription,
  metric: MetricDefinition | undefined,
  kind: string,
): NativeChart[] {
  if (axisOf(scenario) !== "connections" || metric === undefined) return [];
  return metric === scenario.metrics[0]
    ? []
    : linesOf(result, scenario, metric, "connections", kind);
}

function axisOf(scenario: ScenarioDescription): Axis | undefined {
  return (["connections", "rate"] as const).find((axis) => varies(scenario, axis));
}

const AXES = {
  connections: {
    heading: "Connections",
    title: "Connections, log scale",
    base: 2,
    by: "connections",
  },
  rate: {
    heading: "Arrival rate (messages/s)",
    title: "Arrival rate (messages/s)",
    base: undefined,
    by: "arrival rate",
  },
} as const;

function linesOf(
  result: Result,
  scenario: ScenarioDescription,
  metric: MetricDefinition,
  axis: Axis,
  kind: string,
): NativeChart[] {
  const { heading, title, base, by } = AXES[axis];
  const found = scenario.cases.map((one) => (
    { place: one.parameters[axis]!, ...figuresOf(result, scenario, one.id, metric) }
  ));
  const leftOut = found.flatMap(({ place, leftOut }) =>
    leftOut.map(({ server, reason }) => (
      { server: `${server} at ${formatNumber(place, 0)}`, reason }
    ))
  );
  const rows = found.flatMap(({ place, figures }) =>
    figures.map(({ title, ...figure }): ChartRow => ({ group: title, place, ...figure }))
  );
  return chartOf(result, scenario, {
    kind,
    shape: "lines",
    title: `${metric.title}, by ${by}`,
    headings: ["Server", heading],
    x: { title, base },
    rows: rows.toSorted((a, b) => a.server - b.server || Number(a.place) - Number(b.place)),
    metric,
    leftOut,
  });
}
