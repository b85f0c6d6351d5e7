/** A series as a picture for the page: its points with their intervals, and its levels. */

import { median } from "../../measure/statistics/statistics.ts";
import type { Series } from "../../measure/history/series.ts";
import { type Markup, markup } from "../html/markup.ts";
import { formatNumber, formatTime, oneLine } from "../summary/text.ts";
import { figureText, sourceOf } from "./tables.ts";

/** Size of a picture, in its own units: it takes the width that there is. */
const [WIDTH, HEIGHT] = [640, 150];
/** Room for the scale on the left, and around the points. */
const [LEFT, MARGIN] = [64, 12];

/** The picture; each point says what it is of when it is pointed at. */
export function plotMarkup(series: Series): Markup {
  const { points, changes, title, server, metric } = series;
  const ends = points.flatMap(({ value, interval }) => [
    value,
    ...(interval === undefined ? [] : [interval.low, interval.high]),
  ]);
  const low = ends.reduce((least, one) => Math.min(least, one), Infinity);
  const high = ends.reduce((most, one) => Math.max(most, one), -Infinity);
  const span = high - low || Math.abs(high) || 1;
  const y = (value: number): string =>
    (HEIGHT - MARGIN - (value - low) / span * (HEIGHT - 2 * MARGIN)).toFixed(1);
  const step = (WIDTH - LEFT - 2 * MARGIN) / Math.max(1, points.length - 1);
  const x = (index: number): string => (LEFT + MARGIN + index * step).toFixed(1);
  const starts = [0, ...changes.map(({ index }) => index), points.length];
  const name = `${oneLine(server)}, ${oneLine(metric.title)} of ${oneLine(title)}`;
  return markup`<svg class="series" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${name}: ${points.length} runs, ${changes.length} changes">
<text x="${LEFT - 6}" y="${y(high)}" dominant-baseline="middle" text-anchor="end">${
    formatNumber(high)
  }</text>
<text x="${LEFT - 6}" y="${y(low)}" dominant-baseline="middle" text-anchor="end">${
    formatNumber(low)
  }</text>
<path class="axis" d="M${LEFT},${MARGIN / 2}V${HEIGHT - MARGIN / 2}"/>
${
    starts.slice(0, -1).map((start, at) => {
      const end = starts[at + 1]!;
      const level = y(median(points.slice(start, end).map(({ value }) => value)));
      const way = changes[at - 1]?.way ?? "other";
      return markup`<path class="level ${way}" d="M${x(start)},${level}H${x(end - 1)}"/>\n`;
    })
  }${
    points.map((point, index) => {
      const { value, interval, run } = point;
      return markup`<g><title>${formatTime(run.startedAt)} UTC, ${sourceOf(point)}: ${
        figureText(point)
      } ${oneLine(metric.unit)}</title>${
        interval !== undefined &&
        markup`<path class="interval" d="M${x(index)},${y(interval.low)}V${y(interval.high)}"/>`
      }<circle cx="${x(index)}" cy="${y(value)}" r="3"/></g>\n`;
    })
  }</svg>`;
}

/** What the page needs for the pictures. */
export const SERIES_STYLE = `
.series { width: 100%; max-width: 44rem; height: auto; display: block; }
.series text { font-size: 11px; fill: var(--muted); }
.series circle { fill: var(--accent); }
.series path { fill: none; stroke: var(--accent); }
.series .axis { stroke: var(--line); }
.series .interval { opacity: .5; }
.series .level { stroke: var(--muted); stroke-width: 2; opacity: .8; }
.series .level.worse { stroke: var(--bad); }
.series .level.better { stroke: var(--good); }
`;
