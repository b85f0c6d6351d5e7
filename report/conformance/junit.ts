/** A run of the conformance suite in the XML of JUnit, which every CI system reads. */

import { type ConformanceResult, countVerdicts } from "../../conformance/result.ts";
import { type Markup, markup } from "../html/markup.ts";
import { oneLine } from "../summary/text.ts";
import { type Told, told, VERDICT_WORDS, versionsOf } from "./tables.ts";

/** A suite for each server; unimplemented cases are skipped, and what is not OK says why. */
export function renderJunit(result: ConformanceResult): string {
  const all = Map.groupBy(told(result), ({ server }) => server);
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="wsmark conformance">
${
    result.servers.map((server) => {
      const { failed, unimplemented } = countVerdicts(server.results);
      return markup`<testsuite name="${
        oneLine(server.title)
      }" tests="${server.results.length}" failures="${failed}" skipped="${unimplemented}" time="${
        seconds(server.durationMs)
      }" timestamp="${result.startedAt.slice(0, 19)}">
<properties><property name="version" value="${oneLine(versionsOf(server))}"/></properties>
${(all.get(server) ?? []).map(caseMarkup)}</testsuite>
`;
    })
  }</testsuites>
`.markup;
}

function caseMarkup({ server, one, result }: Told): Markup {
  const { verdict, expected, came, durationMs } = result;
  const group = one.id.split(".")[0]!;
  const said = oneLine(`expected ${expected}; came ${came}`);
  return markup`<testcase classname="${oneLine(server.id)}.${group}" name="${one.id} ${
    oneLine(one.title)
  }" time="${seconds(durationMs)}">${
    verdict === "failed"
      ? markup`<failure message="${said}">${one.section}</failure>`
      : verdict === "unimplemented"
      ? markup`<skipped message="${said}"/>`
      : verdict !== "ok" && markup`<system-out>${VERDICT_WORDS[verdict]}: ${said}</system-out>`
  }</testcase>
`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
