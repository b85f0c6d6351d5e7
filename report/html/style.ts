/** How the page looks: light and dark, wide and narrow, in print. */

import { pageColours } from "../plots/theme.ts";
import { FLAME_STYLE } from "../flame/style.ts";
import { FIGURE_STYLE } from "./figure.ts";

const LIGHT = `--ground: #fff; --raised: #f5f6f8; --ink: #1b1e24; --muted: #5a6170; --line: #d8dce3;
  --accent: #1f55b5; --good: #116b3a; --bad: #a6480a; --wrong: #b3202c; --warn: #fff7e0; --warn-line: #d9a514; --shade: #0002;`;

const DARK =
  `--ground: #16181d; --raised: #1f2229; --ink: #e7e9ed; --muted: #a3a9b6; --line: #363b46;
  --accent: #8ab4ff; --good: #6fd39b; --bad: #f2a65e; --wrong: #ff8087; --warn: #2b2614; --warn-line: #b58d1c; --shade: #fff3;`;

const PAGE = `
*, ::before, ::after { box-sizing: border-box; }
html { background: var(--ground); color: var(--ink); scroll-padding-top: 4rem;
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; -webkit-text-size-adjust: 100%; }
body { margin: 0; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
h1, h2, h3 { line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h1 { font-size: 1.45rem; }
h2 { font-size: 1.3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; }
p, ul, ol, dl { margin: .6rem 0; }
p, li, dd { overflow-wrap: anywhere; max-width: 48rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.muted, figcaption, .notes { color: var(--muted); font-size: .875rem; }
.skip:not(:focus) { position: absolute; left: -100vw; }
[hidden] { display: none !important; }
button { font: inherit; font-size: .875rem; color: var(--ink); background: var(--raised); cursor: pointer;
  border: 1px solid var(--line); border-radius: .4rem; padding: .35rem .8rem; min-height: 2.25rem; }
button:hover { border-color: var(--muted); }
.page { display: grid; grid-template-columns: minmax(0, 1fr); max-width: 80rem; margin: 0 auto; padding: 1rem 1rem 3rem; gap: .75rem; }
header { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; justify-content: space-between; align-items: flex-start; }
header > div:first-child { flex: 1 1 24rem; min-width: 0; }
header p { margin: .3rem 0 0; }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; }
nav { font-size: .9rem; }
nav ul { list-style: none; padding: 0; margin: .3rem 0 0; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; }
nav a { display: inline-block; padding: .15rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }
nav .title { font-weight: 600; margin: 0; }
main { min-width: 0; }
section { margin: 0 0 1.4rem; }
section:first-child h2 { border-top: 0; padding-top: 0; }
.question { font-size: 1.05rem; color: var(--muted); margin-top: .2rem; }
.wrongs { list-style: none; margin: 0 0 .7rem; padding: .5rem .9rem; color: var(--wrong); font-weight: 600;
  border: 2px solid var(--wrong); border-radius: .4rem; }
.wrongs li { max-width: none; }
.answer { font-size: 1.125rem; line-height: 1.4; }
.answer p { margin: .2rem 0; max-width: 60rem; }
.uses { width: 100%; min-width: 0; margin: .4rem 0; line-height: 1.4; }
.uses thead th { font-size: .8125rem; color: var(--muted); border-bottom-width: 1px; }
.uses :is(th, td:not(:last-child)) { white-space: nowrap; min-width: 0; }
.uses .muted { font-size: .8125rem; }
.uses td.take { font-weight: 600; white-space: normal; max-width: 13rem; }
.uses :is(.is-sure, .is-probably) { color: var(--good); }
.uses :is(.is-not-told-apart, .is-depends-on-the-case, .is-not-measured) { color: var(--muted); }
.caution { color: var(--wrong); margin: .1rem 0 0; }
.same { max-width: none; }
.light { margin: .5rem 0; border: 1px solid var(--line); border-radius: .4rem; padding: .4rem .8rem; font-size: .925rem; max-width: none; }
.light summary { color: var(--ink); width: auto; padding: 0; list-style: none; }
.light summary::-webkit-details-marker { display: none; }
.light .open { color: var(--accent); text-decoration: underline; white-space: nowrap; }
.light .reason { display: block; font-size: .875rem; line-height: 1.4; }
.dot { display: inline-block; width: .8rem; height: .8rem; border-radius: 50%; margin-right: .5rem; vertical-align: -.05rem; }
.green .dot { background: #1b9e4b; }
.amber .dot { background: #e0a100; }
.red .dot { background: #d42a37; }
.warnings { font-size: .9rem; padding-left: 1.1rem; }
.cautions > summary::before { content: "⚠ "; }
.meaning { margin: .3rem 0; }
.meaning li { max-width: 64rem; }
.goes-with { font-weight: 600; margin: .8rem 0 .2rem; }
.plots { display: grid; gap: .8rem; margin: .6rem 0; }
.plots figure { margin: 0; min-width: 0; }
.more { display: flex; flex-wrap: wrap; gap: 0 1.6rem; font-size: .925rem; }
.more > details[open] { flex: 1 1 100%; min-width: 0; }
.command { display: flex; gap: .5rem; align-items: center; flex-wrap: wrap; }
.command code { flex: 0 1 auto; min-width: 0; overflow-wrap: anywhere; background: var(--raised); border: 1px solid var(--line);
  border-radius: .4rem; padding: .4rem .7rem; font-size: .875rem; }
.words { display: grid; gap: .3rem 1.5rem; font-size: .9rem; }
.words > div { display: grid; grid-template-columns: minmax(6rem, 9rem) minmax(0, 1fr); gap: 0 1rem; }
.tools { display: flex; flex-wrap: wrap; gap: .4rem .6rem; align-items: center; position: sticky; top: 0; z-index: 3;
  background: var(--ground); padding: .4rem 0; border-bottom: 1px solid var(--line); min-width: 0; }
.tools input { font: inherit; font-size: .875rem; color: inherit; background: var(--ground); border: 1px solid var(--muted);
  border-radius: .4rem; padding: .3rem .6rem; flex: 0 1 18rem; min-width: 10rem; min-height: 2.25rem; }
.chips { display: flex; gap: .35rem; overflow-x: auto; flex: 1 1 16rem; min-width: 0; padding: 3px; }
.chip { display: inline-flex; align-items: center; gap: .35rem; white-space: nowrap; flex: none; padding: .2rem .6rem; border-radius: 1rem; }
.chip[aria-pressed=false] { text-decoration: line-through; color: var(--muted); background: none; border-style: dashed; }
.chip[aria-pressed=false] svg { opacity: .35; }
.chip.missed { opacity: .5; order: 1; }
.matches { margin: 0; font-size: .875rem; color: var(--muted); }
.matches:empty { flex-basis: 0; }
.hint { margin: .1rem 0; font-size: .8125rem; color: var(--muted); }
.findings { list-style: none; padding: 0; display: grid; gap: .8rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); }
.findings > li { align-self: start; border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem; min-width: 0; }
.findings p { margin: .3rem 0; }
.findings dl { margin: .5rem 0 0; font-size: .9rem; }
.findings dl div { margin-top: .3rem; }
.claims > li { margin: .8rem 0; }
.claims p { margin: .2rem 0; }
.verdict { font-weight: 600; font-size: .875rem; white-space: nowrap; border: 1px solid currentColor; border-radius: 1rem; padding: .05rem .6rem; }
dt { font-weight: 600; }
dd { margin: 0; }
.methods { display: grid; gap: .6rem; }
dt.better, .better, .best .sign { color: var(--good); }
dt.worse, .worse { color: var(--bad); }
.precision, .same, .level, .probable { color: var(--muted); }
.wrong, .failed { color: var(--wrong); }
.best { font-weight: 600; }
.best span:not(.sign) { font-weight: 400; }
.scroll { position: relative; overflow-x: auto; max-width: 100%; }
.scroll, .chips, nav ul {
  background: linear-gradient(to right, var(--ground) 50%, transparent) left / 2rem 100% no-repeat local,
    linear-gradient(to left, var(--ground) 50%, transparent) right / 2rem 100% no-repeat local,
    linear-gradient(to right, transparent 1px, var(--shade) 1px, transparent) left / 1rem 100% no-repeat scroll,
    linear-gradient(to left, transparent 1px, var(--shade) 1px, transparent) right / 1rem 100% no-repeat scroll; }
.table { margin: .6rem 0; }
table { border-collapse: separate; border-spacing: 0; font-size: .875rem; font-variant-numeric: tabular-nums; min-width: min(100%, 30rem); }
caption { text-align: left; font-weight: 600; padding: .3rem 0; font-size: .95rem; }
th, td { padding: .25rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { font-weight: 600; vertical-align: bottom; border-bottom: 2px solid var(--line); min-width: 4.5rem; }
thead th.long { min-width: 6.5rem; }
tbody th { min-width: 7rem; }
.number { text-align: right; }
td.number, .time { white-space: nowrap; }
tbody th.number { min-width: 0; }
.figures :is(td, th) { text-align: right; padding-inline: .45rem; }
.figures td { white-space: nowrap; }
.figures :is(.text, .group th) { text-align: left; white-space: normal; }
th.key { position: sticky; left: 0; z-index: 1; background: linear-gradient(var(--ground) 0 0) 0 1px no-repeat; }
caption > span { position: sticky; left: 0; display: inline-block; }
.group th { font-weight: 600; padding-top: .7rem; border-bottom-color: var(--muted); }
.group div { position: sticky; left: .6rem; width: fit-content; max-width: min(80vw, 48rem); }
.group .muted { font-weight: 400; }
.phrase { min-width: 11rem; }
.prose { min-width: 20rem; }
th button { all: unset; cursor: pointer; border-radius: .2rem; }
th button:hover { text-decoration: underline; }
th button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
th[aria-sort] button::after { content: " ▲"; font-size: .7em; }
th[scope=row][aria-sort] button::after { content: " ▶"; }
th[aria-sort=descending] button::after { content: " ▼"; }
th[scope=row][aria-sort=descending] button::after { content: " ◀"; }
.of { display: block; color: var(--muted); font-size: .75rem; white-space: normal; min-width: 12rem; }
.unfolded .group { display: none; }
.detail { display: inline-block; min-width: 9.8em; text-align: left; padding-left: .5em; font-weight: 400; font-size: .8125rem; }
.tall .detail { display: block; min-width: 0; text-align: right; padding: 0; line-height: 1.2; }
.summary tbody th.key { min-width: 17rem; max-width: 19rem; }
.figures tbody th.key:not(.phrase, .prose) { white-space: nowrap; }
.summary tbody th.key:not(.phrase, .prose) { white-space: normal; }
.summary .aside > * { color: var(--muted); font-size: .8125rem; padding-top: 0; }
.summary .aside > th { padding-left: 1rem; }
.summary tr:has(+ .aside) > * { border-bottom: 0; padding-bottom: .1rem; }
sup.note { font-size: .7em; line-height: 0; }
.notes { list-style: none; padding: 0; counter-reset: note; }
.notes li { counter-increment: note; }
.notes li::before { content: "[" counter(note) "] "; }
figure { margin: 1.1rem 0; padding: .7rem .9rem; border: 1px solid var(--line); border-radius: .5rem; }
figcaption { margin-top: .4rem; }
.tip { position: fixed; z-index: 4; pointer-events: none; max-width: min(22rem, 90vw); overflow-wrap: anywhere;
  background: var(--ink); color: var(--ground); font-size: .8125rem; line-height: 1.4; padding: .4rem .6rem; border-radius: .35rem; }
details > summary { cursor: pointer; padding: .3rem 0; color: var(--accent); width: fit-content; }
details ul { margin-top: .2rem; }
footer { color: var(--muted); font-size: .875rem; border-top: 1px solid var(--line); padding-top: 1rem; }
@media (min-width: 68rem) {
  .page { grid-template-columns: 12rem minmax(0, 1fr); column-gap: 2.5rem; padding-inline: 2rem; }
  header, footer, .tools { grid-column: 1 / -1; }
  nav { position: sticky; top: 4rem; align-self: start; max-height: calc(100vh - 5rem); overflow-y: auto; }
  nav ul { display: block; background: none; }
}
@media (max-width: 40rem) {
  html { font-size: 15px; scroll-padding-top: 7rem; }
  h1 { font-size: 1.2rem; }
  .buttons button { min-height: 1.9rem; padding: .15rem .6rem; }
  .tools input { flex-basis: 100%; }
  .chips { flex-basis: 100%; }
  nav .title { display: none; }
  nav ul { flex-wrap: nowrap; overflow-x: auto; margin: 0; }
  nav a { white-space: nowrap; }
  .answer { font-size: 1.0625rem; }
  ul { padding-left: 1.3rem; }
  .uses :is(th, td) { white-space: normal !important; }
  figure { padding: .7rem; }
  tbody th[scope=row] { min-width: 6rem; }
  .summary tbody th.key { min-width: 8.5rem; max-width: 9rem; }
  .figures :is(th, td) { padding-inline: .4rem; }
  .figures tbody th.key:not(.phrase, .prose) { white-space: normal; }
  .detail { display: block; min-width: 0; text-align: right; padding: 0; line-height: 1.2; }
  .uses thead { display: none; }
  .uses tr { display: grid; grid-template-columns: 1fr auto; border-bottom: 1px solid var(--line); padding: .35rem 0; }
  .uses :is(th, td) { border: 0; padding: 0; }
  .uses tbody th { grid-column: 1 / -1; font-size: .8125rem; }
  .uses td:last-child { grid-column: 1 / -1; font-size: .8125rem; }
}
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  html { font-size: 11px; }
  nav, .buttons, .skip, .tip, .tools, .hint, .command button, .more > details:not([open]), .light .open { display: none; }
  .page { display: block; padding: 0; max-width: none; }
  .scroll { overflow: visible; }
  h2, h3, caption { break-after: avoid; }
  figure, tr, .findings > li, .warnings { break-inside: avoid; }
  table { font-size: 8px; }
  .summary .aside > * { font-size: 7.5px; }
  th, td { padding: .15rem .3rem; white-space: normal !important; }
  thead th, tbody th, .phrase, .prose { min-width: 0 !important; }
  .summary { width: 100%; }
  .summary tbody th.key { min-width: 22em !important; }
  .dot { print-color-adjust: exact; }
  .plots { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .plots > .full { grid-column: 1 / -1; }
  .plot { max-height: 15cm; }
  a { color: inherit; text-decoration: none; }
}
`;

/**
 * The style sheet of the page.
 *
 * @param servers how many servers can be hidden: the class `hide-K` of the document hides all that has `data-server="K"`,
 *   and so does `miss-K`, for a server that the filter does not find
 */
export function styleSheet(servers: number = 0, hasFlames: boolean = false): string {
  const listed = (theme: "light" | "dark"): string =>
    pageColours().map((colour) => `${colour.name}: ${colour[theme]};`).join(" ");
  const light = `color-scheme: light; ${LIGHT} ${listed("light")}`;
  const dark = `color-scheme: dark; ${DARK} ${listed("dark")}`;
  const hidden = Array.from(
    { length: servers },
    (_, place) =>
      `:is(.hide-${place}, .miss-${place}) [data-server="${place}"], .miss-${place} [data-legend="${place}"]`,
  );
  return `:root { ${light} }
:root[data-theme=dark] { ${dark} }
@media (prefers-color-scheme: dark) {
:root:not([data-theme=light]) { ${dark} }
}
@media print {
:root:root:root { ${light} }
}
${FIGURE_STYLE}${PAGE}${hasFlames ? FLAME_STYLE : ""}${
    hidden.length > 0 ? `${hidden.join(",\n")} { display: none; }\n` : ""
  }`;
}
