/**
 * The themes: all colours but those that tell servers apart, and the sizes of text.
 *
 * @module
 */

import { COLOURS } from "./palette.ts";
import type { Theme } from "./types.ts";

/** The font that comes with the package, then one of the same widths for a page. */
export const FONT = "DejaVu Sans, Verdana, sans-serif";

/** Colours of what is no data. */
export interface Ink {
  /** Behind everything. */
  readonly background: string;
  /** Text, and what is drawn over data. */
  readonly text: string;
  /** Text that is read second. */
  readonly muted: string;
  /** Lines of axes. */
  readonly axis: string;
  /** Lines behind the data. */
  readonly grid: string;
}

/** The colours of each theme; text has a contrast of 4.5:1 at least (WCAG 2.2, 1.4.3). */
export const INKS: { readonly [theme in Theme]: Ink } = {
  light: {
    background: "#ffffff",
    text: "#1b1e24",
    muted: "#555b66",
    axis: "#8a909c",
    grid: "#e3e6eb",
  },
  dark: {
    background: "#16181d",
    text: "#e8eaee",
    muted: "#a6acb8",
    axis: "#767d8a",
    grid: "#2c3038",
  },
};

/** The configuration of Vega-Lite for a theme; the styles `ink`, `halo` and `note` are for marks that are no data. */
export function configOf(theme: Theme): Record<string, unknown> {
  const { background, text, muted, axis, grid } = INKS[theme];
  return {
    font: FONT,
    background,
    padding: 8,
    view: { stroke: null },
    range: { category: COLOURS[theme] },
    axis: {
      domainColor: axis,
      tickColor: axis,
      gridColor: grid,
      labelColor: text,
      titleColor: text,
      labelFontSize: 11,
      titleFontSize: 11,
      titleFontWeight: "normal",
      titlePadding: 8,
    },
    legend: {
      orient: "top",
      columns: 4,
      labelColor: text,
      labelFontSize: 11,
      labelLimit: 160,
      symbolSize: 90,
      symbolStrokeWidth: 2,
      offset: 8,
    },
    header: {
      labelColor: text,
      titleColor: text,
      labelFontSize: 11,
      labelFontWeight: "bold",
      labelLimit: 600,
    },
    title: {
      color: muted,
      fontSize: 11,
      fontWeight: "normal",
      lineHeight: 15,
      anchor: "start",
      offset: 10,
    },
    style: {
      ink: { stroke: text, fill: text, color: text },
      halo: { stroke: background, fill: background, color: background },
      note: { fill: muted, color: muted, fontSize: 11, fontStyle: "italic" },
      figure: { fill: text, color: text, fontSize: 11 },
    },
  };
}
