/** The probes of the searches for the capacity: the response time as a function of the arrival rate. */

import type { CompletedTrial, Result, ScenarioDescription } from "../../measure/model/result.ts";
import { namer } from "../summary/names.ts";
import { countFields, type Field, measured, type Table, tableOf, textFields } from "./table.ts";

const PERCENT = 100;

/** Every probe of a scenario's trials in the order in which they ran; undefined where no trial was a search. */
export function probesTable(result: Result, { id }: ScenarioDescription): Table | undefined {
  const name = namer(result);
  const searches = result.trials.filter((trial): trial is CompletedTrial =>
    trial.state === "completed" && trial.scenario === id && trial.capacity !== undefined
  );
  if (searches.length === 0) return undefined;
  const probes = searches.flatMap((trial) => {
    const names = name(trial);
    return trial.capacity!.probes.map((probe, index) => ({ ...probe, names, trial, index }));
  });
  type Probed = typeof probes[0];
  const milliseconds = (title: string, read: (probe: Probed) => number | null): Field<Probed> => [
    { title, unit: "ms", kind: "number" },
    (probe) => measured(read(probe) ?? undefined),
  ];
  return tableOf(
    {
      id: `${id}-probes`,
      title: "Probes",
      note:
        "Arrival rates that a search tried, in their order; one passes where the limit is kept, the rate reached and nothing lost.",
      keyColumns: 2,
      empty: "",
    },
    probes,
    [
      ...textFields<Probed>({
        Case: ({ names }) => names.case,
        Server: ({ names }) => names.server,
      }),
      ...countFields<Probed>({
        Round: ({ trial }) => trial.round,
        Probe: ({ index }) => index + 1,
      }),
      [
        { title: "Rate", unit: "messages/s", kind: "number", decimals: 0 },
        ({ rate }) => ({ value: rate }),
      ],
      milliseconds("Response p50", ({ p50Ms }) => p50Ms),
      milliseconds("Response p99", ({ p99Ms }) => p99Ms),
      milliseconds("Response max", ({ maxMs }) => maxMs),
      [
        { title: "Sent", unit: "% of offered", kind: "number", decimals: 2 },
        ({ sentShare }) => measured(sentShare, PERCENT),
      ],
      ...countFields<Probed>({ Lost: ({ lost }) => lost }),
      ...textFields<Probed>({ Passed: ({ passed }) => passed ? "yes" : "no" }),
    ],
  );
}
