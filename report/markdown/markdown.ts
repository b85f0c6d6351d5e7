/** The report as GitHub Markdown: what was found, how certain it is, and what it does not show. */

import type { Result } from "../../measure/model/result.ts";
import type { RenderedFile } from "../format.ts";
import { plotsOf } from "../plots/mod.ts";
import { detailLegend } from "../summary/lines.ts";
import { aboutScenario, titleOfRun } from "../summary/names.ts";
import { differenceSentences, EXPLAINED_NOTE } from "../summary/explained/explained.ts";
import type { Recommendation } from "../summary/answer/recommendations.ts";
import { slowReadersTable } from "../summary/slow_readers.ts";
import { type SaidClaim, studyFigures } from "../summary/study.ts";
import { type ScenarioSummary, type Summary, summaryOf } from "../summary/summary.ts";
import { counted, formatTime } from "../summary/text.ts";
import {
  clientsTable,
  hardwareTable,
  leftOutTables,
  runTable,
  serversTable,
} from "../tables/run_tables.ts";
import { hasMany } from "../tables/field_table.ts";
import type { Table } from "../tables/table.ts";
import { agentsSection } from "../tables/agents_tables.ts";
import { explainSections } from "../tables/explain_tables.ts";
import { verdictsTable } from "../tables/verdict_tables.ts";
import { answerBlocks } from "./answer.ts";
import { machineLine, MOST_COLUMNS } from "./phrases.ts";
import { type Block, fitting } from "./room.ts";
import { evidence, figuresTable, firstMetrics, outcomes } from "./scenario.ts";
import { renderSummary } from "./summary.ts";
import { cpuDown, serversAcross, serversDown } from "./summary_table.ts";
import { folded, plain, renderTable } from "./table.ts";

export function render(result: Result): RenderedFile[] {
  return [
    { path: "summary.md", content: renderSummary(result) },
    { path: "report.md", content: renderMarkdown(result) },
  ];
}

/**
 * The report of a run as Markdown, with pictures at `plots/ID.svg`; the same result gives the same text. It is short
 * enough for GitHub: what does not fit is left to the other reports, and a sentence says so.
 */
export function renderMarkdown(result: Result): string {
  const summary = summaryOf(result);
  const first = [
    `# ${plain(titleOfRun(result))}, ${plain(formatTime(result.startedAt).slice(0, 10))}`,
    ...answerBlocks(summary),
    summary.overview.map(plain).join(" "),
    machineLine(result),
  ];
  const blocks = [
    ...first,
    ...recommendationBlocks(summary),
    ...summaryBlocks(result, summary),
    ...leftOutBlocks(summary),
    ...studyBlocks(result, summary),
    "## Results by scenario",
    ...summary.scenarios.flatMap((one) => scenarioBlocks(result, one)),
    ...explainBlocks(result),
    "## What the run does not show",
    list(summary.limits),
    ...warningBlocks(summary),
    ...(summary.isComparison
      ? [
        "## Method",
        `${
          plain(verdictsTable(result).note!)
        } Two servers of which neither is the baseline are compared in the same way, ` +
        "with the one as baseline that is named first above.",
      ]
      : []),
    ...machineBlocks(result),
  ];
  return fitting(blocks, first.length);
}

/** What the servers did for each message, a table for each case. */
function explainBlocks(result: Result): Block[] {
  return explainSections(result).flatMap(({ title, about, tables }): Block[] => {
    const heading = `## ${plain(title)}\n\n${plain(about ?? "")}`;
    return [
      { part: "explanations", text: heading },
      ...tables.map((table): Block => ({
        part: "explanations",
        text: foldedTable(table.title, table),
      })),
    ];
  });
}

function machineBlocks(result: Result): Block[] {
  const settings = [
    runTable(result),
    serversTable(result),
    ...leftOutTables(result),
    clientsTable(result),
  ];
  const agents = agentsSection(result).flatMap(({ tables }) => tables);
  const heading = "## Machine and settings";
  const hardware = hardwareTable(result);
  return [
    {
      part: "hardware",
      text: `${heading}\n\n${foldedTable(hardware.title, hardware)}`,
      short: { part: "settings", text: heading },
    },
    ...[...agents, ...settings].map((table) => ({
      part: "settings",
      text: foldedTable(table.title, table),
    } as const)),
  ];
}

function foldedTable(title: string, table: Table): string {
  return folded(`${title}: ${counted(table.rows.length, "row")}`, renderTable(table));
}

function list(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${plain(sentence)}`).join("\n");
}

function recommendationBlocks({ recommendations, isComparison }: Summary): Block[] {
  if (!isComparison) return [];
  return [
    "## Which server for which use",
    "A server is recommended only where the verdicts show it ahead of every other one in at least one of the cases that count, and behind it in none. One whose tail is clearly half as long again as another's, whose slowest connection gets less than half, or that leaves connections without a reply, is not recommended, however good its mean is. Servers that failed or answered wrongly in such a case are left out.",
    ...recommendations.flatMap(recommendationBlock),
  ];
}

function recommendationBlock(
  { title, sure, answer, reasons, basis, caveats }: Recommendation,
): Block[] {
  const said = sure === "sure" ? `**${plain(answer)}**` : plain(answer);
  const about = basis === undefined ? [] : [basis];
  return [
    `### ${plain(title)}`,
    said,
    {
      part: "reasons",
      text: list([...about, ...reasons, ...caveats]),
      short: list([...about, ...caveats]),
    },
  ];
}

function summaryBlocks(result: Result, { lines, hasCeiling, notes }: Summary): Block[] {
  if (lines.length === 0) return ["## Summary", "The run has no cases."];
  const [about, ...others] = notes;
  const entries = lines.flatMap(({ primary }) => primary.entries);
  const tableWith = (withIntervals: boolean): string => {
    const legend = detailLegend(entries, withIntervals ? ", with its 95 % interval" : "");
    const table = result.servers.length > MOST_COLUMNS
      ? serversDown(result, lines, withIntervals)
      : serversAcross(result, lines, hasCeiling, withIntervals);
    return renderTable({ ...table, note: [about, ...legend, ...others].join(" ") });
  };
  // The tables of the scenarios, which have it, too, may not fit.
  const cpu = hasMany(result) ? cpuDown(result, lines) : undefined;
  return [
    "## Summary",
    { part: "intervals", text: tableWith(true), short: tableWith(false) },
    ...(cpu === undefined ? [] : ["### CPU time", renderTable(cpu)]),
    ...pictures(result, "summary"),
  ];
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

function pictures(result: Result, section: string): Block[] {
  return plotsOf(result).filter((plot) => plot.section === section).map(({ id, title, alt }) => {
    const picture = (described: string): string =>
      `**${plain(title)}**\n\n![${plain(described)}](plots/${encodeURIComponent(id)}.svg)`;
    return { part: "descriptions", text: picture(alt), short: picture(title) };
  });
}

/** Longer tables are folded. */
const MOST_ROWS = 60;

function scenarioBlocks(
  result: Result,
  { scenario, found, certainty, verdicts, differences }: ScenarioSummary,
): Block[] {
  const policies = slowReadersTable(result, scenario);
  const inShort = outcomes(verdicts);
  const figures = (table: Table): string =>
    table.rows.length > MOST_ROWS ? foldedTable("Every figure", table) : renderTable(table);
  return [
    `### ${plain(scenario.title)}`,
    `_${plain(aboutScenario(scenario))}_`,
    {
      part: "found",
      text: list(found),
      short: list(inShort.length < found.length ? inShort : found),
    },
    ...(differences.length === 0 ? [] : [
      {
        part: "differences",
        text: `What goes with it:\n\n${list(differenceSentences(differences, scenario))}\n\n_${
          plain(EXPLAINED_NOTE)
        }_`,
      } as const,
    ]),
    ...pictures(result, scenario.id),
    {
      part: "metrics",
      text: figures(figuresTable(result, scenario)),
      short: { part: "tables", text: figures(figuresTable(result, firstMetrics(scenario))) },
    },
    ...(policies === undefined ? [] : [renderTable(policies)]),
    "How sure:",
    list(certainty),
    ...(verdicts.some(({ judgement }) => !("absent" in judgement))
      ? [
        {
          part: "evidence",
          text: foldedTable("The verdicts in figures", evidence(verdicts)),
        } as const,
      ]
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
    said.length === 0
      ? "There are no warnings."
      : folded(counted(said.length, "warning"), list(said)),
    ...(failed.length === 0 ? [] : ["### Failed trials", list(failed)]),
  ];
}
