/** The box that narrows the page to servers and scenarios, and a button for each server, which hides it everywhere. */

import type { Result } from "../../measure/model/result.ts";
import { lookOf } from "../plots/theme.ts";
import { oneLine } from "../summary/text.ts";
import type { ThemedValue } from "./figure.ts";
import { type Markup, markup } from "./markup.ts";

/** The outlines of the shapes of points, in a square of 16 units around 0. */
const OUTLINES: Readonly<Record<ReturnType<typeof lookOf>["shape"], string>> = {
  "circle": "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
  "square": "M-5-5h10v10h-10z",
  "triangle-up": "M0-6L6.5 5h-13z",
  "diamond": "M0-7.5L5.5 0L0 7.5L-5.5 0z",
  "triangle-down": "M0 6L6.5-5h-13z",
  "cross": "M-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
  "triangle-right": "M6 0L-5 6.5v-13z",
};

/** The custom property that holds the colour of a server. */
function colourOf(place: number): string {
  return `--server-${place}`;
}

/** The colours of the servers, as in the plots. */
export function serverColours({ servers }: Pick<Result, "servers">): ThemedValue[] {
  return servers.map((_, place) => {
    const { light, dark } = lookOf(place);
    return { name: colourOf(place), light, dark };
  });
}

/** Hidden until the script is there, without which it could do nothing. */
export function toolsMarkup({ servers }: Pick<Result, "servers">): Markup {
  return markup`<div class="tools" role="search" aria-label="Servers and scenarios" hidden>
<input type="search" id="filter" placeholder="Filter servers and scenarios ( / )" aria-label="Filter servers and scenarios" aria-keyshortcuts="/" autocomplete="off" spellcheck="false">
<div class="chips" role="group" aria-label="Servers shown" tabindex="-1">${
    servers.map(({ title }, place) =>
      markup`<button type="button" class="chip" data-chip="${place}" aria-pressed="true"><svg viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true"><path d="${
        OUTLINES[lookOf(place).shape]
      }" fill="var(${colourOf(place)})"/></svg>${oneLine(title)}</button>`
    )
  }<button type="button" class="chip" data-chip-all hidden>Show all</button></div>
<p class="matches" role="status"></p>
</div>`;
}
