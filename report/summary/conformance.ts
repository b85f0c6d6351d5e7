/** What the conformance suite found of the servers of a run, in words. */

import type { ConformanceSummary, Result } from "../../measure/model/result.ts";
import { formatNumber, listed, oneLine } from "./text.ts";

/** `425 of 439 cases (174 non-strict)`. */
export function passedWords({ cases, failed, nonStrict }: ConformanceSummary): string {
  return `${formatNumber(cases - failed, 0)} of ${formatNumber(cases, 0)} cases` +
    (nonStrict === 0 ? "" : ` (${formatNumber(nonStrict, 0)} non-strict)`);
}

/** A sentence about the servers that have been tried in this version; empty if none has. */
export function conformanceNote({ servers }: Pick<Result, "servers">): string {
  const tried = servers.flatMap(({ title, conformance }) =>
    conformance === undefined ? [] : [`${oneLine(title)} passed ${passedWords(conformance)}`]
  );
  return tried.length === 0 ? "" : `In the conformance suite ${listed(tried)}.`;
}
