/** How latencies over time are drawn: a row a server, with faint points under their moving average. */

import { largest, smallest } from "../../../measure/statistics/statistics.ts";
import type { Result } from "../../../measure/model/result.ts";
import { formatNumber } from "../../summary/text.ts";
import { isWide, numbers, scaleOf, scaleTitle } from "./axes.ts";
import { type Drawing, rounded, type Spec } from "../chart.ts";
import type { Layout } from "./layout.ts";
import { namesOf, whose } from "./names.ts";
import { heightOf, PER_TICK, stackedByServer } from "./rows.ts";
import { movingAverage, outline, type OverTimeSeries } from "./stretches.ts";
import { serverEncoding } from "../theme.ts";

/** Below this number of points they are drawn larger. */
const FEW = 200;

/** A point, or a value of the average. */
interface Datum {
  readonly kind: "point" | "average";
  readonly server: string;
  readonly whose: string;
  readonly stretch: number;
  readonly x: number;
  readonly y: number;
}

/** The points of a series and of its average, each at most so many; more would only fill the picture. */
function dataOf(
  { name, stretches }: OverTimeSeries,
  whose: string,
  window: number,
  mostOfAll: number,
): Datum[] {
  const total = stretches.reduce((sum, { x }) => sum + x.length, 0);
  return stretches.flatMap(({ x, y }, stretch) => {
    const most = Math.max(2, Math.floor(mostOfAll * x.length / total));
    const datum = (kind: Datum["kind"], index: number, value: number): Datum => ({
      kind,
      server: name,
      whose,
      stretch,
      x: rounded(x[index]!),
      y: rounded(value),
    });
    const average = movingAverage(y, window);
    return [
      ...outline(y, most).map((index) => datum("point", index, y[index]!)),
      ...outline(average, most).map((index) => datum("average", index, average[index]!)),
    ];
  });
}

/** A stretch of the axis that all servers share. */
interface Part {
  readonly name: string;
  /** Where it ends; it begins where the one before ends. */
  readonly end: number;
}

/** What a part of the axis says of a server. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly description: string;
}

/** What the points of a server in each part say. */
function spansOf(
  { name, stretches }: OverTimeSeries,
  whose: string,
  axis: string,
  parts: readonly Part[],
): Span[] {
  return parts.flatMap(({ name: part, end }, index) => {
    const from = parts[index - 1]?.end ?? 0;
    const own = stretches.flatMap(({ x, y }) =>
      y.filter((_, at) => x[at]! >= from && x[at]! < end)
    );
    if (own.length === 0) return [];
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    const [m, low, high] = [mean, smallest(own), largest(own)].map((one) => formatNumber(one));
    const says = `${name}, ${part}: ${axis}; mean of ${
      pointsInWords(own.length)
    } ${m}; lowest ${low}, highest ${high}`;
    return [{ from, to: end, description: `${whose}${says}` }];
  });
}

function pointsInWords(count: number): string {
  return count === 1 ? "1 point" : `${formatNumber(count, 0)} points`;
}

/**
 * How the plot is drawn.
 *
 * @param result the run with the servers of the series
 * @param series at least one, with at least one latency
 * @param window values of the moving average
 * @param titles titles of the axes, with units
 * @param parts the rounds, if the axis is divided into rounds
 */
export function overTimeDrawing(
  result: Pick<Result, "servers">,
  series: readonly OverTimeSeries[],
  window: number,
  titles: { readonly x: string; readonly y: string },
  parts: readonly Part[] = [],
): Drawing {
  const all = series.flatMap(({ stretches }) => stretches);
  const values = all.flatMap(({ y }) => y);
  const isLog = isWide(values);
  const scale = scaleOf(values, isLog, heightOf(series.length) / PER_TICK);
  const figures = scaleTitle(titles.y, scale);
  const names = [...namesOf(result).values()];
  const borders = parts.slice(0, -1).map(({ end }) => ({ x: end }));
  const look = serverEncoding(result);
  const own = { description: { field: "whose" } };
  const spec = (layout: Layout): Spec => {
    const rows = series.map((one) => {
      const mine = whose(names.indexOf(one.name));
      const data = dataOf(one, mine, window, Math.floor(layout.points / series.length));
      const spans = spansOf(one, mine, titles.y, parts).map((span) => ({ kind: "span", ...span }));
      return { heading: one.name, whose: mine, data: [...data, ...spans] };
    });
    const times = scaleOf(all.flatMap(({ x }) => x), false, layout.ticks);
    const axes = { x: numbers("x", titles.x, times), y: numbers("y", figures, scale) };
    const isFew = rows.every(({ data }) => data.length < FEW);
    return stackedByServer(rows, axes, layout, (x, y) => [
      ...(borders.length === 0 ? [] : [{
        data: { values: borders },
        mark: { type: "rule", style: "ink", opacity: 0.35, strokeDash: [2, 3] },
        encoding: { x, description: { value: "" } },
      }]),
      {
        transform: [{ filter: "datum.kind === 'point'" }],
        mark: { type: "point", filled: true, size: isFew ? 22 : 10, opacity: 0.45 },
        encoding: { x, y, ...look, ...own },
      },
      {
        transform: [{ filter: "datum.kind === 'average'" }],
        mark: { type: "line", strokeWidth: isFew ? 2 : 1.5 },
        encoding: { x, y, detail: { field: "stretch" }, ...look, ...own },
      },
      ...(parts.length === 0 ? [] : [{
        transform: [{ filter: "datum.kind === 'span'" }],
        mark: { type: "rect", opacity: 0 },
        encoding: {
          x: { ...x, field: "from" },
          x2: { field: "to" },
          y: { value: 0 },
          y2: { value: heightOf(series.length) },
          description: { field: "description" },
        },
      }]),
    ]);
  };
  return { spec, figures };
}
