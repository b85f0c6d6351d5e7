/** The first screen of the page: wrong replies, the answer, a server for each use, and how good the run is. */

import { type AnswerRow, type Light, surely } from "../summary/answer/answer.ts";
import type { Failure, Finding } from "../summary/findings.ts";
import { SIGNS } from "../summary/lines.ts";
import type { Summary } from "../summary/summary.ts";
import { counted } from "../summary/text.ts";
import { anchor, type Content, type Markup, markup, prose } from "./markup.ts";

/** All that a reader of 30 seconds sees. */
export function answerMarkup(summary: Summary): Markup {
  const { wrong, unasked, answer } = summary;
  return markup`${wrong.length > 0 && wrongMarkup(wrong)}
<div class="answer">${answer.sentences.map((one) => markup`<p>${prose(one)}</p>`)}</div>
${answer.rows.length > 0 && usesMarkup(answer.rows)}
${unasked.map(({ sentence }) => markup`<p class="muted">${prose(sentence)}</p>`)}
${lightMarkup(answer.light, summary)}`;
}

function wrongMarkup(wrong: readonly string[]): Markup {
  return markup`<ul class="wrongs" aria-label="Wrong replies">${
    wrong.map((one) =>
      markup`<li><span class="sign" aria-hidden="true">${SIGNS.wrong}</span> ${prose(one)}</li>`
    )
  }</ul>`;
}

function usesMarkup(rows: readonly AnswerRow[]): Markup {
  return markup`<table class="uses">
<caption class="unseen">Which server for which use</caption>
<thead><tr><th scope="col">Use</th><th scope="col">Take</th><th scope="col">How sure</th><th scope="col">Figure</th></tr></thead>
<tbody>
${rows.map(useMarkup)}</tbody>
</table>`;
}

function useMarkup(
  { use, server, sure, extent, figure, metric, warning, scenario }: AnswerRow,
): Markup {
  return markup`<tr><th scope="row"><a href="#${
    anchor("section", scenario)
  }">${use}</a></th><td class="take">${server}</td><td class="${anchor("is", sure)}">${
    surely({ sure, extent })
  }</td><td>${prose(figure)} <span class="muted">${metric}</span>${
    warning !== undefined && markup`<p class="caution">${prose(warning)}</p>`
  }</td></tr>
`;
}

/** The quality of the run, which opens to all warnings. */
function lightMarkup(
  { colour, title, reasons }: Light,
  { warnings, failures }: Pick<Summary, "warnings" | "failures">,
): Markup {
  const says = (more: Content): Markup =>
    markup`<span class="dot" aria-hidden="true"></span><strong>${title}</strong> ${more}${
      reasons.map((one) => markup`<span class="reason">${prose(one)}</span>`)
    }`;
  const count = warnings.length + failures.length;
  if (count === 0) return markup`<p class="light ${colour}">${says("There are no warnings.")}</p>`;
  const open = markup`<span class="open">${
    count === 1 ? "The warning" : `All ${counted(count, "warning")}`
  }</span>`;
  return markup`<details class="light ${colour}" id="warnings"><summary>${says(open)}</summary>
${warningList(warnings, failures)}</details>`;
}

/** Warnings and failures, each with where it occurred and what to do. */
export function warningList(
  warnings: readonly Finding[],
  failures: readonly Failure[],
): Markup {
  return markup`<ul class="warnings">${
    failures.map(({ reason, places }) =>
      markup`<li><strong>Failed: ${reason}</strong>${places}</li>\n`
    )
  }${
    warnings.map(({ finding, advice, places }) =>
      markup`<li><strong>${prose(finding)}</strong>${places} <span class="muted">${
        prose(advice)
      }</span></li>\n`
    )
  }</ul>`;
}

/** The warnings and failures of a scenario, folded; nothing if there are none. */
export function foldedWarnings(
  { warnings, failures }: Pick<Summary, "warnings" | "failures">,
): Content {
  const count = warnings.length + failures.length;
  return count > 0 &&
    markup`<details class="cautions"><summary>${
      counted(count, "warning")
    } about these figures</summary>
${warningList(warnings, failures)}</details>`;
}
