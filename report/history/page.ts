/** A history as a page: one file that needs no network and no script. */

import { anchor, folded, type Markup, markup } from "../html/markup.ts";
import { renderStaticPage } from "../html/static_page.ts";
import { tableMarkup } from "../html/table.ts";
import { counted, formatTime, oneLine } from "../summary/text.ts";
import { plotMarkup, SERIES_STYLE } from "./plot.ts";
import { changesTable, type History, levelsTable } from "./tables.ts";
import { headline } from "./words.ts";

/** The parts of the page with an entry in the table of contents. */
const PARTS = [
  { id: "changes", title: "Changes" },
  { id: "figures", title: "Figures" },
  { id: "now", title: "Figures now" },
] as const;

/** The page; all text of runs is escaped, and its policy loads nothing. */
export async function renderHistoryPage(history: History, version: string): Promise<string> {
  return await renderStaticPage({
    title: `History of ${counted(history.runs, "run")}`,
    version,
    about: `${formatTime(history.from)} to ${formatTime(history.to)} UTC`,
    parts: PARTS,
    main: sections(history),
    style: SERIES_STYLE,
  });
}

function sections(history: History): Markup {
  return markup`<section id="changes" aria-labelledby="changes-title">
<h2 id="changes-title">Changes</h2>
<p class="answer">${headline(history)}</p>
${machinesMarkup(history)}
${tableMarkup(changesTable(history))}
</section>
<section id="figures" aria-labelledby="figures-title">
<h2 id="figures-title">Figures</h2>
<p class="muted">A point is a run, the line through it its 95 % interval; a level goes from one change to the next. Pointing at a run names its commit.</p>
${
    [
      ...Map.groupBy(history.series, ({ title, machine }) => JSON.stringify([machine, title]))
        .values(),
    ].map(casesMarkup(history))
  }
</section>
<section id="now" aria-labelledby="now-title">
<h2 id="now-title">Figures now</h2>
${tableMarkup(levelsTable(history))}
</section>`;
}

function machinesMarkup({ machines, leftOut }: History): Markup {
  return markup`<ul class="muted">${
    machines.map(({ machine, runs }) =>
      markup`<li>${counted(runs, "run")}: ${oneLine(machine)}</li>`
    )
  }${leftOut.map((line) => markup`<li>${oneLine(line)}</li>`)}</ul>`;
}

/** The pictures of a case: those with a change are open. */
function casesMarkup({ machines }: History) {
  return (all: readonly History["series"][number][]): Markup => {
    const [{ title, machine }] = all as [History["series"][number]];
    const where = machines.length > 1 ? ` (${oneLine(machine)})` : "";
    const pictures = all.map((series) =>
      markup`<figure id="${anchor("series", series.server, series.metric.id)}"><figcaption>${
        oneLine(series.server)
      }: ${oneLine(series.metric.title)}${
        series.metric.unit !== "" && ` (${oneLine(series.metric.unit)})`
      }</figcaption>${plotMarkup(series)}</figure>`
    );
    const content = markup`<div class="plots">${pictures}</div>`;
    return all.some(({ changes }) => changes.length > 0)
      ? markup`<h3>${oneLine(title)}${where}</h3>${content}`
      : folded(`${oneLine(title)}${where}: no change`, content);
  };
}
