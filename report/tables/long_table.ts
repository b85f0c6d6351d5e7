/** Every figure in a row of its own, for programs that group and plot: tidy data. */

import { aggregate } from "../../measure/judge/aggregate.ts";
import type { MetricDefinition, Result, ScenarioDescription } from "../../measure/model/result.ts";
import {
  ceiling,
  ceilingCell,
  compare,
  type Standing,
  standings,
  wrongServers,
} from "../summary/standings.ts";
import { counted } from "../summary/text.ts";
import { type Cell, EMPTY, type Row, type Table, textColumns, words } from "./table.ts";

/** What marks the rows of the reference server, which competes with nobody. */
const CEILING = "ceiling";

/**
 * Every metric of every case and server, with the ceiling's figures as those of its own server: the median of its
 * trials. Headings are names for programs; texts are ids, with what they are called beside them.
 */
export function longTable(result: Result): Table {
  return {
    id: "long",
    title: "Every figure",
    columns: [
      ...textColumns("scenario", "case", "case_title", "server", "server_title"),
      ...textColumns("metric", "metric_title", "unit", "better"),
      { title: "value", kind: "number" },
      { title: "low", kind: "number" },
      { title: "high", kind: "number" },
      { title: "rounds", kind: "integer" },
      ...textColumns("mark", "note"),
    ],
    keyColumns: 6,
    rows: result.scenarios.flatMap((scenario) => scenarioRows(result, scenario)),
    empty: "The run has no cases.",
  };
}

function scenarioRows(result: Result, { id, cases, metrics }: ScenarioDescription): Row[] {
  const all = cases.map((one) => standings(result, id, one.id));
  const byMetric = metrics.map((metric) =>
    compare(all.map((standings) => ({ metric, standings })), wrongServers(result))
  );
  return cases.flatMap((one, place) => {
    const reference = ceiling(result, id, one.id);
    return metrics.flatMap((metric, index): Row[] => {
      const rowOf = (standing: Standing, figures: readonly Cell[]): Row => [
        ...[id, one.id, one.title, standing.server.id, standing.server.title].map(words),
        ...[metric.id, metric.title, metric.unit, metric.better].map(words),
        ...figures,
      ];
      return [
        ...byMetric[index]![place]!.map(({ cell: { value, mark, note }, interval }, at) => {
          const standing = all[place]![at]!;
          return rowOf(standing, [
            { value },
            { value: interval?.low ?? null },
            { value: interval?.high ?? null },
            { value: aggregate(standing.trials, metric).figures.length },
            words(mark),
            words(note),
          ]);
        }),
        ...(reference === undefined ? [] : [rowOf(reference, ceilingCells(reference, metric))]),
      ];
    });
  });
}

function ceilingCells(reference: Standing, metric: MetricDefinition): Cell[] {
  const { value, note } = ceilingCell(reference, metric);
  const { length } = reference.completed;
  return [
    { value },
    EMPTY,
    EMPTY,
    { value: length },
    words(CEILING),
    words(note ?? `median of the ${counted(length, "trial")} of the reference`),
  ];
}
