/** The points of load curves: what each arrival rate brought. */

import type { CompletedTrial, Result, ScenarioDescription } from "../../measure/model/result.ts";
import { namer } from "../summary/names.ts";
import { countFields, figureFields, type Table, tableOf, textFields } from "./table.ts";

const PERCENT = 100;
const MIB = 2 ** 20;
const WAYS = { up: "rising", overload: "overload", down: "falling" } as const;

/** Every point of a scenario's curves in the order of the trials; undefined if no trial has a curve. */
export function curveTable(result: Result, { id }: ScenarioDescription): Table | undefined {
  const name = namer(result);
  const points = result.trials
    .filter((trial): trial is CompletedTrial =>
      trial.state === "completed" && trial.scenario === id
    )
    .flatMap((trial) => {
      const names = name(trial);
      return (trial.curve?.points ?? []).map((point) => ({ ...point, names, trial }));
    });
  if (points.length === 0) return undefined;
  type Point = typeof points[0];
  return tableOf(
    {
      id: `${id}-points`,
      title: "Points of the curves",
      note:
        "Arrival rates while they grew, in overload, and while they shrank again. Answered: replies per second in the window. " +
        "Goodput: messages of the window that were answered within the limit, per second. p99 of slices: the median of the p99 of slices of the window; the knee is of it.",
      keyColumns: 2,
      empty: "",
    },
    points,
    [
      ...textFields<Point>({
        Case: ({ names }) => names.case,
        Server: ({ names }) => names.server,
      }),
      ...countFields<Point>({ Round: ({ trial }) => trial.round }),
      ...textFields<Point>({ Rates: ({ way }) => WAYS[way] }),
      ...figureFields<Point>({ unit: "messages/s", kind: "number", decimals: 0 }, {
        "Rate": ({ rate }) => rate,
        "Answered": ({ answered }) => answered,
        "Goodput": ({ inTime }) => inTime,
      }),
      ...figureFields<Point>({ unit: "ms", kind: "number" }, {
        "Response p50": ({ p50Ms }) => p50Ms,
        "Response p99": ({ p99Ms }) => p99Ms,
        "p99 of slices": ({ sliceP99Ms }) => sliceP99Ms,
        "Response p99.9": ({ p999Ms }) => p999Ms,
      }),
      ...figureFields<Point>({ unit: "% of offered", kind: "number", decimals: 2 }, {
        "Sent": ({ sentShare }) => sentShare,
      }, PERCENT),
      ...countFields<Point>({ Lost: ({ lost }) => lost }),
      ...figureFields<Point>({ unit: "%", kind: "number" }, {
        "CPU": ({ cpuShare }) => cpuShare,
      }, PERCENT),
      ...figureFields<Point>({ unit: "MiB", kind: "number" }, {
        "Memory": ({ memory }) => memory,
      }, 1 / MIB),
    ],
  );
}
