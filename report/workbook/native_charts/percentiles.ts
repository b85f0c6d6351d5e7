/** The percentiles of a latency side by side: a line for each server, a step for each percentile. */

import {
  isMeasured,
  type MetricDefinition,
  type ScenarioDescription,
} from "../../../measure/model/result.ts";
import { aggregate } from "../../../measure/judge/aggregate.ts";
import { fieldOf, percentile99, varies } from "../../plots/chart.ts";
import { foremost } from "../../summary/answer/uses.ts";
import { oneLine } from "../../summary/text.ts";
import { type Charter, chartOf, type ChartRow } from "./chart.ts";

/** Fewer make no line. */
const FEWEST = 2;

/** The percentiles of the case with the most load, of a scenario that is not drawn by connections. */
export const percentileSteps: Charter = (result, scenario) => {
  const one = foremost(scenario);
  const metrics = percentilesOf(scenario);
  const [first] = metrics;
  if (one === undefined || first === undefined || metrics.length < FEWEST) return [];
  if (varies(scenario, "connections")) return [];
  const { sound, leftOut } = fieldOf(result, scenario, one);
  const rows = sound.flatMap(({ server, trials }): ChartRow[] => {
    const own = metrics.map((metric): ChartRow => {
      const { value, interval } = aggregate(trials, metric);
      const figure = isMeasured(value) ? value : null;
      return {
        group: oneLine(server.title),
        place: `p${percentileOf(metric)}`,
        value: figure,
        error: figure === null || interval === undefined
          ? undefined
          : { minus: figure - interval.low, plus: interval.high - figure },
        server: result.servers.indexOf(server),
      };
    });
    // A line without any point would only be in the legend.
    return own.some(({ value }) => value !== null) ? own : [];
  });
  const name = first.title.replace(/ p[\d.]+$/, "");
  return chartOf(result, scenario, {
    kind: "steps",
    shape: "steps",
    title: `${name}: percentiles`,
    headings: ["Server", "Percentile"],
    x: { title: "Percentile of a round", base: undefined },
    rows,
    metric: { ...first, title: name },
    about: `${one.title}.`,
    leftOut,
  });
};

/** The percentiles that are read off the same histogram as the 99th, in their order. */
function percentilesOf(scenario: ScenarioDescription): MetricDefinition[] {
  const histogram = percentile99(scenario)?.pooled?.histogram;
  return scenario.metrics.filter(({ pooled }) =>
    pooled?.histogram === histogram && typeof pooled?.statistic === "object"
  ).toSorted((a, b) => percentileOf(a) - percentileOf(b));
}

function percentileOf({ pooled }: MetricDefinition): number {
  return typeof pooled?.statistic === "object" ? pooled.statistic.percentile : 0;
}
