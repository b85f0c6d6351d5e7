/**
 * The report as Markdown of GitHub: what was found, how sure that is, what it does not show, and what follows.
 *
 * @module
 */

import type { Fact, Result } from "../../measure/model/result.ts";
import { detailOf } from "../summary/detail.ts";
import {
  discuss,
  type Discussion,
  type Recommendation,
  type ScenarioDiscussion,
} from "../summary/discussion.ts";
import { failures, findings } from "../summary/findings.ts";
import type { RenderedFile } from "../mod.ts";
import { evidence, turned } from "./scenario.ts";
import { leftOutBlocks, studyBlocks } from "./study.ts";
import { renderTable } from "./table.ts";
import { plain } from "./text.ts";
import { aboutScenario, placesOf } from "../summary/names.ts";
import { plotsOf } from "../plots/mod.ts";
import {
  clientsTable,
  hardwareTable,
  leftOutTables,
  runTable,
  serversTable,
} from "../tables/run_tables.ts";
import { slowReadersTable } from "../summary/slow_readers.ts";
import {
  bestNote,
  betterInWords,
  CEILING_NOTE,
  clientNote,
  type Entry,
  FIGURE_NOTE,
  summarize,
} from "../summary/summary.ts";
import { formatCell, type Table, textColumns, words } from "../tables/table.ts";
import { formatTime, oneLine } from "../summary/text.ts";
import { verdictsTable } from "../tables/verdict_tables.ts";

/** The file of the report. */
export function render(result: Result): RenderedFile[] {
  return [{ path: "report.md", content: renderMarkdown(result) }];
}

/**
 * The report of a run as Markdown. Pictures are referenced as `plots/ID.svg`, beside the file.
 *
 * @returns text that ends with a line break; the same result gives the same text
 */
export function renderMarkdown(result: Result): string {
  const discussion = discuss(result);
  const blocks = [
    `# WebSocket servers compared, ${plain(formatTime(result.startedAt).slice(0, 10))}`,
    discussion.overview.map(plain).join(" "),
    machineLine(result),
    ...recommendationBlocks(discussion),
    ...summaryBlocks(result),
    ...leftOutBlocks(result),
    ...studyBlocks(result),
    "## Results by scenario",
    ...discussion.scenarios.flatMap((one) => scenarioBlocks(result, one)),
    "## What the run does not show",
    list(discussion.limits),
    ...warningBlocks(result),
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
    ]
      .flatMap((table) => [`### ${plain(table.title)}`, renderTable(table)]),
  ];
  return `${blocks.map((block) => block.trimEnd()).filter((block) => block !== "").join("\n\n")}\n`;
}

function list(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${plain(sentence)}`).join("\n");
}

/** The facts that a reader asks for first. */
const FIRST_FACTS: readonly (readonly [group: string, name: string])[] = [
  ["Processor", "Model"],
  ["Processor", "Logical CPUs available"],
  ["Memory", "Total"],
  ["Operating system", "Name"],
  ["Operating system", "Kernel"],
  ["Software", "Deno"],
];

function machineLine(result: Result): string {
  const facts = FIRST_FACTS.flatMap(([group, name]) => {
    const fact = result.machine.find((one) => one.group === group && one.name === name);
    return fact === undefined || typeof fact.value === "object" ? [] : [inWords(fact)];
  });
  const { command } = result.settings;
  return [
    ...(facts.length === 0 ? [] : [`Machine: ${facts.map(plain).join(", ")}.`]),
    `Arguments: ${command === "" ? "none" : plain(command)}. wsmark ${
      plain(result.wsmark)
    }, started ${plain(formatTime(result.startedAt))} UTC.`,
  ].join(" ");
}

function inWords({ group, name, value, unit }: Fact): string {
  if (unit === "bytes") return `${((value as number) / 2 ** 30).toFixed(1)} GiB of memory`;
  if (name === "Logical CPUs available") return `${value} logical CPUs`;
  return group === "Software" || name === "Kernel" ? `${name} ${value}` : String(value);
}

function recommendationBlocks({ recommendations }: Discussion): string[] {
  return [
    "## Which server for which use",
    "A server is named only where the verdicts show it ahead of every other one in at least one of the cases that count, and behind it in none. Servers that failed or answered wrongly in such a case are left out.",
    ...recommendations.map(recommendationBlock),
  ];
}

function recommendationBlock(
  { title, server, answer, reasons, basis, caveats }: Recommendation,
): string {
  const said = server === undefined ? plain(answer) : `**${plain(server.title)}.**`;
  const rest = [...(basis === undefined ? [] : [basis]), ...reasons, ...caveats];
  return [`### ${plain(title)}`, "", said, ...(rest.length === 0 ? [] : ["", list(rest)])].join(
    "\n",
  );
}

function summaryBlocks(result: Result): string[] {
  const lines = summarize(result);
  if (lines.length === 0) return ["## Summary", "The run has no cases."];
  const hasCeiling = lines.some(({ ceiling }) => ceiling.value !== null);
  const table: Table = {
    id: "summary",
    title: "Summary",
    note: [
      FIGURE_NOTE,
      legendOf(lines.flatMap(({ primary }) => primary.entries)),
      clientNote(result),
    ]
      .concat(hasCeiling ? [CEILING_NOTE] : []).filter((part) => part !== "").join(" "),
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

/** `112,396, −29 % (−33…−15)`. */
function withDetail(entry: Entry): string | null {
  if (entry.cell.value === null) return null;
  const figure = formatCell(entry.cell, { title: "", kind: "number" });
  const detail = detailOf(entry, true);
  return detail === undefined ? figure : `${figure} ${detail.text}`;
}

/** What stands behind the figures, as far as it is there. */
function legendOf(entries: readonly Entry[]): string {
  const kinds = new Set(entries.map((entry) => detailOf(entry, true)?.kind));
  const baseline = oneLine(entries.find(({ verdict }) => verdict)?.verdict?.baseline.title ?? "");
  const isCompared = kinds.has("better") || kinds.has("worse") || kinds.has("different");
  return [
    ...(kinds.has("precision") ? ["± half the 95 % interval of the rounds' median."] : []),
    ...(isCompared
      ? [`+ − ×: the median of the rounds' changes against ${baseline}, with its 95 % interval.`]
      : []),
    ...(kinds.has("level") ? [`≈ no difference from ${baseline} shown.`] : []),
  ].join(" ");
}

function pictures(result: Result, section: string): string[] {
  return plotsOf(result).filter((plot) => plot.section === section).map(({ id, title, alt }) =>
    `**${plain(title)}**\n\n![${plain(alt)}](plots/${encodeURIComponent(id)}.svg)`
  );
}

function scenarioBlocks(
  result: Result,
  { scenario, found, certainty, verdicts }: ScenarioDiscussion,
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

function warningBlocks(result: Result): string[] {
  const warnings = findings(result).map(({ finding, advice, trials }) =>
    `${finding.replace(/\.$/, "")}${placesOf(result, trials)}. ${advice}`
  );
  const failed = failures(result).map(({ reason, trials }) =>
    `${reason}${placesOf(result, trials)}`
  );
  return [
    "## Warnings",
    warnings.length === 0 ? "There are no warnings." : list(warnings),
    ...(failed.length === 0 ? [] : ["### Failed trials", list(failed)]),
  ];
}
