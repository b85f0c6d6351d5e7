/** A run of the conformance suite as a page: one file that needs no network and no script. */

import { type ConformanceResult, countVerdicts } from "../../conformance/result.ts";
import { anchor, folded, type Markup, markup } from "../html/markup.ts";
import { renderStaticPage } from "../html/static_page.ts";
import { tableMarkup } from "../html/table.ts";
import { counted, formatTime, oneLine } from "../summary/text.ts";
import {
  casesTable,
  integrityWords,
  resultsTable,
  serversTable,
  SHOWN_VERDICTS,
  theirName,
  VERDICT_MEANINGS,
  VERDICT_WORDS,
  versionsOf,
} from "./tables.ts";

/** The parts of the page with an entry in the table of contents. */
const PARTS = [
  { id: "conformance", title: "Conformance" },
  { id: "failed", title: "Failed cases" },
  { id: "all", title: "All cases" },
] as const;

/** The page; all text of servers is escaped, and its policy loads nothing. */
export async function renderConformancePage(result: ConformanceResult): Promise<string> {
  const title = `Conformance of ${
    counted(result.servers.length, `WebSocket ${theirName(result).toLowerCase()}`)
  }`;
  const about = markup`${formatTime(result.startedAt)} UTC; ${
    counted(result.cases.length, "case")
  }, suite ${result.suite}${
    result.state === "interrupted" && "; interrupted: not all cases were run"
  }`;
  return await renderStaticPage({
    title,
    version: oneLine(result.wsmark),
    about,
    parts: PARTS,
    main: conformanceSection(result),
  });
}

function conformanceSection(result: ConformanceResult): Markup {
  const distrusted = result.servers.flatMap((server) => {
    const integrity = integrityWords(result, server);
    return integrity === "" ? [] : [{ server, integrity }];
  });
  return markup`<section id="conformance" aria-labelledby="conformance-title">
<h2 id="conformance-title">Conformance</h2>
${
    distrusted.length > 0 && markup`<ul class="wrongs">${
      distrusted.map(({ server, integrity }) =>
        markup`<li>${oneLine(server.title)} (${
          oneLine(versionsOf(server))
        }) ${integrity}: do not trust what is measured of it.</li>`
      )
    }</ul>`
  }
${tableMarkup(serversTable(result))}
<dl>${
    SHOWN_VERDICTS.map((verdict) =>
      markup`<dt>${VERDICT_WORDS[verdict]}</dt><dd>${VERDICT_MEANINGS[verdict]}</dd>`
    )
  }</dl>
${
    result.leftOut.length > 0 && markup`<p>Not tried: ${
      result.leftOut.map(({ title, reason }) => `${oneLine(title)} (${oneLine(reason)})`).join(", ")
    }.</p>`
  }
</section>
<section id="failed" aria-labelledby="failed-title">
<h2 id="failed-title">Failed cases</h2>
${failedMarkup(result)}
</section>
<section id="all" aria-labelledby="all-title">
<h2 id="all-title">All cases</h2>
${folded("The verdict of each case at each server", tableMarkup(casesTable(result)))}
${
    folded(
      "What should have come and what came, where it is neither OK nor failed",
      tableMarkup({
        ...resultsTable(result, ["non-strict", "unimplemented", "informational"]),
        id: "conformance-others",
      }),
    )
  }
</section>`;
}

/** The failed cases: of one server as they are, of several folded up by server. */
function failedMarkup(result: ConformanceResult): Markup | readonly Markup[] {
  const failing = result.servers.filter(({ results }) => countVerdicts(results).failed > 0);
  if (failing.length < 2) return tableMarkup(resultsTable(result, ["failed"]));
  return failing.map((server) =>
    folded(
      `${oneLine(server.title)}: ${counted(countVerdicts(server.results).failed, "failed case")}`,
      tableMarkup({
        ...resultsTable({ ...result, servers: [server] }, ["failed"]),
        id: anchor("conformance-failed", server.id),
      }),
    )
  );
}
