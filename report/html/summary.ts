/** The summary of the page: warnings, a finding for each server, the servers side by side, and the study. */

import type { Result } from "../../measure/model/result.ts";
import type { Failure, Finding } from "../summary/findings.ts";
import {
  betterInWords,
  detailLegend,
  detailOf,
  type Entry,
  markLegend,
  type SummaryFigures,
  type SummaryLine,
} from "../summary/lines.ts";
import type { SaidClaim, SaidStudy } from "../summary/study.ts";
import type { ScenarioSummary, Summary } from "../summary/summary.ts";
import { capitalized, counted, oneLine } from "../summary/text.ts";
import type { OutcomeGroup, ServerVerdicts } from "../summary/verdicts.ts";
import {
  type Cell,
  EMPTY,
  figureText,
  type Footnotes,
  footnotesOf,
  type Table,
} from "../tables/table.ts";
import { anchor, type Content, type Markup, markup, prose } from "./markup.ts";
import { notes, reference, scrolled, sign, tableMarkup } from "./table.ts";

/** The warnings about the run as a whole, and links to the sections that have warnings. */
export function runWarnings({ warnings, scenarios }: Summary): Content {
  const own = warnings.filter(({ trials }) => trials.length === 0);
  const links = scenarios.flatMap(({ scenario, warnings, failures }): Markup[] => {
    const count = warnings.length + failures.length;
    if (count === 0) return [];
    const target = anchor("section", scenario.id);
    return [markup`<li><a href="#${target}">${oneLine(scenario.title)}</a> (${count})</li>`];
  });
  if (own.length + links.length === 0) return markup`<p>There are no warnings.</p>`;
  return warningBox(own.length > 0 ? "Warnings about the run" : "Warnings", [
    own.map(warningItem),
    links.length > 0 &&
    markup`<li>Warnings about single scenarios stand in their sections: <ul class="inline">${links}</ul></li>`,
  ]);
}

/** The warnings and failures of a scenario, if there are any. */
export function scenarioWarnings({ warnings, failures }: ScenarioSummary): Content {
  const count = warnings.length + failures.length;
  return count > 0 && warningBox(`${counted(count, "warning")} about these figures`, [
    failures.map(({ reason, places }: Failure) =>
      markup`<li><strong>Failed: ${reason}</strong>${places}</li>`
    ),
    warnings.map(warningItem),
  ]);
}

function warningItem({ finding, advice, places }: Finding): Markup {
  return markup`<li><strong>${prose(finding)}</strong>${places} <span class="muted">${
    prose(advice)
  }</span></li>`;
}

function warningBox(title: string, items: Content): Markup {
  return markup`<aside class="warnings" aria-label="${title}">
<p class="title">${title}</p>
<ul>${items}</ul>
</aside>`;
}

/** The servers that could not be started, with the reasons, if there are any. */
export function leftOutMarkup({ leftOut }: Summary): Content {
  return leftOut.length > 0 &&
    markup`<p class="muted">Left out: ${
      leftOut.map(({ title, reason }) => `${title} (${prose(reason)})`).join("; ")
    }.</p>`;
}

/** What was found about each server, in plain words. */
export function findingsMarkup({ verdicts, obstacle }: Summary): Markup {
  if (obstacle !== undefined) return markup`<p>${obstacle}</p>`;
  return markup`<ul class="findings">${verdicts.map(findingMarkup)}</ul>
<p class="muted">A difference is claimed only if it is clear (see <a href="#section-methods">the methods</a>); servers that are not told
apart may differ. <a href="#section-verdicts">All verdicts</a></p>`;
}

function findingMarkup({ server, baseline, primary, cpu, groups }: ServerVerdicts): Markup {
  const summary = baseline === undefined
    ? "The baseline: the others are compared with it."
    : `Compared with ${baseline}: ${primary}.${cpu === "" ? "" : ` CPU time: ${cpu}.`}`;
  return markup`<li${baseline === undefined && markup` class="baseline"`}><h3>${server}</h3>
<p>${summary}</p>${groups.length > 0 && markup`<dl>${groups.map(groupMarkup)}</dl>`}</li>
`;
}

function groupMarkup({ outcome, scenarios }: OutcomeGroup): Markup {
  const items = scenarios.map(({ scenario, of }, index) =>
    markup`${index > 0 && ", "}<a href="#${anchor("section", scenario.id)}">${
      oneLine(scenario.title)
    }</a>${of !== "" && ` (${of})`}`
  );
  return markup`<div><dt class="${anchor(outcome)}">${
    capitalized(outcome)
  }</dt><dd>${items}</dd></div>`;
}

export function summaryMarkup(result: Result, summary: Summary): Markup {
  const { lines, entries, hasCeiling } = summary;
  if (lines.length === 0) return markup`<p class="muted">The run has no cases.</p>`;
  const footnotes = footnotesOf([
    entries.map(({ cell }) => cell),
    lines.flatMap(({ ceiling }) => ceiling.value === null ? [] : ceiling),
  ]);
  const servers = result.servers.map(({ title }) => markup`<th scope="col">${oneLine(title)}</th>`);
  const groups = Map.groupBy(lines, ({ scenario }) => scenario);
  const columns = 1 + result.servers.length + Number(hasCeiling);
  const legend = [...markLegend(result, entries), ...detailLegend(entries), ...summary.notes];
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
<p class="muted">${legend.join(" ")}</p>${notes(footnotes)}`;
}

function groupRows(
  lines: readonly SummaryLine[],
  columns: number,
  hasCeiling: boolean,
  footnotes: Footnotes,
): Markup {
  const [{ scenario, primary: { metric } }] = lines as [SummaryLine];
  const what = metric.unit === "" ? metric.title : `${metric.title} in ${metric.unit}`;
  const limit = (cell: Cell): Cell | undefined => hasCeiling ? cell : undefined;
  return markup`<tbody>
<tr><th scope="rowgroup" colspan="${columns}"><div><a href="#${anchor("section", scenario.id)}">${
    oneLine(scenario.title)
  }</a> <span class="muted">${oneLine(what)}, ${betterInWords(metric.better)}</span></div></th></tr>
${
    lines.map(({ case: one, primary, cpu, ceiling }) => [
      figureRow(oneLine(one.title), primary, footnotes, limit(ceiling)),
      cpu !== undefined && figureRow(labelOf(cpu), cpu, footnotes, limit(EMPTY), "aside"),
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
  ceiling: Cell | undefined,
  name?: string,
): Markup {
  return markup`<tr${name !== undefined && markup` class="${name}"`}><th scope="row">${label}</th>${
    entries.map((entry) => entryCell(entry, footnotes))
  }${
    ceiling !== undefined &&
    markup`<td class="number muted">${figureText(ceiling)}${
      reference(footnotes.numberOf(ceiling))
    }</td>`
  }</tr>
`;
}

function entryCell(entry: Entry, footnotes: Footnotes): Markup {
  const { cell } = entry;
  const detail = detailOf(entry);
  return markup`<td${cell.mark !== undefined && markup` class="${cell.mark}"`}>${sign(cell.mark)}${
    figureText(cell) || "–"
  }${reference(footnotes.numberOf(cell))}${
    detail !== undefined && markup` <span class="${detail.kind}">${detail.text}</span>`
  }</td>`;
}

const CLASSES = {
  "holds": "better",
  "contradicted": "wrong",
  "not shown": "worse",
  "not measured": "muted",
} as const satisfies Record<SaidClaim["verdict"], string>;

/** The published claims and their verdicts, then the figures. */
export function studyMarkup({ title, about, claims, note }: SaidStudy, figures: Table): Markup {
  return markup`<h3>${title}</h3>
<ul>${about.map((sentence) => markup`<li>${prose(sentence)}</li>`)}</ul>
${claims.length > 0 && markup`<ol class="claims">${claims.map(claimMarkup)}</ol>`}
${claims.length === 0 ? markup`<p class="muted">${prose(note)}</p>` : tableMarkup(figures)}`;
}

function claimMarkup({ verdict, text, found, figures, remark }: SaidClaim): Markup {
  return markup`<li><p><strong>${prose(text)}</strong> <span class="verdict ${
    CLASSES[verdict]
  }">${verdict}</span></p>
<p>${prose(found)}</p>${figures !== undefined && markup`<p>${figures}</p>`}${
    remark !== undefined && markup`<p class="muted">${prose(remark)}</p>`
  }</li>
`;
}
