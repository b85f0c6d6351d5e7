/**
 * The document of the live view, the same for every run: what a server or a file supplied comes later, as data that the
 * script shows as text.
 */

import { markup, trusted } from "../../report/html/markup.ts";
import { styleSheet } from "../../report/html/style.ts";
import { SCRIPT } from "./script.ts";

/** What the live view has and the report does not. */
const LIVE = `
.page.live { grid-template-columns: minmax(0, 1fr); }
.live section { margin-bottom: 1.4rem; }
.live h2 { padding-top: 1.1rem; }
.live .state { display: flex; flex-wrap: wrap; gap: .3rem 1rem; align-items: baseline; margin: 0 0 .5rem; }
.live .state strong { font-size: 1.05rem; }
progress { appearance: none; display: block; width: 100%; height: .75rem; border: 0; border-radius: .4rem;
  background: var(--line); overflow: hidden; }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }
.charts { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
.charts figure { margin: 0; min-width: 0; }
.charts .figure { margin: .1rem 0 .5rem; font-variant-numeric: tabular-nums; min-height: 2.2rem; max-width: none; }
.charts .figure b { font-size: 1.4rem; font-weight: 600; }
.chart { display: grid; grid-template-columns: 3.2rem minmax(0, 1fr); gap: .15rem .4rem; color: var(--muted);
  font-size: .75rem; font-variant-numeric: tabular-nums; line-height: 1; }
.chart svg { display: block; width: 100%; height: 7rem; overflow: visible; }
.chart .scale, .chart .times { display: flex; justify-content: space-between; }
.chart .scale { flex-direction: column; text-align: right; }
.chart .times { grid-column: 2; padding-top: .2rem; }
.chart .frame { stroke: var(--line); fill: none; stroke-width: 1; }
.chart .warm { fill: var(--raised); }
.chart .line { stroke: var(--accent); fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.chart .dot { stroke-width: 5; }
.chart path { vector-effect: non-scaling-stroke; }
.stale .figure { color: var(--muted); }
.tables { display: grid; gap: .2rem 2.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr)); }
.live .table { margin: .4rem 0; }
.live table { width: 100%; }
.live caption .muted { display: block; font-weight: 400; }
.live thead th { min-width: 0; }
.live thead th.number { min-width: 4.6rem; }
.live td .rounds { display: block; color: var(--muted); font-size: .75rem; }
.live .reasons td { color: var(--wrong); font-size: .8125rem; padding-top: 0; white-space: normal; overflow-wrap: anywhere; }
.live tr:has(+ .reasons:not([hidden])) > * { border-bottom: 0; }
.live tbody th.key { min-width: 8rem; }
@media (max-width: 40rem) {
  .live th, .live td { padding-inline: .35rem; }
  .live th:first-child, .live .reasons td { padding-left: 0; }
  .live thead th.number { min-width: 0; }
  .live tbody th.key { min-width: 7rem; }
}
.live td.running { position: relative; background: var(--raised); box-shadow: inset 3px 0 var(--accent); }
.list { list-style: none; padding: 0; margin: .4rem 0; display: grid; gap: .4rem; }
.list li { max-width: 60rem; border-left: 4px solid var(--warn-line); background: var(--warn); padding: .4rem .8rem;
  border-radius: 0 .4rem .4rem 0; font-size: .9rem; }
.list li.failed { border-left-color: var(--wrong); background: var(--raised); color: var(--ink); }
.list .where { display: block; color: var(--muted); font-size: .8125rem; }
`;

const STYLE: string = styleSheet([]) + LIVE;

/** The document, and the policy that lets only its script run, which may ask only its server. */
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
