/** How the page of the live view looks: as the report, and what that does not have. */

import { styleSheet } from "../../report/html/style.ts";

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

/** The style sheet of the live view. */
export const STYLE: string = styleSheet([]) + LIVE;
