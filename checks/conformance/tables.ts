/** The tables of docs/conformance.md with what came of servers and clients. */

import { type ConformanceResult, countVerdicts, type NotTried } from "../../conformance/result.ts";
import type { ServerConformance } from "../../conformance/result.ts";
import { SHOWN_VERDICTS, VERDICT_WORDS, versionsOf } from "../../report/conformance/tables.ts";

/** What is written into a document: what was found of all that was tried, and what was not. */
export interface Found {
  readonly role: "server" | "client";
  /** The day, as `2026-11-30`. */
  readonly date: string;
  readonly tried: readonly ServerConformance[];
  readonly notTried: readonly NotTried[];
}

/**
 * Puts the results of one role together; of a case that was run several times the last one counts.
 *
 * @throws {RangeError} for results of other states of the suite
 */
export function foundIn(
  results: readonly ConformanceResult[],
  role: Found["role"],
): Found | undefined {
  const own = results.filter((result) => (result.role ?? "server") === role);
  const last = own.at(-1);
  if (last === undefined) return undefined;
  const other = own.find(({ suite }) => suite !== last.suite);
  if (other !== undefined) {
    throw new RangeError(
      `Cannot put results of different suites into one table: received ${other.suite} and ${last.suite}`,
    );
  }
  const tried = new Map<string, ServerConformance>();
  for (const one of own.flatMap(({ servers }) => servers)) {
    tried.set(one.id, together(tried.get(one.id), one));
  }
  const notTried = new Map(own.flatMap(({ leftOut }) => leftOut).map((one) => [one.id, one]));
  return {
    role,
    date: last.startedAt.slice(0, 10),
    tried: [...tried.values()].filter(({ results }) => results.length > 0),
    notTried: [
      ...[...notTried.values()].filter(({ id }) => !tried.has(id)),
      ...[...tried.values()].filter(({ results }) => results.length === 0)
        .map(({ id, title, givenUp = "it was not begun" }) => ({ id, title, reason: givenUp })),
    ],
  };
}

/** What came of a server in a run before, and in a later one of the same cases or some of them. */
function together(
  before: ServerConformance | undefined,
  later: ServerConformance,
): ServerConformance {
  if (before === undefined) return later;
  if (versionsOf(before) !== versionsOf(later)) return later;
  const results = new Map([...before.results, ...later.results].map((one) => [one.id, one]));
  const durationMs = Math.max(before.durationMs, later.durationMs);
  return { ...later, results: [...results.values()], durationMs };
}

/** A row for each, and below the table who is not in it. */
export function foundTable({ role, date, tried, notTried }: Found): string {
  const rows = [
    [role, "version", "cases", ...SHOWN_VERDICTS.map((verdict) => VERDICT_WORDS[verdict]), "s"],
    ...tried.map((one) => {
      const counts = countVerdicts(one.results);
      return [
        ...[one.title, versionsOf(one), String(one.results.length)],
        ...SHOWN_VERDICTS.map((verdict) => String(counts[verdict])),
        (one.durationMs / 1000).toFixed(0),
      ];
    }),
  ];
  const [head, ...body] = rows.map((cells) => `| ${cells.join(" | ")} |`);
  const table = [head, `| ${rows[0]!.map(() => "---").join(" | ")} |`, ...body].join("\n");
  const missing = notTried.map(({ title, reason }) => `${title} (${reason})`).join(", ");
  return `Tried on ${date}:\n\n${table}\n${missing === "" ? "" : `\nNot tried: ${missing}.\n`}`;
}

/**
 * Puts a table into its place in a document.
 *
 * @throws {RangeError} if the document has no such place
 */
export function placed(text: string, found: Found): string {
  const place = new RegExp(
    `(<!-- ${found.role}s: [^>]*-->\n)[^]*?(<!-- end of ${found.role}s -->)`,
  );
  if (!place.test(text)) {
    throw new RangeError(`Cannot find the place of ${found.role}s in the document`);
  }
  return text.replace(place, (_, before, after) => `${before}\n${foundTable(found)}\n${after}`);
}
