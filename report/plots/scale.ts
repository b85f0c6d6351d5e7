/**
 * Axes: linear from zero, or logarithmic where the figures span much.
 *
 * @module
 */

import { NUMBERS } from "./chart.ts";

/** From this ratio of the largest to the least an axis is logarithmic. */
const WIDE = 20;
/** Up to this ratio it has ticks between the powers of ten. */
const DECADES = 10 ** 2.5;
/** Room beside the data, as a factor. */
const ROOM = 1.08;

/** Whether positive figures need a logarithmic axis. */
export function isWide(values: readonly number[]): boolean {
  const least = values.reduce((a, b) => Math.min(a, b));
  return least > 0 && values.reduce((a, b) => Math.max(a, b)) / least >= WIDE;
}

/** Ticks of a logarithmic axis: powers of ten, with 2 and 5 between where they are few. */
export function logTicks(least: number, most: number): number[] {
  const steps = most / least <= DECADES ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(least)); 10 ** power <= most; power++) {
    // As text, since 5 × 10⁻⁴ is not quite 0.0005.
    for (const step of steps) ticks.push(Number(`${step}e${power}`));
  }
  return ticks.filter((tick) => tick >= least && tick <= most);
}

/**
 * The scale and the axis of figures.
 *
 * @param values the figures, one at least
 * @param isLog absent: where they span much
 * @param ticks about so many, where it is linear
 */
export function scaleOf(
  values: readonly number[],
  isLog: boolean = isWide(values),
  ticks: number = 6,
): { readonly scale: Record<string, unknown>; readonly axis: Record<string, unknown> } {
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  if (isLog) {
    const [low, high] = [least / ROOM ** 2, most * ROOM ** 2];
    return {
      scale: { type: "log", domain: [low, high], nice: false },
      axis: { format: NUMBERS, values: logTicks(low, high), labelOverlap: false },
    };
  }
  const [low, high] = [Math.min(0, least * ROOM), Math.max(0, most * ROOM)];
  return {
    scale: { domain: [low, low === high ? 1 : high], nice: false },
    axis: { format: NUMBERS, tickCount: ticks },
  };
}
