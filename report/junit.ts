/**
 * The XML of JUnit, which every CI system reads: suites of test cases, in the order and with the attributes that the
 * schema of Jenkins' xUnit plugin has (junit-10.xsd).
 */

import { type Markup, markup } from "./html/markup.ts";
import { oneLine } from "./summary/text.ts";

/** What became of a test case: `failure` says what is wrong, `error` why there is no answer, `skipped` why it was not run. */
export type TestOutcome = "passed" | "failure" | "error" | "skipped";

export interface TestCase {
  /** Its group, with points: CI systems show them as folders. */
  readonly classname: string;
  readonly name: string;
  /** In milliseconds; absent if that means nothing. */
  readonly durationMs?: number;
  readonly outcome: TestOutcome;
  /** What is to be said of it; needed unless it passed. */
  readonly said?: string;
  /** More of it, below that. */
  readonly details?: string;
}

export interface TestSuite {
  readonly name: string;
  readonly durationMs?: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly properties?: Readonly<Record<string, string>>;
  readonly cases: readonly TestCase[];
}

/** The file. */
export function junitXml(name: string, suites: readonly TestSuite[]): string {
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${oneLine(name)}">
${suites.map(suiteMarkup)}</testsuites>
`.markup;
}

function suiteMarkup(
  { name, cases, durationMs, startedAt, properties = {} }: TestSuite,
): Markup {
  const count = (which: TestOutcome): number =>
    cases.filter(({ outcome }) => outcome === which).length;
  const known = Object.entries(properties);
  return markup`<testsuite name="${oneLine(name)}" tests="${cases.length}" failures="${
    count("failure")
  }" errors="${count("error")}" skipped="${count("skipped")}"${timeMarkup(durationMs)} timestamp="${
    startedAt.slice(0, 19)
  }">
${
    known.length > 0 && markup`<properties>${
      known.map(([name, value]) =>
        markup`<property name="${oneLine(name)}" value="${oneLine(value)}"/>`
      )
    }</properties>
`
  }${cases.map(caseMarkup)}</testsuite>
`;
}

function caseMarkup(
  { classname, name, durationMs, outcome, said = "", details }: TestCase,
): Markup {
  const message = oneLine(said);
  return markup`<testcase classname="${oneLine(classname)}" name="${oneLine(name)}"${
    timeMarkup(durationMs)
  }>${
    outcome === "failure"
      ? markup`<failure message="${message}">${details}</failure>`
      : outcome === "error"
      ? markup`<error message="${message}">${details}</error>`
      : outcome === "skipped"
      ? markup`<skipped message="${message}"/>`
      : message !== "" && markup`<system-out>${message}</system-out>`
  }</testcase>
`;
}

/** Seconds, as an attribute. */
function timeMarkup(ms: number | undefined): Markup | undefined {
  return ms === undefined ? undefined : markup` time="${(ms / 1000).toFixed(3)}"`;
}
