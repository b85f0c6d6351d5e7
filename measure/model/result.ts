/**
 * The result of a run as data: what `trials.jsonl` and `results.json` hold and what every report is made from.
 * `schema.ts` checks a value that was read from a file against these types.
 */

import type { CompletedTrial, Fact, Figure, Trial } from "./types.generated.ts";

export type * from "./types.generated.ts";

/** Version of the layout of `results.json`; it grows when a reader of the old layout would misread the new one. */
export const SCHEMA_VERSION = 3;

/** The most servers of a run: no table and no picture shows more. */
export const MOST_SERVERS = 100;

/** Names of the facts about the machine that something is derived from. */
export const FACTS = {
  cpus: { group: "Processor", name: "Logical CPUs available" },
  commit: { group: "Source", name: "Commit" },
  verified: { group: "Instrument", name: "Checked by verify" },
  load: { group: "Load", name: "1 min at the start" },
  clockStep: { group: "Clock", name: "Smallest step of the program's clock" },
} as const satisfies Record<string, Pick<Fact, "group" | "name">>;

/** What connections beside the measured ones send at most. */
export type BulkLimit = Pick<
  NonNullable<CompletedTrial["bulk"]>,
  "connections" | "messages" | "size"
>;

/**
 * What becomes of a claim in a run: it is shown, its opposite is shown, neither is, or there is nothing to judge by. A
 * claim that two servers are the same holds if they are the same within 5 %, with 95 % confidence.
 */
export type ClaimVerdict = "holds" | "contradicted" | "not shown" | "not measured";

/** Whether a figure is a number, not the reason why there is none. */
export function isMeasured(figure: Figure | undefined): figure is number {
  return typeof figure === "number";
}

/** The trials of the rounds of one case on one server: without those that ran before the rounds. */
export function roundsOf(
  trials: readonly Trial[],
  place: { readonly scenario: string; readonly case: string; readonly server: string },
): Trial[] {
  return trials.filter(({ round, scenario, case: id, server }) =>
    round > 0 && scenario === place.scenario && id === place.case && server === place.server
  );
}
