/** What came of a run of the suite: what all its reports are made of. */

import type { Case, CaseResult, Verdict } from "./types.ts";

/** What came of all cases, as it is written to `conformance.json`. */
export interface ConformanceResult {
  /** Version of wsmark. */
  readonly wsmark: string;
  /** {@linkcode suiteId} of the cases. */
  readonly suite: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly state: "finished" | "interrupted";
  /** Set if not servers but clients were tried: they are in the place of the servers. */
  readonly role?: "client";
  readonly groups: readonly GroupInfo[];
  /** The cases that were chosen. */
  readonly cases: readonly CaseInfo[];
  readonly servers: readonly ServerConformance[];
  readonly leftOut: readonly NotTried[];
}

/** A group without its cases. */
export interface GroupInfo {
  readonly id: string;
  readonly title: string;
}

/** What reports say of a case. */
export type CaseInfo = Pick<Case, "id" | "title" | "section" | "integrity">;

/** A server that was not tried. */
export interface NotTried {
  readonly id: string;
  readonly title: string;
  /** A phrase. */
  readonly reason: string;
}

/** What came of one server. */
export interface ServerConformance {
  readonly id: string;
  readonly title: string;
  /** Library and runtime with their versions, as it says them itself. */
  readonly library?: string;
  readonly runtime?: string;
  /** Why only cases without messages were run; absent for all. */
  readonly onlyLayer?: string;
  /** In the order of the cases; fewer than those if the run was interrupted, or the server given up. */
  readonly results: readonly CaseResult[];
  /** How its process ended, or when it did not answer any more: it was started again. */
  readonly restarts: readonly Restart[];
  /** Why the rest of the cases was not run. */
  readonly givenUp?: string;
  readonly durationMs: number;
}

/** A server that was started again. */
export interface Restart {
  /** The case that was run last. */
  readonly id: string;
  /** What happened, as a phrase. */
  readonly reason: string;
}

/** How many cases have each verdict. */
export type Counts = { readonly [verdict in Verdict]: number };

/** Counts the verdicts. */
export function countVerdicts(results: readonly Pick<CaseResult, "verdict">[]): Counts {
  const counts = { failed: 0, "non-strict": 0, unimplemented: 0, informational: 0, ok: 0 };
  for (const { verdict } of results) counts[verdict]++;
  return counts;
}

/** What a server does to what is measured, and the failed cases that show it. */
export interface IntegrityFinding {
  /** A phrase that begins with a verb: "changes what it is sent". */
  readonly what: string;
  readonly cases: readonly string[];
}

/** What failed cases say about whether a measurement of the server can be trusted. */
export function integrityOf(
  cases: readonly CaseInfo[],
  results: readonly CaseResult[],
): readonly IntegrityFinding[] {
  const meanings = new Map(cases.map(({ id, integrity }) => [id, integrity]));
  const failed = results.filter(({ id, verdict, breaksIntegrity }) =>
    verdict === "failed" && breaksIntegrity === true && meanings.get(id) !== undefined
  );
  return [...Map.groupBy(failed, ({ id }) => meanings.get(id)!)]
    .map(([what, of]) => ({ what, cases: of.map(({ id }) => id) }));
}
