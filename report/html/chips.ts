/** The box that narrows the page to servers and scenarios, and a button for each server, which hides it everywhere. */

import type { Result } from "../../measure/model/result.ts";
import { oneLine } from "../summary/text.ts";
import { keyMarkup } from "./figure.ts";
import { type Markup, markup } from "./markup.ts";

/** Hidden until the script is there, without which it could do nothing. */
export function toolsMarkup({ servers }: Pick<Result, "servers">): Markup {
  return markup`<div class="tools" role="search" aria-label="Servers and scenarios" hidden>
<input type="search" id="filter" placeholder="Filter servers and scenarios ( / )" aria-label="Filter servers and scenarios" aria-keyshortcuts="/" autocomplete="off" spellcheck="false">
<div class="chips" role="group" aria-label="Servers shown" tabindex="-1">${
    servers.map(({ id, title }, place) =>
      markup`<button type="button" class="chip" data-chip="${place}" data-id="${
        oneLine(id)
      }" aria-pressed="true">${keyMarkup(place)}${oneLine(title)}</button>`
    )
  }<button type="button" class="chip" data-chip-all hidden>Show all</button></div>
<p class="matches" role="status"></p>
</div>`;
}
