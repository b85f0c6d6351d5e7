/** Axes, linear from zero or logarithmic for a wide range of figures, and charts below one another on the same axes. */

import { largest, smallest } from "../../../measure/statistics/statistics.ts";
import { formatNumber } from "../../summary/text.ts";
import { NUMBERS, type Spec } from "../chart.ts";
import { type Layout, widthOf } from "./layout.ts";

/** From this ratio of the largest to the smallest figure on, an axis is logarithmic. */
const WIDE = 20;
/** Up to this ratio it has ticks between the powers of ten. */
const DECADES = 10 ** 2.5;
/** Room around the data, as a factor. */
const ROOM = 1.08;

/** Whether positive figures need a logarithmic axis. */
export function isWide(values: readonly number[]): boolean {
  const least = smallest(values);
  return least > 0 && largest(values) / least >= WIDE;
}

/**
 * Ticks of a logarithmic axis: powers of ten, with 2 and 5 between them if those are few, or only some if they are many.
 *
 * @param count about the most ticks, at least 1
 */
export function logTicks(least: number, most: number, count: number = MOST_TICKS): number[] {
  // As text, because 5 × 10⁻⁴ is not quite 0.0005.
  const all = (step: number): number[] => {
    const ticks: number[] = [];
    for (let power = Math.floor(Math.log10(least)); 10 ** power <= most; power++) {
      ticks.push(Number(`${step}e${power}`));
    }
    return ticks.filter((tick) => tick >= least && tick <= most);
  };
  const powers = all(1);
  const between = most / least <= DECADES ? [...powers, ...all(2), ...all(5)] : powers;
  if (between.length <= count) return between.sort((a, b) => a - b);
  const stride = Math.ceil(powers.length / count);
  return powers.filter((_, index) => index % stride === 0);
}

/** More ticks of a logarithmic axis would be a crowd. */
const MOST_TICKS = 8;

/**
 * The scale and the axis of figures, of which there is at least one.
 *
 * @param ticks approximate number of ticks of a linear axis, and most ticks of a logarithmic one
 */
export function scaleOf(
  values: readonly number[],
  isLog: boolean = isWide(values),
  ticks: number = isLog ? MOST_TICKS : 6,
): { readonly scale: Spec; readonly axis: Spec } {
  const [least, most] = [smallest(values), largest(values)];
  if (isLog) {
    const domain = [least / ROOM ** 2, most * ROOM ** 2] as const;
    return {
      scale: { type: "log", domain, nice: false },
      // deno-lint-ignore wsmark/no-spread-arguments -- two ends
      axis: { format: NUMBERS, values: logTicks(...domain, ticks), labelOverlap: false },
    };
  }
  const [low, high] = [Math.min(0, least * ROOM), Math.max(0, most * ROOM)];
  return {
    scale: { domain: [low, low === high ? 1 : high], nice: false },
    axis: { format: NUMBERS, tickCount: ticks },
  };
}

/** Figures on an axis of {@linkcode scaleOf}; without a title if that is null. */
export function numbers(field: string, title: string | null, axis: Spec): Spec {
  return { field, type: "quantitative", title, ...axis };
}

/** How far an axis that begins at zero goes beyond the largest figure, as a factor: outliers must not squash the others. */
const OUTLYING = 2.5;

/** Figures with what is drawn around them, in the unit of their axis. */
export interface Spread {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly rounds: readonly number[];
}

/** Where a linear axis of these figures ends at most: intervals and rounds may go beyond. */
export function limitOf(figures: readonly Spread[]): number {
  const most = largest(figures.map(({ value }) => value ?? 0), 0);
  const around = largest(figures.flatMap(({ high, rounds }) => [high ?? 0, ...rounds]), 0);
  return most > 0 ? Math.max(most, Math.min(around, most * OUTLYING)) : Math.max(most, around);
}

/** Figures without what is beyond the limit; an interval that is cut has no upper end to draw. */
export function cutAt<T extends Spread>(figure: T, limit: number): T & { readonly isCut: boolean } {
  const { high, rounds } = figure;
  return {
    ...figure,
    high: high === null ? null : Math.min(high, limit),
    rounds: rounds.filter((round) => round <= limit),
    isCut: high !== null && high > limit,
  };
}

/** A sentence about what {@linkcode cutAt} left out; empty if it was nothing. */
export function beyond(figures: readonly Spread[], limit: number): string[] {
  const isBeyond = figures.some(({ high, rounds }) =>
    (high ?? 0) > limit || rounds.some((round) => round > limit)
  );
  return isBeyond ? ["Some rounds or intervals go beyond the axis."] : [];
}

/** The title of figures, which says if their axis is logarithmic: `Latency (ms, log scale)`. */
export function scaleTitle(title: string, { scale }: { readonly scale: Spec }): string {
  if (scale.type !== "log") return title;
  return title.endsWith(")") ? `${title.slice(0, -1)}, log scale)` : `${title} (log scale)`;
}

/** Where a value is on a scale of {@linkcode scaleOf}, from 0 to 1. */
export function shareOf({ scale }: { readonly scale: Spec }, value: number): number {
  const [low, high] = scale.domain as readonly [number, number];
  return scale.type === "log"
    ? Math.log(value / low) / Math.log(high / low)
    : (value - low) / (high - low);
}

/** The axis of a chart that is not the last of those below one another: its lines are seen, its labels are not. */
export function withoutLabels(channel: Spec): Spec {
  const axis = { ...channel.axis as Spec, labels: false, ticks: false, domain: false };
  return { ...channel, title: null, axis };
}

/** An axis of places, on which servers can be moved apart. */
export interface Along {
  readonly scale: Spec;
  /** The value that is so many pixels to the right of another. */
  at(value: number, pixels: number): number;
}

/**
 * The axis of ascending places.
 *
 * @param width of the data, in pixels
 * @param padding room before the first place, unless the axis begins at 0, and after the last one, in pixels
 */
export function alongOf(
  places: readonly number[],
  isLog: boolean,
  width: number,
  padding: number,
): Along {
  const [first, last] = [places[0]!, places.at(-1)!];
  if (isLog && first > 0) {
    const perPixel = (last / first) ** (1 / (width - 2 * padding));
    const at = (value: number, pixels: number): number => value * perPixel ** pixels;
    const domain = [at(first, -padding), at(last, padding)];
    return { scale: { type: "log", domain, nice: false }, at };
  }
  const perPixel = last / (width - padding);
  const at = (value: number, pixels: number): number => value + perPixel * pixels;
  return { scale: { domain: [0, at(last, padding)], nice: false }, at };
}

/** Room between two labels of an axis, in pixels. */
const LABEL_GAP = 10;

/**
 * The ticks whose labels do not overlap; the last one is always among them.
 *
 * @param places ascending
 * @param pixel where a place is
 */
export function spaced(
  places: readonly number[],
  pixel: (place: number) => number,
  layout: Layout,
): number[] {
  const kept: number[] = [];
  let free = Infinity;
  for (const place of places.toReversed()) {
    const half = widthOf([formatNumber(place, 0)], layout) / 2;
    if (pixel(place) + half > free) continue;
    kept.unshift(place);
    free = pixel(place) - half - LABEL_GAP;
  }
  return kept;
}
