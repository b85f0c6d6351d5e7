/** The tables of a run of the conformance suite, which every format lays out in its own way. */

import {
  type ConformanceResult,
  countVerdicts,
  integrityOf,
  type ServerConformance,
} from "../../conformance/result.ts";
import type { CaseResult, Verdict } from "../../conformance/types.ts";
import {
  type Column,
  countFields,
  type Field,
  type Table,
  tableOf,
  textFields,
  words,
} from "../tables/table.ts";

/** How verdicts are called where they are shown. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  ok: "OK",
  "non-strict": "non-strict",
  failed: "failed",
  unimplemented: "unimplemented",
  informational: "informational",
};

/** What the verdicts mean, a sentence each. */
export const VERDICT_MEANINGS: Readonly<Record<Verdict, string>> = {
  ok: "What came is what should come.",
  "non-strict": "What came is allowed, though something else should have come.",
  failed: "What came is not allowed, or what must come did not.",
  unimplemented: "It says that it does not have what is asked for, and need not have it.",
  informational: "The RFC leaves open what comes.",
};

/** The order in which they are counted. */
export const SHOWN_VERDICTS: readonly Verdict[] = [
  "ok",
  "non-strict",
  "failed",
  "unimplemented",
  "informational",
];

/** What was tried: "Server" or "Client". */
export function theirName({ role }: ConformanceResult): string {
  return role === "client" ? "Client" : "Server";
}

/** The results of a server in a group. */
export function resultsIn(
  { results }: ServerConformance,
  group: string,
): readonly CaseResult[] {
  return results.filter(({ id }) => id.startsWith(`${group}.`));
}

/** How many of some cases were not failed: `45`, `42/45`, or nothing without cases. */
export function passedOf(results: readonly CaseResult[]): string {
  const { failed } = countVerdicts(results);
  if (results.length === 0) return "";
  return failed === 0 ? String(results.length) : `${results.length - failed}/${results.length}`;
}

/** Library and runtime of a server. */
export function versionsOf({ library, runtime }: ServerConformance): string {
  return [library, runtime].filter((part) => part !== undefined).join(", ");
}

/** What a server does to what is measured, with the cases that show it; empty if nothing. */
export function integrityWords(result: ConformanceResult, server: ServerConformance): string {
  return integrityOf(result.cases, server.results)
    .map(({ what, cases }) => {
      const [first, ...others] = cases;
      return `${what} (${first}${others.length === 0 ? "" : ` and ${others.length} more`})`;
    }).join(", ");
}

/** A row for each server: how many cases of each group it passed, and how many have each verdict. */
export function serversTable(result: ConformanceResult): Table {
  const ofGroups = result.groups.map(({ id, title }): Field<ServerConformance> => [
    { title: `${id} ${title}`, kind: "text" },
    (server) => {
      const own = resultsIn(server, id);
      const { failed } = countVerdicts(own);
      return { ...words(passedOf(own)), ...(failed > 0 && { mark: "failed" as const }) };
    },
  ]);
  const counted = countFields<ServerConformance>(Object.fromEntries(
    SHOWN_VERDICTS.map((verdict) => [
      VERDICT_WORDS[verdict],
      ({ results }) => countVerdicts(results)[verdict],
    ]),
  ));
  const seconds: Column = { title: "Time", unit: "s", kind: "number", decimals: 1 };
  return tableOf<ServerConformance>(
    {
      id: "conformance-servers",
      title: `${theirName(result)}s by group`,
      note: "Of each group the cases that were not failed, and of how many if some were.",
      keyColumns: 1,
      empty: `No ${theirName(result).toLowerCase()} was tried.`,
    },
    result.servers,
    [
      ...textFields<ServerConformance>({ [theirName(result)]: ({ title }) => title }),
      ...counted,
      ...ofGroups,
      [seconds, ({ durationMs }) => ({ value: durationMs / 1000 })],
      ...textFields<ServerConformance>({
        "Not to be trusted, as it": (server) => integrityWords(result, server),
        Version: versionsOf,
        Remarks: remarksOn,
      }),
    ],
  );
}

/** What is to be known of how a server was tried. */
export function remarksOn({ onlyLayer, givenUp, restarts }: ServerConformance): string {
  const [first, ...others] = restarts;
  return [
    onlyLayer,
    first === undefined
      ? undefined
      : `started again after case ${first.id}${
        others.length === 0 ? "" : ` and ${others.length} more`
      }: ${first.reason}`,
    givenUp === undefined ? undefined : `given up: ${givenUp}`,
  ].filter((part) => part !== undefined).join("; ");
}

/** A row for each case: its verdict at each server. */
export function casesTable(result: ConformanceResult): Table {
  const found = new Map(result.servers.map((server) => [
    server,
    new Map(server.results.map((one) => [one.id, one])),
  ]));
  return tableOf(
    {
      id: "conformance-cases",
      title: `Cases by ${theirName(result).toLowerCase()}`,
      keyColumns: 2,
      empty: "No case was run.",
    },
    result.cases,
    [
      ...textFields<(typeof result.cases)[number]>({
        Case: ({ id }) => id,
        What: ({ title }) => title,
        Section: ({ section }) => section,
      }),
      ...result.servers.map((server): Field<(typeof result.cases)[number]> => [
        { title: server.title, kind: "text" },
        ({ id }) => {
          const verdict = found.get(server)!.get(id)?.verdict;
          if (verdict === undefined) return { value: null };
          return {
            value: VERDICT_WORDS[verdict],
            ...(verdict === "failed" && { mark: "failed" as const }),
          };
        },
      ]),
    ],
  );
}

/** One result with the server and the case that it is of. */
export interface Told {
  readonly server: ServerConformance;
  readonly one: ConformanceResult["cases"][number];
  readonly result: CaseResult;
}

/** All results with what they are of, by server. */
export function told({ servers, cases }: ConformanceResult): readonly Told[] {
  const known = new Map(cases.map((one) => [one.id, one]));
  return servers.flatMap((server) =>
    server.results.map((result) => ({ server, one: known.get(result.id)!, result }))
  );
}

/** A row for each result: what should have come, and what came. */
export function resultsTable(
  result: ConformanceResult,
  verdicts: readonly Verdict[] = SHOWN_VERDICTS,
): Table {
  const ms: Column = { title: "Time", unit: "ms", kind: "number", decimals: 1 };
  return tableOf<Told>(
    { id: "conformance-results", title: "Results", keyColumns: 2, empty: "None." },
    told(result).filter((one) => verdicts.includes(one.result.verdict)),
    [
      ...textFields<Told>({
        [theirName(result)]: ({ server }) => server.title,
        Version: ({ server }) => versionsOf(server),
        Case: ({ one }) => one.id,
        What: ({ one }) => one.title,
        Section: ({ one }) => one.section,
        Verdict: ({ result }) => VERDICT_WORDS[result.verdict],
        Expected: ({ result }) => result.expected,
        Came: ({ result }) => result.came,
        "Not to be trusted, as it": ({ one, result }) =>
          result.breaksIntegrity ? one.integrity : undefined,
      }),
      [ms, ({ result }) => ({ value: result.durationMs })],
    ],
  );
}
