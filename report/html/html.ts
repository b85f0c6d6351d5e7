/** The report as a page: one file that needs no network, and no script to be read. */

import type { Result } from "../../measure/model/result.ts";
import type { Profiles } from "../flame/data.ts";
import { profilesMarkup } from "../flame/run_profiles.ts";
import type { RenderedFile } from "../format.ts";
import { captionOf, type Plot } from "../plots/chart.ts";
import { plotsOf } from "../plots/mod.ts";
import { explainSections } from "../tables/explain_tables.ts";
import type { Section, Table } from "../tables/table.ts";
import { studyFigures } from "../summary/study.ts";
import { repeatLine } from "../summary/repeat.ts";
import { titleOfRun } from "../summary/names.ts";
import { summaryOf } from "../summary/summary.ts";
import { sections } from "../tables/tables.ts";
import { counted, formatTime, listed, oneLine } from "../summary/text.ts";
import { answerMarkup } from "./answer.ts";
import { toolsMarkup } from "./chips.ts";
import { embed } from "./download.ts";
import { figureOf } from "./figure.ts";
import { anchor, type Content, folded, type Markup, markup, trusted } from "./markup.ts";
import { methodsMarkup } from "./methods.ts";
import { policy } from "./policy.ts";
import { type DrawnPlot, scenarioMarkup } from "./scenario.ts";
import { SCRIPT, SCRIPT_WITH_FLAMES } from "./script/script.ts";
import { styleSheet } from "./style.ts";
import {
  findingsMarkup,
  intervalsMarkup,
  leftOutMarkup,
  legendMarkup,
  studyMarkup,
  summaryMarkup,
} from "./summary.ts";
import { fieldTable, hasMany } from "../tables/field_table.ts";
import { ofScenario, type ServerPlaces, serverPlaces, tableMarkup } from "./table.ts";
import { wordsMarkup } from "./words.ts";

const MOST_IN_TITLE = 6;
/** The most trials that the page shows; each is a row of some fifty figures. */
const MOST_TRIALS = 200;
/** The most warnings by server and case that the page shows; all are at its top, put together. */
const MOST_WARNINGS = 200;
/** The most cells of the tables that tell why. */
const MOST_EXPLAINED = 20_000;
/** The most bytes of the page: what the results may take is what the rest leaves. */
const MOST_BYTES = 3_000_000;

/** A part of the page with an entry in the table of contents. */
interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
  /** The title of the scenario that it is about. */
  readonly scenario?: string;
}

export async function render(
  result: Result,
  _checks: unknown,
  profiles?: Profiles,
): Promise<RenderedFile[]> {
  return [{ path: "report.html", content: await renderHtml(result, undefined, profiles) }];
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
  profiles: Profiles = new Map(),
): Promise<string> {
  const drawn: (DrawnPlot & Pick<Plot, "section">)[] = [];
  for (const plot of plots) {
    const { section, title } = plot;
    drawn.push({ section, title: oneLine(title), figure: await figureOf(plot) });
  }
  const figures = (section: string): DrawnPlot[] => drawn.filter((one) => one.section === section);
  const flames = profilesMarkup(result, profiles);
  const parts = partsOf(result, figures, flames);
  const style = styleSheet(result.servers.length, flames !== undefined);
  const script = flames === undefined ? SCRIPT : SCRIPT_WITH_FLAMES;
  const { length } = result.servers;
  const title = length > MOST_IN_TITLE
    ? `${length} WebSocket servers compared`
    : length === 1
    ? titleOfRun(result)
    : `${titleOfRun(result)}: ${listed(result.servers.map(({ title }) => oneLine(title)))}`;
  const before = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${await policy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="wsmark ${oneLine(result.wsmark)}">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
<script>${trusted(script)}</script>
</head>
<body>
<a class="skip" href="#main">Skip to the results</a>
<div class="page">
${headerMarkup(result, title)}
${toolsMarkup(result)}
${contents(parts)}
<main id="main">
${parts.map((one, place) => partMarkup(one, place))}</main>
<footer><p>Made by wsmark ${oneLine(result.wsmark)} from the results of ${
    formatTime(result.startedAt)
  } UTC.`.markup;
  const { data, omission } = await embed(result, MOST_BYTES - new Blob([before]).size);
  return markup`${trusted(before)}${omission !== "" && ` ${omission}`}</p></footer>
</div>
${data}
</body>
</html>
`.markup;
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
${
    parts.map(({ id, title, scenario }) =>
      markup`<li${
        scenario !== undefined && ofScenario(scenario)
      }><a href="#${id}">${title}</a></li>\n`
    )
  }</ul>
</nav>`;
}

/** The first begins without a heading that is seen: there is no room to lose. */
function partMarkup({ id, title, content, scenario }: Part, place: number): Markup {
  const isFirst = place === 0;
  return markup`<section id="${id}" aria-labelledby="${id}-title"${
    scenario !== undefined && ofScenario(scenario)
  }>
<h2 id="${id}-title"${isFirst && markup` class="unseen"`}>${title}</h2>
${content}
</section>
`;
}

function partsOf(
  result: Result,
  figures: (section: string) => readonly DrawnPlot[],
  flames: Markup | undefined,
): Part[] {
  const all = sections(result);
  const tables = new Map(all.flatMap((section) => section.tables).map((one) => [one.id, one]));
  const table = (id: string): Table => tables.get(id)!;
  const summary = summaryOf(result);
  const servers = serverPlaces(result);
  const { study } = summary;
  const hasIntervals = summary.entries.some(({ interval }) => interval !== undefined);
  const settings = all.find(({ id }) => id === "settings")!.tables;
  const rest = "the sheet Trials of results.xlsx and in results.json";
  const own = (id: string, title: string, content: Markup): Part => (
    { id: anchor("section", id), title, content }
  );
  const rows = (title: string, id: string, options = {}): Markup =>
    detail(
      id,
      `${title}: ${counted(table(id).rows.length, "row")}`,
      tableMarkup(table(id), { servers, ...options }),
    );
  const sideBySide = markup`${summaryMarkup(result, summary)}
${legendMarkup(result, summary)}`;
  return [
    own(
      "summary",
      "Summary",
      markup`${answerMarkup(summary)}
${leftOutMarkup(summary)}
${summary.isComparison && summary.obstacle !== undefined && markup`<p>${summary.obstacle}</p>`}
${hasMany(result) ? tableMarkup(fieldTable(result), { servers, isTitled: true }) : sideBySide}
<div class="more">
${hasMany(result) && folded("The servers side by side, each against the baseline", sideBySide)}
${folded("How to read this: what the words and signs mean", wordsMarkup(result, summary))}
${
        summary.obstacle === undefined && folded(
          `Each server against the baseline: ${counted(summary.verdicts.length, "server")}`,
          findingsMarkup(summary),
        )
      }
${hasIntervals && folded("The interval of every figure", intervalsMarkup(result, summary))}
</div>
${figures("summary").map(({ figure }) => figure)}`,
    ),
    ...(study === undefined
      ? []
      : [own("study", "Study", studyMarkup(study, studyFigures(result)))]),
    ...summary.scenarios.map((one, place): Part => {
      const { id, title } = one.scenario;
      const section = all.find(({ tables }) => tables[0]?.id === id)!;
      return {
        ...own(
          id,
          oneLine(title),
          markup`${place === 0 && markup`<p class="muted same">${captionOf(result)}</p>`}
${scenarioMarkup(result, one, section, figures(id), servers)}`,
        ),
        scenario: title,
      };
    }),
    ...explainSections(result).map((section) =>
      own(section.id, section.title, explainMarkup(section, servers))
    ),
    ...(flames === undefined ? [] : [own("profiles", "CPU profiles", flames)]),
    own(
      "details",
      "How it was measured",
      markup`${repeatMarkup(result)}
<div class="more">
${detail("methods", "Methods", methodsMarkup(result))}
${rows("Verdicts", "verdicts")}
${rows("All rounds together", "tails")}
${
        detail(
          "trials",
          `Trials: ${counted(table("trials").rows.length, "row")}`,
          markup`${tableMarkup(table("trials"), { most: MOST_TRIALS, rest, servers })}
<p class="muted">The timeline of each trial, in slices of 100 ms, is in the sheet Timeline of results.xlsx.</p>`,
        )
      }
${
        rows("Warnings by server and case", "warnings", {
          most: MOST_WARNINGS,
          rest: "the sheet Warnings of results.xlsx",
        })
      }
${rows("Hardware and software", "hardware")}
${
        detail(
          "settings",
          `Settings: run, ${counted(result.servers.length, "server")}, ${
            counted(result.clients.length, "client")
          }`,
          settings.map((one) => tableMarkup(one, { isTitled: true, servers })),
        )
      }
</div>`,
    ),
  ];
}

/** The tables of the cases, as many as there is room for; those after the first are folded. */
function explainMarkup({ about, tables }: Section, servers: ServerPlaces): Markup {
  let cells = 0;
  const shown = tables.filter(({ columns, rows }) =>
    (cells += columns.length * rows.length) <= MOST_EXPLAINED
  );
  const [first, ...others] = shown;
  const left = tables.length - shown.length;
  return markup`${about !== undefined && markup`<p class="question">${about}</p>`}
${first !== undefined && tableMarkup(first, { servers, isTitled: true })}
<div class="more">${others.map((one) => folded(one.title, tableMarkup(one, { servers })))}</div>
${
    left > 0 &&
    markup`<p class="muted">${
      left === 1 ? "Another case is" : `${left} more cases are`
    } in the sheet Why of results.xlsx.</p>`
  }`;
}

/** Folded content that links can lead to: browsers open it then. */
function detail(id: string, title: string, content: Content): Markup {
  return folded(title, markup`<div id="${anchor("section", id)}">${content}</div>`);
}

/** The command line that repeats the run, with a button that copies it. */
function repeatMarkup({ settings }: Result): Markup {
  return markup`<p>To repeat the run:</p>
<div class="command"><code>${
    repeatLine(settings)
  }</code><button type="button" data-copy hidden>Copy</button></div>`;
}
