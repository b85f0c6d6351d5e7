/** A page of flame graphs alone: profiles of two runs, to be compared. */

import { policy } from "../html/policy.ts";
import { markup, trusted } from "../html/markup.ts";
import { SCRIPT_WITH_FLAMES } from "../html/script/script.ts";
import { styleSheet } from "../html/style.ts";
import { oneLine } from "../summary/text.ts";
import type { TitledProfile } from "./data.ts";
import { flameMarkup } from "./flame.ts";

/** Profiles of runs as one HTML document that loads nothing, the first one shown against the second. */
export async function renderFlamePage(
  title: string,
  profiles: readonly TitledProfile[],
): Promise<string> {
  const style = styleSheet(0, true);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${await policy(style, SCRIPT_WITH_FLAMES)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${oneLine(title)}</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
<script>${trusted(SCRIPT_WITH_FLAMES)}</script>
</head>
<body>
<div class="flames">
<header><h1>${oneLine(title)}</h1>
<div class="buttons"><button type="button" data-theme-toggle hidden>Dark theme</button></div></header>
<main>${flameMarkup(profiles, { isCompared: true })}</main>
</div>
</body>
</html>
`.markup;
}
