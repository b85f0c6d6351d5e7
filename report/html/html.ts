/** The report as a page: one file that needs no network, and no script to be read. */

import type { Result } from "../../measure/model/result.ts";
import type { RenderedFile } from "../format.ts";
import type { Plot } from "../plots/chart.ts";
import { plotsOf } from "../plots/mod.ts";
import type { Section, Table } from "../tables/table.ts";
import { studyFigures } from "../summary/study.ts";
import { type ScenarioSummary, summaryOf } from "../summary/summary.ts";
import { sections } from "../tables/tables.ts";
import { formatTime, listed, oneLine } from "../summary/text.ts";
import { embed } from "./download.ts";
import { type Figure, figureOf } from "./figure.ts";
import { anchor, type Content, folded, type Markup, markup, prose, trusted } from "./markup.ts";
import { methodsMarkup } from "./methods.ts";
import { SCRIPT } from "./script.ts";
import { styleSheet } from "./style.ts";
import {
  findingsMarkup,
  leftOutMarkup,
  runWarnings,
  scenarioWarnings,
  studyMarkup,
  summaryMarkup,
} from "./summary.ts";
import { tableMarkup } from "./table.ts";

const MOST_IN_TITLE = 6;
/** The most trials that the page shows; each is a row of some fifty figures. */
const MOST_TRIALS = 200;
/** The most probes of a scenario that the page shows. */
const MOST_PROBES = 600;

/** A part of the page with an entry in the table of contents. */
interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
}

export async function render(result: Result): Promise<RenderedFile[]> {
  return [{ path: "report.html", content: await renderHtml(result) }];
}

/**
 * The report of a run as one HTML document; the same result gives the same text. Plots of an unknown section are left out.
 *
 * All text from servers and files is escaped, and the document's policy allows nothing but its own script and loads
 * nothing.
 */
export async function renderHtml(
  result: Result,
  plots: readonly Plot[] = plotsOf(result),
): Promise<string> {
  const drawn: { section: string; figure: Figure }[] = [];
  for (const plot of plots) drawn.push({ section: plot.section, figure: await figureOf(plot) });
  const figures = (section: string): Markup[] =>
    drawn.filter((one) => one.section === section).map(({ figure }) => figure.figure);
  const { data, omission } = embed(result);
  const parts = partsOf(result, figures, omission);
  const style = styleSheet(drawn.flatMap(({ figure }) => figure.values));
  const { length } = result.servers;
  const title = length > MOST_IN_TITLE
    ? `${length} WebSocket servers compared`
    : `WebSocket servers compared: ${listed(result.servers.map(({ title }) => oneLine(title)))}`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${await policy(style, SCRIPT)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="wsmark ${oneLine(result.wsmark)}">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
<script>${trusted(SCRIPT)}</script>
</head>
<body>
<a class="skip" href="#main">Skip to the results</a>
<div class="page">
${headerMarkup(result, title)}
${contents(parts)}
<main id="main">
${parts.map(partMarkup)}</main>
<footer><p>Made by wsmark ${oneLine(result.wsmark)} from the results of ${
    formatTime(result.startedAt)
  } UTC.</p></footer>
</div>
${data}
</body>
</html>
`.markup;
}

/** Allows this style and this script, and nothing else. */
async function policy(style: string, script: string): Promise<string> {
  return [
    "default-src 'none'",
    `script-src '${await digest(script)}'`,
    `style-src '${await digest(style)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `sha256-${new Uint8Array(hash).toBase64()}`;
}

function headerMarkup(result: Result, title: string): Markup {
  const model = result.machine.find(({ name }) => name === "Model")?.value;
  const place = typeof model === "string" ? ` on ${oneLine(model)}` : "";
  const { profile, rounds } = result.settings;
  return markup`<header>
<div>
<h1>${title}</h1>
<p class="muted">${formatTime(result.startedAt)} UTC${place}; profile ${oneLine(profile)}, ${
    rounds === 1 ? "1 round" : `${rounds} rounds`
  }${result.state !== "finished" && `; ${result.state}: the run did not end`}</p>
</div>
<div class="buttons">
<button type="button" data-download="results.json" hidden>Download the results (JSON)</button>
<button type="button" data-theme-toggle hidden>Dark theme</button>
</div>
</header>`;
}

function contents(parts: readonly Part[]): Markup {
  return markup`<nav aria-label="Contents">
<p class="title">Contents</p>
<ul>
${parts.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>\n`)}</ul>
</nav>`;
}

function partMarkup({ id, title, content }: Part): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}
</section>
`;
}

function partsOf(
  result: Result,
  figures: (section: string) => readonly Markup[],
  omission: string,
): Part[] {
  const all = sections(result);
  const tables = new Map(all.flatMap((section) => section.tables).map((one) => [one.id, one]));
  const table = (id: string): Table => tables.get(id)!;
  const summary = summaryOf(result);
  const { study } = summary;
  const settings = all.find(({ id }) => id === "settings")!.tables;
  const titled = { isTitled: true };
  const rest = "the sheet Trials of results.xlsx and in results.json";
  const trialsShown = { most: MOST_TRIALS, rest };
  const own = (id: string, title: string, content: Markup): Part => (
    { id: anchor("section", id), title, content }
  );
  return [
    own(
      "summary",
      "Summary",
      markup`${runWarnings(summary)}
${leftOutMarkup(summary)}
${findingsMarkup(summary)}
${summaryMarkup(result, summary)}
${folded("The interval of every figure", tableMarkup(table("summary")))}
${figures("summary")}`,
    ),
    ...(study === undefined
      ? []
      : [own("study", "Study", studyMarkup(study, studyFigures(result)))]),
    ...summary.scenarios.map((one) => {
      const { id, title } = one.scenario;
      const section = all.find(({ tables }) => tables[0]?.id === id)!;
      return own(id, oneLine(title), scenarioContent(one, section, figures(id)));
    }),
    own("verdicts", "Verdicts", tableMarkup(table("verdicts"))),
    own("methods", "Methods", methodsMarkup(result)),
    own(
      "trials",
      "Trials",
      markup`${folded("Every trial", tableMarkup(table("trials"), trialsShown))}
<p class="muted">The timeline of each trial, in slices of 100 ms, is in the sheet Timeline of results.xlsx. The button at the
top of this page gives the results as JSON. ${omission}</p>`,
    ),
    own(
      "warnings",
      "Warnings",
      table("warnings").rows.length === 0
        ? tableMarkup(table("warnings"))
        : folded("Every warning, by server and case", tableMarkup(table("warnings"))),
    ),
    own("hardware", "Hardware", tableMarkup(table("hardware"))),
    own("settings", "Settings", markup`${settings.map((one) => tableMarkup(one, titled))}`),
  ];
}

function scenarioContent(
  summary: ScenarioSummary,
  { about, tables }: Section,
  figures: readonly Markup[],
): Markup {
  const [first, ...others] = tables;
  const rest = "the scenario's sheet of results.xlsx and in results.json";
  const shown = { most: MOST_PROBES, rest };
  return markup`${about !== undefined && markup`<p class="question">${oneLine(about)}</p>`}
${scenarioWarnings(summary)}
${figures}
<h3>What it means</h3>
${meaning(summary)}
${tableMarkup(first!)}
${
    others.map((table) =>
      folded(`${table.title}: ${table.rows.length} rows`, tableMarkup(table, shown))
    )
  }`;
}

function meaning({ policies, meaning, cases }: ScenarioSummary): Content {
  const items = (sentences: readonly string[]): Markup =>
    markup`<ul>${sentences.map((sentence) => markup`<li>${prose(sentence)}</li>`)}</ul>`;
  const byCase = cases.map(({ title, sentences }) =>
    markup`<dt>${title}</dt><dd>${items(sentences.map((one) => `${one}.`))}</dd>`
  );
  return [
    items([...policies, ...meaning]),
    cases.length > 0 && folded("Case by case", markup`<dl>${byCase}</dl>`),
  ];
}
