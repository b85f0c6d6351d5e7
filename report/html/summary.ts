/**
 * The summary of the page: a finding for each server, then the servers side by side with marks, intervals and changes.
 *
 * @module
 */

import type { Result } from "../../measure/model/result.ts";
import { verdictsOf } from "../../measure/judge/verdicts.ts";
import { detailOf } from "../summary/detail.ts";
import { SIGNS } from "../terminal/screen.ts";
import {
  bestNote,
  betterInWords,
  CEILING_NOTE,
  clientNote,
  type Entry,
  FIGURE_NOTE,
  summarize,
  type SummaryFigures,
  type SummaryLine,
} from "../summary/summary.ts";
import { type Cell, type Footnotes, footnotesOf } from "../tables/table.ts";
import { formatNumber, oneLine } from "../summary/text.ts";
import { type Group, obstacle, type ServerFinding, serverFindings } from "./claims.ts";
import { anchor, type Content, type Markup, markup } from "./markup.ts";
import { notes, reference, scrolled, sign } from "./table.ts";

/** What was found of each server, in plain words. */
export function findingsMarkup(result: Result): Markup {
  const reason = obstacle(result);
  if (reason !== undefined) return markup`<p>${reason}</p>`;
  return markup`<ul class="findings">${serverFindings(result).map(findingMarkup)}</ul>
<p class="muted">A difference is claimed only where the statistics show one (see <a href="#section-methods">the methods</a>);
“no difference shown” does not mean that there is none. <a href="#section-verdicts">All verdicts</a></p>`;
}

function findingMarkup({ server, isBaseline, summary, groups }: ServerFinding): Markup {
  return markup`<li${isBaseline && markup` class="baseline"`}><h3>${oneLine(server.title)}</h3>
<p>${summary}</p>${groups.length > 0 && markup`<dl>${groups.map(groupMarkup)}</dl>`}</li>
`;
}

function groupMarkup({ outcome, scenarios }: Group): Markup {
  const items = scenarios.map(({ scenario, of }, index) =>
    markup`${index > 0 && ", "}<a href="#${anchor("section", scenario.id)}">${
      oneLine(scenario.title)
    }</a>${of !== "" && ` (${of})`}`
  );
  const title = `${outcome[0]!.toUpperCase()}${outcome.slice(1)}`;
  return markup`<div><dt class="${anchor(outcome)}">${title}</dt><dd>${items}</dd></div>`;
}

/** The servers side by side in every case. */
export function summaryMarkup(result: Result): Markup {
  const lines = summarize(result);
  if (lines.length === 0) return markup`<p class="muted">The run has no cases.</p>`;
  const footnotes = footnotesOf(lines.map((line) => entriesOf(line).map(({ cell }) => cell)));
  const hasCeiling = lines.some(({ ceiling }) => ceiling.value !== null);
  const servers = result.servers.map(({ title }) => markup`<th scope="col">${oneLine(title)}</th>`);
  const groups = Map.groupBy(lines, ({ scenario }) => scenario);
  const columns = 1 + result.servers.length + Number(hasCeiling);
  return markup`${
    scrolled(
      "The servers side by side",
      markup`<table class="summary">
<caption>The servers side by side</caption>
<thead><tr><th scope="col">Case</th>${servers}${
        hasCeiling && markup`<th scope="col" class="number">Ceiling</th>`
      }</tr></thead>
${[...groups.values()].map((own) => groupRows(own, columns, hasCeiling, footnotes))}</table>`,
    )
  }
<p class="muted">${legend(result, lines)}</p>${notes(footnotes)}`;
}

function entriesOf({ primary, cpu }: SummaryLine): readonly Entry[] {
  return [...primary.entries, ...cpu?.entries ?? []];
}

function groupRows(
  lines: readonly SummaryLine[],
  columns: number,
  hasCeiling: boolean,
  footnotes: Footnotes,
): Markup {
  const [{ scenario, primary: { metric } }] = lines as [SummaryLine];
  const what = [metric.title, ...(metric.unit === "" ? [] : [`in ${metric.unit}`])].join(" ");
  return markup`<tbody>
<tr><th scope="rowgroup" colspan="${columns}"><div><a href="#${anchor("section", scenario.id)}">${
    oneLine(scenario.title)
  }</a> <span class="muted">${oneLine(what)}, ${betterInWords(metric.better)}</span></div></th></tr>
${
    lines.map(({ case: one, primary, cpu, ceiling }) => [
      figureRow(oneLine(one.title), primary, footnotes, hasCeiling ? plain(ceiling) : undefined),
      cpu !== undefined &&
      figureRow(labelOf(cpu), cpu, footnotes, hasCeiling ? "" : undefined, "aside"),
    ])
  }</tbody>
`;
}

function labelOf({ metric: { title, unit } }: SummaryFigures): string {
  return oneLine(unit === "" ? title : `${title}, ${unit}`);
}

function figureRow(
  label: string,
  { entries }: SummaryFigures,
  footnotes: Footnotes,
  ceiling: string | undefined,
  name?: string,
): Markup {
  return markup`<tr${name !== undefined && markup` class="${name}"`}><th scope="row">${label}</th>${
    entries.map((entry) => entryCell(entry, footnotes))
  }${ceiling !== undefined && markup`<td class="number muted">${ceiling}</td>`}</tr>
`;
}

function entryCell(entry: Entry, footnotes: Footnotes): Markup {
  const { cell } = entry;
  const detail = detailOf(entry, true);
  return markup`<td${cell.mark !== undefined && markup` class="${cell.mark}"`}>${sign(cell.mark)}${
    plain(cell) || "–"
  }${reference(footnotes.numberOf(cell))}${
    detail !== undefined && markup` <span class="${detail.kind}">${detail.text}</span>`
  }</td>`;
}

function plain({ value, decimals }: Cell): string {
  return typeof value === "number" ? formatNumber(value, decimals) : "";
}

function legend(result: Result, lines: readonly SummaryLine[]): Content {
  const entries = lines.flatMap(entriesOf);
  const kinds = new Set(entries.map((entry) => detailOf(entry, true)?.kind));
  const marks = new Set(entries.map(({ cell }) => cell.mark));
  const baseline = oneLine(verdictsOf(result)[0]?.baseline.title ?? "");
  const isChanged = kinds.has("better") || kinds.has("worse") || kinds.has("different");
  return [
    ...(marks.has("best") ? [`${SIGNS.best} best; ${bestNote(result)}.`] : []),
    ...(marks.has("wrong") || marks.has("failed")
      ? [`${SIGNS.wrong} wrong or failed, not compared.`]
      : []),
    ...(kinds.has("precision") ? ["± half the 95 % interval of the rounds' median."] : []),
    ...(isChanged
      ? [
        `+ − ×: the median of the rounds' changes against ${baseline}, in brackets its 95 % interval.`,
      ]
      : []),
    ...(kinds.has("level") ? [`≈ no difference from ${baseline} shown.`] : []),
    FIGURE_NOTE,
    clientNote(result),
    ...(lines.some(({ ceiling }) => ceiling.value !== null) ? [CEILING_NOTE] : []),
  ].filter((part) => part !== "").join(" ");
}
