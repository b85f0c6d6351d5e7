/** How the page looks: light and dark, wide and narrow, in print. */

import { FIGURE_STYLE, type ThemedValue } from "./figure.ts";

const LIGHT = `--ground: #fff; --raised: #f5f6f8; --ink: #1b1e24; --muted: #5a6170; --line: #d8dce3;
  --accent: #1f55b5; --good: #116b3a; --bad: #a6480a; --wrong: #b3202c; --warn: #fff7e0; --warn-line: #d9a514;`;

const DARK =
  `--ground: #16181d; --raised: #1f2229; --ink: #e7e9ed; --muted: #a3a9b6; --line: #363b46;
  --accent: #8ab4ff; --good: #6fd39b; --bad: #f2a65e; --wrong: #ff8087; --warn: #2b2614; --warn-line: #b58d1c;`;

const PAGE = `
*, ::before, ::after { box-sizing: border-box; }
html { background: var(--ground); color: var(--ink); scroll-padding-top: 1rem;
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; -webkit-text-size-adjust: 100%; }
body { margin: 0; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
h1, h2, h3 { line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; }
h2 { font-size: 1.35rem; padding-top: 1.4rem; border-top: 1px solid var(--line); }
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
.page { display: grid; grid-template-columns: minmax(0, 1fr); max-width: 80rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; gap: 1.25rem; }
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
section { margin: 0 0 2.2rem; }
section:first-child h2 { border-top: 0; padding-top: 0; }
.question { font-size: 1.05rem; color: var(--muted); margin-top: .2rem; }
.warnings { border-left: 4px solid var(--warn-line); background: var(--warn); border-radius: 0 .4rem .4rem 0;
  padding: .6rem .9rem; margin: .9rem 0; font-size: .925rem; }
.warnings .title { font-weight: 600; margin: 0; }
.warnings ul { margin: .3rem 0 0; padding-left: 1.1rem; }
.warnings summary { font-weight: 600; }
ul.inline { display: inline; padding: 0; }
ul.inline li { display: inline; }
ul.inline li:not(:last-child)::after { content: ", "; }
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
.table { margin: .9rem 0; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; min-width: min(100%, 30rem); }
caption { text-align: left; font-weight: 600; padding: .3rem 0; font-size: .95rem; }
th, td { padding: .3rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { font-weight: 600; vertical-align: bottom; border-bottom: 2px solid var(--line); min-width: 4.5rem; }
tr.first > * { border-top: 2px solid var(--line); }
thead th.long { min-width: 7.5rem; }
tbody th { min-width: 7rem; }
tbody th[rowspan] { min-width: 9rem; }
.number { text-align: right; }
td.number, .time { white-space: nowrap; }
tbody th.number { min-width: 0; }
th.key { position: sticky; left: 0; background: var(--ground); }
.phrase { min-width: 11rem; }
.prose { min-width: 20rem; }
.summary td { white-space: nowrap; }
.summary th[scope=rowgroup] { font-weight: 600; padding-top: .9rem; border-bottom-color: var(--muted); }
.summary th[scope=rowgroup] .muted { font-weight: 400; }
.summary tbody th[scope=row] { min-width: 10rem; }
.summary .aside > * { color: var(--muted); font-size: .8125rem; padding-top: 0; }
.summary .aside > th { padding-left: 1.2rem; }
.summary tr:has(+ .aside) > * { border-bottom: 0; padding-bottom: .1rem; }
sup.note { font-size: .7em; line-height: 0; }
.notes { list-style: none; padding: 0; counter-reset: note; }
.notes li { counter-increment: note; }
.notes li::before { content: "[" counter(note) "] "; }
figure { margin: 1.1rem 0; padding: .9rem; border: 1px solid var(--line); border-radius: .5rem; }
figcaption { margin-top: .4rem; }
.tip { position: fixed; z-index: 2; pointer-events: none; max-width: min(22rem, 90vw); overflow-wrap: anywhere;
  background: var(--ink); color: var(--ground); font-size: .8125rem; line-height: 1.4; padding: .4rem .6rem; border-radius: .35rem; }
details > summary { cursor: pointer; padding: .3rem 0; color: var(--accent); width: fit-content; }
details ul { margin-top: .2rem; }
footer { color: var(--muted); font-size: .875rem; border-top: 1px solid var(--line); padding-top: 1rem; }
@media (min-width: 40rem) {
  .summary th[scope=row], .summary thead th:first-child { position: sticky; left: 0; background: var(--ground); }
  .summary th[scope=rowgroup] div { position: sticky; left: .6rem; width: fit-content; }
}
@media (min-width: 68rem) {
  .page { grid-template-columns: 12rem minmax(0, 1fr); column-gap: 2.5rem; padding-inline: 2rem; }
  header, footer { grid-column: 1 / -1; }
  nav { position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow-y: auto; }
  nav ul { display: block; }
}
@media (max-width: 40rem) {
  html { font-size: 15px; }
  h1 { font-size: 1.4rem; }
  figure { padding: .7rem; }
  tbody th[scope=row] { min-width: 6rem; }
  .summary tbody th[scope=row] { min-width: 8rem; }
}
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  html { font-size: 11px; }
  nav, .buttons, .skip, .tip, details:not([open]) { display: none; }
  .page { display: block; padding: 0; max-width: none; }
  .scroll { overflow: visible; }
  h2, h3, caption { break-after: avoid; }
  figure, tr, .findings > li, .warnings { break-inside: avoid; }
  table { font-size: 8px; }
  .summary .aside > * { font-size: 7.5px; }
  th, td { padding: .15rem .3rem; white-space: normal !important; }
  thead th, tbody th, .phrase, .prose { min-width: 0 !important; }
  .plot { max-height: 15cm; }
  a { color: inherit; text-decoration: none; }
}
`;

/** The style sheet of the page, with the values of its plots that differ between the themes. */
export function styleSheet(values: readonly ThemedValue[]): string {
  const own = new Map(values.map((value) => [value.name, value]));
  const listed = (theme: "light" | "dark"): string =>
    [...own.values()].map((value) => `${value.name}: ${value[theme]};`).join(" ");
  const light = `color-scheme: light; ${LIGHT} ${listed("light")}`;
  const dark = `color-scheme: dark; ${DARK} ${listed("dark")}`;
  return `:root { ${light} }
:root[data-theme=dark] { ${dark} }
@media (prefers-color-scheme: dark) {
:root:not([data-theme=light]) { ${dark} }
}
@media print {
:root:root:root { ${light} }
}
${FIGURE_STYLE}${PAGE}`;
}
