/**
 * The result of a run as data: what `trials.jsonl` and `results.json` hold and what every report is made from.
 *
 * Nothing here computes; `schema.ts` checks a value that was read from a file against these types.
 */

import type { Fact } from "./types.generated.ts";

export type { BulkLimit } from "../record/accounts/bulk.ts";
export { isMeasured } from "./figure.ts";
export type { ClaimVerdict } from "./study.ts";
export type * from "./types.generated.ts";
export { MOST_SERVERS, SCHEMA_VERSION } from "./version.ts";

/** Names of the facts that findings are made from, whoever finds the facts. */
export const FACTS = {
  cpus: { group: "Processor", name: "Logical CPUs available" },
  load: { group: "Load", name: "1 min at the start" },
  clockStep: { group: "Clock", name: "Smallest step of the program's clock" },
} as const satisfies Record<string, Pick<Fact, "group" | "name">>;
