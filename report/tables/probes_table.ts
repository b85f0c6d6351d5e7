/** The probes of capacity searches: the response time at each arrival rate that was tried. */

import type { CompletedTrial, Result, ScenarioDescription } from "../../measure/model/result.ts";
import { namer } from "../summary/names.ts";
import { countFields, figureFields, type Table, tableOf, textFields } from "./table.ts";

const PERCENT = 100;

/** Every probe of a scenario's trials in the order in which they ran; undefined if no trial was a search. */
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
      ...figureFields<Probed>({ unit: "messages/s", kind: "number", decimals: 0 }, {
        "Rate": ({ rate }) => rate,
      }),
      ...figureFields<Probed>({ unit: "ms", kind: "number" }, {
        "Response p50": ({ p50Ms }) => p50Ms,
        "Response p99": ({ p99Ms }) => p99Ms,
        "Response max": ({ maxMs }) => maxMs,
      }),
      ...figureFields<Probed>({ unit: "% of offered", kind: "number", decimals: 2 }, {
        "Sent": ({ sentShare }) => sentShare,
      }, PERCENT),
      ...countFields<Probed>({ Lost: ({ lost }) => lost }),
      ...textFields<Probed>({ Passed: ({ passed }) => passed ? "yes" : "no" }),
    ],
  );
}
