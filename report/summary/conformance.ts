/** What the conformance suite found of the servers of a run, in words. */

import type { ConformanceSummary, Result, ServerDescription } from "../../measure/model/result.ts";
import { formatNumber, listed, oneLine } from "./text.ts";

/** `425 of 439 cases (174 non-strict)`. */
export function passedWords({ cases, failed, nonStrict }: ConformanceSummary): string {
  return `${formatNumber(cases - failed, 0)} of ${formatNumber(cases, 0)} cases` +
    (nonStrict === 0 ? "" : ` (${formatNumber(nonStrict, 0)} non-strict)`);
}

/** `425/439`, as a cell beside figures; undefined for a server that has not been tried. */
export function passedInShort(
  { conformance }: Pick<ServerDescription, "conformance">,
): string | undefined {
  if (conformance === undefined) return undefined;
  const { cases, failed } = conformance;
  return `${cases - failed}/${cases}`;
}

/** More servers are counted in a sentence: tables have each of them. */
const MOST_IN_WORDS = 8;

/** A sentence about the servers that have been tried in this version; empty if none has. */
export function conformanceNote({ servers }: Pick<Result, "servers">): string {
  const known = servers.flatMap(({ conformance }) => conformance ?? []);
  if (known.length > MOST_IN_WORDS) {
    const whole = known.filter(({ failed }) => failed === 0).length;
    return `Of ${known.length} servers that the conformance suite has tried ${whole} passed all cases; ` +
      "the column RFC 6455 has each.";
  }
  const tried = servers.flatMap(({ title, conformance }) =>
    conformance === undefined ? [] : [`${oneLine(title)} passed ${passedWords(conformance)}`]
  );
  return tried.length === 0 ? "" : `In the conformance suite ${listed(tried)}.`;
}
