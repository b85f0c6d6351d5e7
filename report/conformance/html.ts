/** A run of the conformance suite as a page: one file that needs no network and no script. */

import { type ConformanceResult, countVerdicts } from "../../conformance/result.ts";
import { anchor, folded, type Markup, markup, trusted } from "../html/markup.ts";
import { styleSheet } from "../html/style.ts";
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
  const style = styleSheet(0);
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
  const policy = `default-src 'none'; style-src 'sha256-${
    new Uint8Array(hash).toBase64()
  }'; img-src data:; base-uri 'none'; form-action 'none'`;
  const title = `Conformance of ${
    counted(result.servers.length, `WebSocket ${theirName(result).toLowerCase()}`)
  }`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="wsmark ${oneLine(result.wsmark)}">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body>
<div class="page">
<header><div>
<h1>${title}</h1>
<p class="muted">${formatTime(result.startedAt)} UTC; ${
    counted(result.cases.length, "case")
  }, suite ${result.suite}${
    result.state === "interrupted" && "; interrupted: not all cases were run"
  }</p>
</div></header>
<nav aria-label="Contents">
<p class="title">Contents</p>
<ul>
${PARTS.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>\n`)}</ul>
</nav>
<main id="main">
${conformanceSection(result)}
</main>
<footer><p>Made by wsmark ${oneLine(result.wsmark)}.</p></footer>
</div>
</body>
</html>
`.markup;
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
