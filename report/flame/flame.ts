/** Flame graphs in a page: markup that can be read without a script, and data for the script. */

import { type Kind, KINDS, sharesOf } from "../../measure/explain/profile/profile.ts";
import { heaviest } from "../../measure/explain/profile/tree.ts";
import { folded, type Markup, markup, trusted } from "../html/markup.ts";
import { oneLine } from "../summary/text.ts";
import { flameData, type TitledProfile } from "./data.ts";

/** What kinds are called. */
export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  kernel: "kernel",
  runtime: "runtime and standard library",
  library: "library",
  user: "server's own code",
};

/** How many functions are listed of each profile. */
const MOST_LISTED = 12;

/**
 * Flame graphs of profiles, the first one shown.
 *
 * @param isCompared whether it is shown against the next one of its group
 */
export function flameMarkup(
  profiles: readonly TitledProfile[],
  { isCompared = false } = {},
): Markup {
  const data = JSON.stringify(flameData(profiles)).replaceAll("<", "\\u003c");
  return markup`<div class="flame" data-flame="${
    isCompared ? "compared" : ""
  }" hidden><svg role="group" aria-label="Flame graph"></svg></div>
<script type="application/json" class="flame-data">${trusted(data)}</script>
${
    folded(
      `The heaviest functions of ${profiles.length === 1 ? "it" : "each"}`,
      heaviestMarkup(profiles),
    )
  }`;
}

function heaviestMarkup(profiles: readonly TitledProfile[]): Markup {
  return markup`${
    profiles.map(({ title, group, profile }) => {
      const shares = sharesOf(profile);
      const kinds = KINDS.filter((kind) => kind !== "kernel" || profile.noKernel === undefined)
        .map((kind) => `${KIND_WORDS[kind]} ${percent(shares[kind])}`).join(", ");
      return markup`<h4>${oneLine(title)}, ${oneLine(group)}</h4>
<p class="muted">By ${oneLine(profile.by)}. ${kinds}.${
        profile.leftOut !== undefined &&
        ` ${profile.leftOut} rarer stacks are put together by kind.`
      }</p>
<ol class="heaviest">${
        heaviest(profile, MOST_LISTED).map(({ name, kind, share }) =>
          markup`<li>${percent(share)} <code>${oneLine(name)}</code> <span class="muted">${
            KIND_WORDS[kind]
          }</span></li>`
        )
      }</ol>`;
    })
  }`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
