/** A run of the conformance suite in the XML of JUnit. */

import type { ConformanceResult } from "../../conformance/result.ts";
import { junitXml, type TestCase, type TestOutcome } from "../junit.ts";
import { type Told, told, VERDICT_WORDS, versionsOf } from "./tables.ts";

/** A suite for each server; unimplemented cases are skipped, and what is not OK says why. */
export function renderJunit(result: ConformanceResult): string {
  const all = Map.groupBy(told(result), ({ server }) => server);
  return junitXml(
    "wsmark conformance",
    result.servers.map((server) => ({
      name: server.title,
      durationMs: server.durationMs,
      startedAt: result.startedAt,
      properties: { version: versionsOf(server) },
      cases: (all.get(server) ?? []).map(testCase),
    })),
  );
}

const OUTCOMES: { readonly [verdict: string]: TestOutcome } = {
  failed: "failure",
  unimplemented: "skipped",
};

function testCase({ server, one, result }: Told): TestCase {
  const { verdict, expected, came, durationMs } = result;
  const outcome = OUTCOMES[verdict] ?? "passed";
  const said = `expected ${expected}; came ${came}`;
  return {
    classname: `${server.id}.${one.id.split(".")[0]!}`,
    name: `${one.id} ${one.title}`,
    durationMs,
    outcome,
    ...(verdict !== "ok" && {
      said: outcome === "passed" ? `${VERDICT_WORDS[verdict]}: ${said}` : said,
    }),
    ...(verdict === "failed" && { details: one.section }),
  };
}
