/**
 * The probes of the searches for the capacity: the response time as a function of the arrival rate.
 *
 * @module
 */

import type {
  CompletedTrial,
  Probe,
  Result,
  ScenarioDescription,
} from "../../measure/model/result.ts";
import { namer } from "../summary/names.ts";
import { type Cell, type Column, measured, type Table, textColumns, words } from "./table.ts";

const PERCENT = 100;

const milliseconds = (title: string): Column => ({ title, unit: "ms", kind: "number" });

const COLUMNS: readonly Column[] = [
  { title: "Rate", unit: "messages/s", kind: "number", decimals: 0 },
  milliseconds("Response p50"),
  milliseconds("Response p99"),
  milliseconds("Response max"),
  { title: "Sent", unit: "% of offered", kind: "number", decimals: 2 },
  { title: "Lost", kind: "integer" },
  ...textColumns("Passed"),
];

/** Every probe of a scenario's trials in the order in which they ran; undefined where no trial was a search. */
export function probesTable(result: Result, { id }: ScenarioDescription): Table | undefined {
  const name = namer(result);
  const searches = result.trials.filter((trial): trial is CompletedTrial =>
    trial.state === "completed" && trial.scenario === id && trial.capacity !== undefined
  );
  if (searches.length === 0) return undefined;
  return {
    id: `${id}-probes`,
    title: "Probes",
    note:
      "Arrival rates that a search tried, in their order; one passes where the limit is kept, the rate reached and nothing lost.",
    columns: [
      ...textColumns("Case", "Server"),
      { title: "Round", kind: "integer" },
      { title: "Probe", kind: "integer" },
      ...COLUMNS,
    ],
    keyColumns: 2,
    rows: searches.flatMap((trial) => {
      const names = name(trial);
      return trial.capacity!.probes.map((probe, index): Cell[] => [
        words(names.case),
        words(names.server),
        { value: trial.round },
        { value: index + 1 },
        ...probeCells(probe),
      ]);
    }),
    empty: "",
  };
}

function probeCells({ rate, p50Ms, p99Ms, maxMs, sentShare, lost, passed }: Probe): Cell[] {
  return [
    { value: rate },
    ...[p50Ms, p99Ms, maxMs].map((figure) => measured(figure ?? undefined)),
    measured(sentShare, PERCENT),
    { value: lost },
    words(passed ? "yes" : "no"),
  ];
}
