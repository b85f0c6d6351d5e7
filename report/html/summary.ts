/** The servers side by side, what was found about each, the interval of every figure, and the study. */

import type { Result } from "../../measure/model/result.ts";
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
import type { Summary } from "../summary/summary.ts";
import { capitalized, oneLine } from "../summary/text.ts";
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
import { notes, ofScenario, ofServer, reference, scrolled, sign, tableMarkup } from "./table.ts";

/** The servers that could not be started, with the reasons, if there are any. */
export function leftOutMarkup({ leftOut }: Summary): Content {
  return leftOut.length > 0 &&
    markup`<p class="muted">Left out: ${
      leftOut.map(({ title, reason }) => `${title} (${prose(reason)})`).join("; ")
    }.</p>`;
}

/** What was found about each server, in plain words. */
export function findingsMarkup({ verdicts }: Summary): Markup {
  return markup`<ul class="findings">${verdicts.map(findingMarkup)}</ul>`;
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

/** With more servers, what a figure is followed by stands under it. */
const MOST_BESIDE = 3;

/** The servers side by side: a group for each scenario, a row for each case, and one for its CPU time. */
export function summaryMarkup(result: Result, summary: Summary): Markup {
  const { lines, entries, hasCeiling } = summary;
  if (lines.length === 0) return markup`<p class="muted">The run has no cases.</p>`;
  const footnotes = footnotesOf([
    entries.map(({ cell }) => cell),
    lines.flatMap(({ ceiling }) => ceiling.value === null ? [] : ceiling),
  ]);
  // Without any detail the headings would stand over its empty place.
  const isTall = result.servers.length > MOST_BESIDE ||
    entries.every((entry) => detailOf(entry) === undefined);
  return markup`<div class="table">${
    scrolled(
      "The servers side by side",
      markup`<table class="figures summary${isTall && " tall"}">
<caption><span>The servers side by side</span></caption>
${headMarkup(result, hasCeiling && "Ceiling")}
${
        groupsOf(lines, (line) => [
          figureRow(oneLine(line.case.title), line.primary, hasCeiling && line.ceiling, footnotes),
          line.cpu !== undefined &&
          figureRow(labelOf(line.cpu), line.cpu, hasCeiling && EMPTY, footnotes, true),
        ], 1 + result.servers.length + Number(hasCeiling))
      }</table>`,
    )
  }
${notes(footnotes)}</div>`;
}

/** What the marks and details of these figures mean, in a line. */
export function legendMarkup(result: Result, { entries }: Summary): Content {
  const legend = [...markLegend(result, entries), ...detailLegend(entries)];
  return legend.length > 0 && markup`<p class="muted">${legend.map((one) => `${prose(one)} `)}</p>`;
}

/** The figure of each server with its interval. */
export function intervalsMarkup(result: Result, { lines }: Summary): Markup {
  const footnotes = footnotesOf([
    lines.flatMap(({ primary }) => primary.entries).map(({ cell }) => cell),
  ]);
  const title = "The interval of every figure";
  const table = markup`<table class="figures summary tall">
<caption class="unseen">${title}</caption>
${headMarkup(result, false)}
${
    groupsOf(
      lines,
      ({ case: one, primary }) => figureRow(oneLine(one.title), apart(primary), false, footnotes),
      1 + result.servers.length,
    )
  }</table>`;
  return markup`<div class="table">${scrolled(title, table)}
${notes(footnotes)}</div>`;
}

/** Figures that are compared with nothing: each is followed by its own interval. */
function apart({ metric, entries }: SummaryFigures): SummaryFigures {
  return { metric, entries: entries.map((entry) => ({ ...entry, verdict: undefined })) };
}

function headMarkup({ servers }: Result, last: string | false): Markup {
  return markup`<thead><tr><th scope="col" class="text key">Case</th>${
    servers.map(({ title }, place) =>
      markup`<th scope="col"${ofServer(place)}>${oneLine(title)}</th>`
    )
  }${last !== false && markup`<th scope="col">${last}</th>`}</tr></thead>`;
}

function groupsOf(
  lines: readonly SummaryLine[],
  rowsOf: (line: SummaryLine) => Content,
  columns: number,
): Markup[] {
  return [...Map.groupBy(lines, ({ scenario }) => scenario)].map(([scenario, own]) => {
    const { metric } = own[0]!.primary;
    const what = metric.unit === "" ? metric.title : `${metric.title} in ${metric.unit}`;
    return markup`<tbody${ofScenario(scenario.title)}>
<tr class="group"><th scope="rowgroup" colspan="${columns}"><div><a href="#${
      anchor("section", scenario.id)
    }">${oneLine(scenario.title)}</a> <span class="muted">${oneLine(what)}, ${
      betterInWords(metric.better)
    }</span></div></th></tr>
${own.map(rowsOf)}</tbody>
`;
  });
}

/** The columns are servers: it need not be said again whose CPU time it is. */
function labelOf({ metric: { title, unit } }: SummaryFigures): string {
  const own = capitalized(oneLine(title).replace(/^Server (?=CPU)/, ""));
  return unit === "" ? own : `${own}, ${oneLine(unit)}`;
}

function figureRow(
  label: string,
  { entries }: SummaryFigures,
  ceiling: Cell | false,
  footnotes: Footnotes,
  isAside: boolean = false,
): Markup {
  return markup`<tr${
    isAside && markup` class="aside"`
  }><th scope="row" class="text key">${label}</th>${
    entries.map((entry, place) => entryCell(entry, place, footnotes))
  }${
    ceiling !== false &&
    markup`<td class="muted">${figureText(ceiling)}${reference(footnotes.numberOf(ceiling))}</td>`
  }</tr>
`;
}

function entryCell(entry: Entry, place: number, footnotes: Footnotes): Markup {
  const { cell } = entry;
  const detail = detailOf(entry);
  return markup`<td${ofServer(place)}${cell.mark !== undefined && markup` class="${cell.mark}"`}>${
    sign(cell.mark)
  }${figureText(cell) || "–"}${reference(footnotes.numberOf(cell))}<span class="detail${
    detail !== undefined && ` ${detail.kind}`
  }">${detail?.text ?? ""}</span></td>`;
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
