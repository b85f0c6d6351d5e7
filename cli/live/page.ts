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
.live section { margin-bottom: 1.2rem; }
.live h2 { padding-top: 1rem; font-size: 1.15rem; }
.live .state { display: flex; flex-wrap: wrap; gap: .3rem 1rem; align-items: baseline; margin: 0 0 .5rem; }
.live .state strong { font-size: 1.15rem; }
.live .state[data-status="failed"] strong { color: var(--wrong); }
progress { appearance: none; display: block; width: 100%; height: .75rem; border: 0; border-radius: .4rem;
  background: var(--line); overflow: hidden; }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }
.alarms { list-style: none; padding: 0; margin: .8rem 0 0; display: grid; gap: .4rem; }
.alarms li { max-width: none; border-left: 4px solid var(--wrong); background: var(--raised); color: var(--wrong);
  font-weight: 600; padding: .5rem .8rem; border-radius: 0 .4rem .4rem 0; }
#end { border: 1px solid var(--line); border-radius: .5rem; background: var(--raised); padding: .2rem 1rem; margin-top: .8rem; }
#end .open { display: inline-block; background: var(--accent); color: var(--ground); font-weight: 600; text-decoration: none;
  border-radius: .4rem; padding: .45rem 1rem; margin-right: .6rem; }
#end li, #end p { max-width: none; }
#answer { font-size: 1.05rem; padding-left: 1.1rem; }
.quality::before { content: "●"; margin-right: .45rem; color: var(--good); }
.quality[data-colour="amber"]::before { color: var(--warn-line); }
.quality[data-colour="red"]::before { color: var(--wrong); }
#now { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .9rem .7rem; }
#now h2 { border: 0; padding: 0; display: inline; font-size: .875rem; color: var(--muted); font-weight: 400; }
#trial { margin: 0 0 .35rem; font-weight: 600; min-height: 1.55em; max-width: none; }
.strip { display: flex; flex-wrap: wrap; gap: .2rem 1.5rem; align-items: center; font-size: .875rem;
  font-variant-numeric: tabular-nums; color: var(--muted); min-height: 1.8rem; }
.strip b { color: var(--ink); font-weight: 600; }
.strip progress { height: .5rem; width: 10rem; }
.strip .stale { opacity: .5; }
#rates { width: 8rem; height: 1.6rem; }
#rates:not(.drawn) { display: none; }
#rates path { stroke: var(--accent); fill: none; stroke-width: 1.5; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.tables { display: grid; grid-auto-flow: dense; gap: .2rem 2.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr)); }
.tables > .wide { grid-column: 1 / -1; }
.live .table { margin: .4rem 0; }
.live table { width: 100%; }
.live caption .muted { display: block; font-weight: 400; }
.live thead th { min-width: 0; }
.live thead th.number { min-width: 6rem; }
.live th.name { position: sticky; left: 0; background: var(--ground); z-index: 1; }
.live tbody th.name { min-width: 9rem; }
.live td { min-width: 6rem; }
.live td .value { display: block; white-space: nowrap; min-height: 1.4em; }
.live td .best { color: var(--good); }
.live td small { display: block; color: var(--muted); font-size: .75rem; line-height: 1.35; }
.live td small span { display: block; }
.live td.running { background: var(--raised); box-shadow: inset 3px 0 var(--accent); }
.live td svg { display: block; width: 100%; max-width: 9rem; height: 1.3rem; margin: .1rem 0 .2rem auto; overflow: visible;
  border-bottom: 1px solid var(--line); }
.live td svg path { stroke: var(--accent); stroke-width: 4; stroke-linecap: round; fill: none; vector-effect: non-scaling-stroke; }
#warnings { padding-left: 1.1rem; font-size: .9rem; }
#warnings li { max-width: none; margin: .2rem 0; }
.live td .label { display: none; }
@media (min-width: 40rem) {
  .servers .cell { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 .6rem; justify-items: end; }
  .live .servers td svg { grid-area: 1 / 1; width: 5rem; margin: 0; }
  .servers .value { grid-area: 1 / 2; }
  .servers small { grid-column: 1 / -1; }
  .live .servers td small span { display: inline; }
  .servers small span + span::before { content: "· "; }
}
@media (max-width: 40rem) {
  #trial, .strip { min-height: 3.1em; align-content: start; }
  .live .scroll { overflow-x: visible; }
  .live caption { display: block; }
  .live thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .live table, .live tbody, .live tr, .live td, .live tbody th.name { display: block; min-width: 0; max-width: none; }
  .live tbody th.name { position: static; font-weight: 600; padding: .5rem 0 .1rem; border: 0; }
  .live td { padding: .25rem .4rem; white-space: normal; }
  .live .cell { display: grid; grid-template-columns: minmax(0, 1fr) 5.4rem 3.2rem 6.9rem; gap: 0 .4rem; align-items: center; }
  .live td .label { display: block; text-align: left; overflow-wrap: anywhere; }
  .live td svg { width: 3.2rem; margin: 0; }
  .live .servers .label { grid-column: 1 / -1; font-size: .8125rem; color: var(--muted); }
  .live .servers .value { grid-column: 1 / 3; }
  .live .single tr { display: grid; grid-template-columns: 7rem minmax(0, 1fr); align-items: center; border-bottom: 1px solid var(--line); }
  .live .single .label { display: none; }
  .live .single td { border: 0; }
}
`;

const STYLE: string = styleSheet() + LIVE;

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
<a class="skip" href="#sofar">Skip to the figures</a>
<div class="page live">
<header><div>
<h1>WebSocket servers, live</h1>
<p class="muted" id="plan"></p>
</div></header>
<main>
<noscript><p>This page needs its script to follow the run.</p></noscript>
<section aria-label="Progress">
<p class="state" id="state"><strong id="status" aria-live="polite">Connecting to the run</strong><span class="muted" id="counts"></span></p>
<progress id="progress" max="1" value="0" aria-label="Trials that have ended"></progress>
<div role="alert"><ul class="alarms" id="alarms" hidden></ul></div>
<div id="end" hidden>
<ul id="answer" hidden></ul>
<p class="quality" id="light" hidden></p>
<p><a class="open" id="report" href="report.html" target="_blank" hidden>Open the report</a> <span id="where"></span></p>
</div>
</section>
<section id="now" aria-labelledby="running">
<h2 id="running">Running trial</h2>
<p id="trial">None yet</p>
<div class="strip" id="strip">
<progress id="span" max="1" value="0" aria-label="How far the trial is"></progress>
<svg id="rates" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true"><path/></svg>
<span><b id="rate">–</b> <span id="rate-unit"></span></span>
<span><span id="latency-title">Latency</span> <b id="latency">–</b></span>
<span id="phase"></span>
</div>
</section>
<section aria-labelledby="sofar">
<h2 id="sofar">The comparison so far</h2>
<p class="muted">Each figure is the geometric mean of the rounds until now, below it a point for each round, on a scale from 0
that the servers of a case share. From 5 rounds on: the 95 % interval, and ★ for a server that is clearly better than all
others by the rounds that are complete.</p>
<div class="tables" id="tables"><p class="muted">Nothing has run yet.</p></div>
</section>
<template id="rounds"><svg viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true"><path/></svg></template>
<section aria-labelledby="warned">
<h2 id="warned">Warnings</h2>
<p class="muted" id="none">None so far</p>
<details id="folded" hidden><summary id="warned-count"></summary><ul id="warnings"></ul></details>
</section>
</main>
</div>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`.markup;
