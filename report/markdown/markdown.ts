/** The report as GitHub Markdown: what was found, how certain it is, and what it does not show. */

import type { Result } from "../../measure/model/result.ts";
import type { RenderedFile } from "../format.ts";
import { plotsOf } from "../plots/mod.ts";
import { bestNote, betterInWords, detailLegend } from "../summary/lines.ts";
import { aboutScenario } from "../summary/names.ts";
import type { Recommendation } from "../summary/recommendations.ts";
import { slowReadersTable } from "../summary/slow_readers.ts";
import { type SaidClaim, studyFigures } from "../summary/study.ts";
import { type ScenarioSummary, type Summary, summaryOf } from "../summary/summary.ts";
import { formatTime, oneLine } from "../summary/text.ts";
import {
  clientsTable,
  hardwareTable,
  leftOutTables,
  runTable,
  serversTable,
} from "../tables/run_tables.ts";
import { type Table, textColumns, words } from "../tables/table.ts";
import { verdictsTable } from "../tables/verdict_tables.ts";
import { answerBlocks } from "./answer.ts";
import { evidence, turned } from "./scenario.ts";
import { machineLine, withDetail } from "./phrases.ts";
import { renderSummary } from "./summary.ts";
import { plain, renderTable } from "./table.ts";

export function render(result: Result): RenderedFile[] {
  return [
    { path: "summary.md", content: renderSummary(result) },
    { path: "report.md", content: renderMarkdown(result) },
  ];
}

/** The report of a run as Markdown, with pictures at `plots/ID.svg`; the same result gives the same text. */
export function renderMarkdown(result: Result): string {
  const summary = summaryOf(result);
  const blocks = [
    `# WebSocket servers compared, ${plain(formatTime(result.startedAt).slice(0, 10))}`,
    ...answerBlocks(summary),
    summary.overview.map(plain).join(" "),
    machineLine(result),
    ...recommendationBlocks(summary),
    ...summaryBlocks(result, summary),
    ...leftOutBlocks(summary),
    ...studyBlocks(result, summary),
    "## Results by scenario",
    ...summary.scenarios.flatMap((one) => scenarioBlocks(result, one)),
    "## What the run does not show",
    list(summary.limits),
    ...warningBlocks(summary),
    "## Method",
    `${
      plain(verdictsTable(result).note!)
    } Two servers of which neither is the baseline are compared in the same way, ` +
    "with the one as baseline that is named first above.",
    "## Machine and settings",
    ...[
      hardwareTable(result),
      runTable(result),
      serversTable(result),
      ...leftOutTables(result),
      clientsTable(result),
    ].flatMap((table) => [`### ${plain(table.title)}`, renderTable(table)]),
  ];
  return `${blocks.map((block) => block.trimEnd()).filter((block) => block !== "").join("\n\n")}\n`;
}

function list(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${plain(sentence)}`).join("\n");
}

function recommendationBlocks({ recommendations }: Summary): string[] {
  return [
    "## Which server for which use",
    "A server is recommended only where the verdicts show it ahead of every other one in at least one of the cases that count, and behind it in none. One whose tail is clearly half as long again as another's, whose slowest connection gets less than half, or that leaves connections without a reply, is not recommended, however good its mean is. Servers that failed or answered wrongly in such a case are left out.",
    ...recommendations.map(recommendationBlock),
  ];
}

function recommendationBlock(
  { title, sure, answer, reasons, basis, caveats }: Recommendation,
): string {
  const said = sure === "sure" ? `**${plain(answer)}**` : plain(answer);
  const rest = [...(basis === undefined ? [] : [basis]), ...reasons, ...caveats];
  return [`### ${plain(title)}`, "", said, ...(rest.length === 0 ? [] : ["", list(rest)])].join(
    "\n",
  );
}

function summaryBlocks(result: Result, { lines, hasCeiling, notes }: Summary): string[] {
  if (lines.length === 0) return ["## Summary", "The run has no cases."];
  const [about, ...others] = notes;
  const legend = detailLegend(
    lines.flatMap(({ primary }) => primary.entries),
    ", with its 95 % interval",
  );
  const table: Table = {
    id: "summary",
    title: "Summary",
    note: [about, ...legend, ...others].join(" "),
    bestNote: bestNote(result),
    columns: [
      ...textColumns("Scenario", "Case", "Metric"),
      ...result.servers.map(({ title }) => ({ title: oneLine(title), kind: "number" } as const)),
      ...(hasCeiling ? [{ title: "Ceiling", kind: "number" } as const] : []),
    ],
    keyColumns: 2,
    rows: lines.map(({ scenario, case: one, primary: { metric, entries }, ceiling }) => [
      words(scenario.title),
      words(one.title),
      words(
        `${metric.title}${metric.unit === "" ? "" : `, ${metric.unit}`} (${
          betterInWords(metric.better)
        })`,
      ),
      ...entries.map((entry) => ({ ...entry.cell, value: withDetail(entry) })),
      ...(hasCeiling ? [ceiling] : []),
    ]),
    empty: "",
  };
  return ["## Summary", renderTable(table), ...pictures(result, "summary")];
}

/** The servers that could not be started, in a line. */
export function leftOutBlocks({ leftOut }: Summary): string[] {
  if (leftOut.length === 0) return [];
  const named = leftOut.map(({ title, reason }) => `${plain(title)} (${plain(reason)})`);
  return [`Left out: ${named.join("; ")}.`];
}

/** The published claims and their verdicts. */
export function studyBlocks(result: Result, { study }: Summary): string[] {
  if (study === undefined) return [];
  const { title, about, claims, note } = study;
  return [
    `## Study: ${plain(title)}`,
    about.map(plain).join(" "),
    ...claims.map(claimBlock),
    claims.length === 0 ? plain(note) : renderTable(studyFigures(result)),
  ];
}

function claimBlock({ verdict, text, found, figures, remark }: SaidClaim, index: number): string {
  const rest = [found, figures, remark].filter((one) => one !== undefined);
  return `**Claim ${index + 1}: ${plain(text)}** (${verdict})\n\n${list(rest)}`;
}

function pictures(result: Result, section: string): string[] {
  return plotsOf(result).filter((plot) => plot.section === section).map(({ id, title, alt }) =>
    `**${plain(title)}**\n\n![${plain(alt)}](plots/${encodeURIComponent(id)}.svg)`
  );
}

function scenarioBlocks(
  result: Result,
  { scenario, found, certainty, verdicts }: ScenarioSummary,
): string[] {
  const policies = slowReadersTable(result, scenario);
  return [
    `### ${plain(scenario.title)}`,
    `_${plain(aboutScenario(scenario))}_`,
    list(found),
    ...pictures(result, scenario.id),
    renderTable(turned(result, scenario)),
    ...(policies === undefined ? [] : [renderTable(policies)]),
    "How sure:",
    list(certainty),
    ...(verdicts.some(({ judgement }) => !("absent" in judgement))
      ? [renderTable(evidence(verdicts))]
      : []),
  ];
}

function warningBlocks({ warnings, failures }: Summary): string[] {
  const said = warnings.map(({ finding, advice, places }) =>
    `${finding.replace(/\.$/, "")}${places}. ${advice}`
  );
  const failed = failures.map(({ reason, places }) => `${reason}${places}`);
  return [
    "## Warnings",
    said.length === 0 ? "There are no warnings." : list(said),
    ...(failed.length === 0 ? [] : ["### Failed trials", list(failed)]),
  ];
}
