/** The rooms that plots are drawn for. */

import { largest } from "../../../measure/statistics/statistics.ts";

/** The room for a drawing; all lengths are in pixels. */
export interface Layout {
  readonly place: "file" | "wide" | "narrow";
  /** Width of the data and the labels beside it. */
  readonly width: number;
  /** Height of the data, unless it depends on the rows. */
  readonly height: number;
  /** Size of all text. */
  readonly font: number;
  /** Approximate number of ticks of a linear axis below the data. */
  readonly ticks: number;
  /** The most points of latencies over time. */
  readonly points: number;
}

/** The rooms. */
export const LAYOUTS = {
  file: { place: "file", width: 620, height: 260, font: 11, ticks: 6, points: 4500 },
  wide: { place: "wide", width: 910, height: 280, font: 12, ticks: 8, points: 2400 },
  narrow: { place: "narrow", width: 320, height: 240, font: 12, ticks: 4, points: 800 },
} as const satisfies { readonly [place in Layout["place"]]: Layout & { readonly place: place } };

/** Mean width of a letter as a share of its size: what draws cannot measure. */
export const LETTER = 0.6;

/** Width of the widest of these texts, in pixels. */
export function widthOf(texts: readonly string[], { font }: Pick<Layout, "font">): number {
  return Math.ceil(LETTER * font * largest(texts.map(({ length }) => length), 0));
}

/** From this number of servers on room is short, and the best is at the top; fewer are in the order of the result. */
export const MANY = 9;

/** Height of the lines of so many servers. */
export function linesHeight({ height }: Layout, servers: number): number {
  return servers < MANY ? height : Math.round(height * 1.25);
}
