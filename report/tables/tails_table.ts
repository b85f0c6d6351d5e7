/** The tail of all messages of all rounds: what the figures of the rounds do not show, and a single round can decide. */

import { type Pool, poolOf } from "../../measure/judge/pooled.ts";
import { kindOf } from "../../measure/judge/verdicts.ts";
import type { HistogramName, Result } from "../../measure/model/result.ts";
import { standings } from "../summary/standings.ts";
import { figureFields, type Table, tableOf, textFields } from "./table.ts";

const PERCENT = 100;

/** The percentiles of the tail of every scenario, for each server and case. */
export function tailsTable(result: Result): Table {
  const tails = result.scenarios.flatMap((scenario) => {
    const metrics = scenario.metrics.filter((metric) => kindOf(metric) === "tail");
    return scenario.cases.flatMap((one) =>
      standings(result, scenario.id, one.id).flatMap(({ server, completed }) => {
        const pools = new Map<HistogramName, Pool>();
        return metrics.flatMap((metric) => {
          if (metric.pooled === undefined) return [];
          const { histogram, statistic } = metric.pooled;
          const pool = pools.get(histogram) ?? poolOf(completed, histogram);
          pools.set(histogram, pool);
          const pooled = pool.read(statistic);
          return pooled === undefined ? [] : [{ scenario, one, server, metric, ...pooled }];
        });
      })
    );
  });
  type Tail = typeof tails[0];
  return tableOf(
    {
      id: "tails",
      title: "All rounds together",
      note:
        "Of all messages of all rounds. Least and most: without one of the rounds, which is no confidence interval. Share: of the messages beyond it, those of the round that has most of them.",
      keyColumns: 3,
      empty: "No percentile of a tail was measured.",
    },
    tails,
    [
      ...textFields<Tail>({
        Scenario: ({ scenario }) => scenario.title,
        Case: ({ one }) => one.title,
        Server: ({ server }) => server.title,
        Metric: ({ metric }) => metric.title,
      }),
      ...figureFields<Tail>({ unit: "ms", kind: "number" }, {
        "All rounds": ({ value }) => value,
        "Least": ({ range }) => range?.low ?? null,
        "Most": ({ range }) => range?.high ?? null,
      }),
      ...figureFields<Tail>({ kind: "integer" }, {
        "Heaviest round": ({ heaviest }) => heaviest?.round ?? null,
      }),
      ...figureFields<Tail>({ unit: "%", kind: "number", decimals: 0 }, {
        "Share": ({ heaviest }) => heaviest?.share ?? null,
      }, PERCENT),
    ],
  );
}
