/**
 * The study of a run and the servers that were left out, on the page.
 *
 * @module
 */

import type { Result } from "../../measure/model/result.ts";
import type { SaidClaim, SaidStudy } from "../summary/study.ts";
import type { Table } from "../tables/table.ts";
import { oneLine } from "../summary/text.ts";
import { type Content, type Markup, markup, prose } from "./markup.ts";
import { tableMarkup } from "./table.ts";

const CLASSES = {
  "holds": "better",
  "contradicted": "wrong",
  "not shown": "worse",
  "not measured": "muted",
} as const satisfies Record<SaidClaim["verdict"], string>;

/** What was published and what becomes of it, then the figures. */
export function studyMarkup({ title, about, claims, note }: SaidStudy, figures: Table): Markup {
  return markup`<h3>${title}</h3>
<ul>${about.map((sentence) => markup`<li>${prose(sentence)}</li>`)}</ul>
${claims.length > 0 && markup`<ol class="claims">${claims.map(claimMarkup)}</ol>`}
${
    claims.length === 0
      ? markup`<p class="muted">${prose(note)}</p>`
      : tableMarkup(figures, { isTitled: true })
  }`;
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

/** The servers that could not be started here, with the reasons; nothing where there are none. */
export function leftOutMarkup({ leftOut = [] }: Result): Content {
  return leftOut.length > 0 &&
    markup`<p class="muted">Left out: ${
      leftOut.map(({ title, reason }) => `${oneLine(title)} (${prose(oneLine(reason))})`).join("; ")
    }.</p>`;
}
