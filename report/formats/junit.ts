/**
 * A run in the XML of JUnit: what was asserted of it, and whether each server answered each case rightly. A case fails if
 * replies were wrong, and is an error if a trial failed.
 */

import type { Result, ServerDescription } from "../../measure/model/result.ts";
import type { Check, RenderedFile } from "../format.ts";
import { junitXml, type TestCase, type TestSuite } from "../junit.ts";
import type { Standing } from "../summary/standings.ts";
import { capitalized, counted } from "../summary/text.ts";
import { type CaseStandings, caseStandings } from "./every_figure.ts";
import { placeName } from "./sound.ts";

export function render(result: Result, checks: readonly Check[] = []): RenderedFile[] {
  const places = caseStandings(result);
  const suites = [
    ...(checks.length === 0 ? [] : [assertions(result, checks)]),
    ...result.servers.map((server, index) =>
      suiteOf(result, server, places.map((place) => ({ place, standing: place.standings[index]! })))
    ),
  ];
  return [{ path: "junit.xml", content: junitXml("wsmark", suites) }];
}

function assertions({ startedAt }: Result, checks: readonly Check[]): TestSuite {
  return {
    name: "Assertions",
    startedAt,
    cases: checks.map((check): TestCase => ({
      classname: `assertions.${check.server}`,
      name: `${check.assertion}: ${placeName(check.server, check.scenario, check.case)}`,
      outcome: check.holds ? "passed" : "failure",
      said: check.said,
    })),
  };
}

interface Tried {
  readonly place: CaseStandings;
  readonly standing: Standing;
}

function suiteOf(
  { startedAt }: Result,
  server: ServerDescription,
  tried: readonly Tried[],
): TestSuite {
  const { library, runtime } = server;
  const cases = tried.map(({ place, standing }) => testCase(place, standing));
  return {
    name: server.title,
    durationMs: cases.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0),
    startedAt,
    properties: { ...(library && { library }), ...(runtime && { runtime }) },
    cases: [...conformance(server), ...cases],
  };
}

/** A server whose measurements cannot be trusted fails; what else it does not implement does not matter here. */
function conformance({ id, conformance }: ServerDescription): TestCase[] {
  if (conformance === undefined) return [];
  const { cases, failed, integrity } = conformance;
  const found = `${failed} of ${counted(cases, "case")} failed`;
  return [{
    classname: `${id}.conformance`,
    name: "RFC 6455: measurements can be trusted",
    outcome: integrity.length === 0 ? "passed" : "failure",
    said: integrity.length === 0
      ? found
      : `it ${integrity.map(({ what, cases }) => `${what} (${cases.join(", ")})`).join(", ")}`,
    ...(integrity.length > 0 && { details: found }),
  }];
}

function testCase({ scenario, case: one }: CaseStandings, standing: Standing): TestCase {
  const { server, trials, completed, mark, reason } = standing;
  const failed = trials.filter((trial) => trial.state === "failed");
  const base = {
    classname: `${server.id}.${scenario.id}`,
    name: [scenario.title, one.title].filter((part) => part !== "").join(", "),
    durationMs: completed.reduce((sum, { phases }) => sum + phases.windowMs, 0),
  };
  if (trials.length === 0) {
    return { ...base, outcome: "skipped", said: reason ?? "no trial of this case has run" };
  }
  if (mark === "wrong") return { ...base, outcome: "failure", said: capitalized(reason!) };
  if (failed.length > 0) {
    return {
      ...base,
      outcome: "error",
      said: `${failed.length} of ${counted(trials.length, "trial")} failed: ${failed[0]!.reason}`,
    };
  }
  return { ...base, outcome: "passed" };
}
