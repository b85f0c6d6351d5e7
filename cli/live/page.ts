/**
 * The document of the live view: the same for every run. What a server or a file supplied comes later, as data that the
 * script shows as text.
 */

import { markup, trusted } from "../../report/html/markup.ts";
import { SCRIPT } from "./script.ts";
import { STYLE } from "./style.ts";

/** The document, and the policy that lets nothing run but its script and asks nobody but its server. */
export async function renderLivePage(): Promise<{ html: string; policy: string }> {
  const policy = [
    "default-src 'none'",
    `script-src '${await digest(SCRIPT)}'`,
    `style-src '${await digest(STYLE)}'`,
    "connect-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return { html: DOCUMENT, policy };
}

async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `sha256-${new Uint8Array(hash).toBase64()}`;
}

const DOCUMENT = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>wsmark, live</title>
<link rel="icon" href="data:,">
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#tables">Skip to the finished trials</a>
<div class="page live">
<header><div>
<h1>WebSocket servers compared, live</h1>
<p class="muted" id="plan"></p>
</div></header>
<main>
<noscript><p>This page needs its script to follow the run.</p></noscript>
<section aria-label="Progress">
<p class="state"><strong id="status" aria-live="polite">Connecting to the run</strong><span class="muted" id="counts"></span></p>
<progress id="progress" max="1" value="0" aria-label="Trials that have ended"></progress>
<p class="muted" id="after" hidden></p>
</section>
<section id="now" aria-labelledby="running">
<h2 id="running">Running trial</h2>
<p id="trial" aria-live="polite">None yet</p>
<div class="charts" id="charts">
${
  [["rate", "Rate"], ["latency", "Latency"]].map(([id, title]) =>
    markup`<figure id="${id!}">
<h3>${title!}</h3>
<p class="figure"><b>–</b> <span class="muted"></span></p>
<div class="chart">
<div class="scale" aria-hidden="true"><span></span><span>0</span></div>
<svg viewBox="0 0 600 100" preserveAspectRatio="none" role="img" aria-label="${title!} over the last minute at most"><path class="warm"/><path class="frame" d="M0 0H600M0 50H600M0 100H600"/><path class="line"/></svg>
<div class="times" aria-hidden="true"><span></span><span></span></div>
</div>
</figure>
`
  )
}</div>
<p class="muted" id="phase"></p>
</section>
<section aria-labelledby="finished">
<h2 id="finished">Finished trials</h2>
<p class="muted">Medians of the rounds so far; see the report for which differences are real.</p>
<div class="tables" id="tables"></div>
</section>
<section aria-labelledby="warned">
<h2 id="warned">Warnings</h2>
<p class="muted" id="more">None so far</p>
<ul class="list" id="warnings"></ul>
</section>
</main>
</div>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`.markup;
