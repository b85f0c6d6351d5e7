/** Every figure in a row of its own, for programs that group and plot: tidy data. */

import type { MetricDefinition, Result } from "../../measure/model/result.ts";
import { ceiling, ceilingCell, type Standing } from "../summary/standings.ts";
import { counted } from "../summary/text.ts";
import { type EveryFigure, everyFigure } from "../formats/every_figure.ts";
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
    rows: rowsOf(result),
    empty: "The run has no cases.",
  };
}

/** A row for each server, then one for the ceiling. */
function rowsOf(result: Result): Row[] {
  const places = Map.groupBy(
    everyFigure(result),
    ({ scenario, case: one, metric }) => JSON.stringify([scenario.id, one.id, metric.id]),
  );
  return [...places.values()].flatMap((figures) => {
    const [{ scenario, case: one, metric }] = figures as [EveryFigure];
    const reference = ceiling(result, scenario.id, one.id);
    const rowOf = ({ server }: Standing, cells: readonly Cell[]): Row => [
      ...[scenario.id, one.id, one.title, server.id, server.title].map(words),
      ...[metric.id, metric.title, metric.unit, metric.better].map(words),
      ...cells,
    ];
    return [
      ...figures.map(({ standing, cell: { value, mark, note }, interval, rounds }) =>
        rowOf(standing, [
          { value },
          { value: interval?.low ?? null },
          { value: interval?.high ?? null },
          { value: rounds },
          words(mark),
          words(note),
        ])
      ),
      ...(reference === undefined ? [] : [rowOf(reference, ceilingCells(reference, metric))]),
    ];
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
