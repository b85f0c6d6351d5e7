/**
 * How plots look: the colours and sizes of a theme, and a colour, a dash and a shape for each server by its place in the
 * result, so that it looks the same in every plot of a run.
 */

import type { Result, ServerDescription } from "../../measure/model/result.ts";
import type { Spec, Theme } from "./chart.ts";
import type { Layout } from "./parts/layout.ts";
import { namesOf } from "./parts/names.ts";

/**
 * Eight colours for each theme, found by a search that kept the first ones of Okabe and Ito ("Color Universal Design",
 * 2008): each has a contrast of at least 3:1 to the background (WCAG 2.2, 1.4.11), and any two differ under normal
 * sight, protanopia, deuteranopia and tritanopia (Machado et al., 2009).
 */
export const COLOURS: { readonly [theme in Theme]: readonly string[] } = {
  light: ["#0072b2", "#d55e00", "#009e73", "#ae7fa8", "#6e1010", "#5b00a0", "#111111", "#1e90ff"],
  dark: ["#56b4e9", "#e8762b", "#12a57a", "#c25aa8", "#ffdb90", "#9332ff", "#bcffff", "#e6ff4d"],
};

/** Dashes of lines. They are one fewer than the colours, so that a ninth server does not look like the first. */
const DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [12, 3], [4, 2, 1, 2, 1, 2], [1, 3]];

/** Shapes of points, as many as dashes. */
const SHAPES = [
  "circle",
  "square",
  "triangle-up",
  "diamond",
  "triangle-down",
  "cross",
  "triangle-right",
] as const;

/** The shapes as path data, for keys outside of plots. */
const OUTLINES: { readonly [shape in typeof SHAPES[number]]: string } = {
  circle: "M4.5,0a4.5,4.5,0,1,1,-9,0a4.5,4.5,0,1,1,9,0z",
  square: "M-4,-4h8v8h-8z",
  "triangle-up": "M0,-4.5l5,9h-10z",
  diamond: "M0,-5.5l4.5,5.5l-4.5,5.5l-4.5,-5.5z",
  "triangle-down": "M0,4.5l-5,-9h10z",
  cross: "M-1.7,-5h3.4v3.3h3.3v3.4h-3.3v3.3h-3.4v-3.3h-3.3v-3.4h3.3z",
  "triangle-right": "M4.5,0l-9,5v-10z",
};

/**
 * The encoding that tells the servers apart, for data with a field `server`. All servers are in its scales, so that each
 * keeps its colour whichever others are drawn; the theme has the colours.
 *
 * @param drawn the servers in the legend; empty if the plot names them in another way
 * @param hasShape whether their shapes differ too
 */
export function serverEncoding(
  result: Pick<Result, "servers">,
  drawn: readonly ServerDescription[] = [],
  hasShape = false,
): Spec {
  const names = namesOf(result);
  const legend = drawn.length === 0
    ? null
    : { values: drawn.map(({ id }) => names.get(id)), title: null };
  const domain = [...names.values()];
  const base = { field: "server", type: "nominal", legend };
  return {
    color: { ...base, scale: { domain } },
    ...(hasShape ? { shape: { ...base, scale: { domain, range: turn(SHAPES, domain) } } } : {}),
  };
}

/** A line for each server: its mark, and its encoding without x and y. The data have the field `whose`. */
export function serverLines(
  result: Pick<Result, "servers">,
  drawn: readonly ServerDescription[] = [],
): { transform: unknown[]; mark: Spec; encoding: Spec } {
  const domain = [...namesOf(result).values()];
  return {
    // Under another name the dash stays out of the legend, in which it would blur the symbols.
    transform: [{ calculate: "datum.server", as: "dash" }],
    mark: { type: "line", strokeWidth: 2 },
    encoding: {
      ...serverEncoding(result, drawn),
      strokeDash: {
        field: "dash",
        type: "nominal",
        scale: { domain, range: turn(DASHES, domain) },
        legend: null,
      },
      description: { field: "whose" },
    },
  };
}

/** One of the items for each of the names, starting over when they are used up. */
function turn<T>(items: readonly T[], names: readonly unknown[]): T[] {
  return names.map((_, index) => items[index % items.length]!);
}

/** How a server looks in all plots of a run. */
export interface ServerLook {
  /** Its colour in the light theme. */
  readonly light: string;
  /** Its colour in the dark theme. */
  readonly dark: string;
  /** The custom property of a page that has its colour: see {@linkcode pageColours}. */
  readonly colour: string;
  /** The dash of its lines, as `stroke-dasharray`; empty if they are solid. */
  readonly dash: string;
  /** Name of the shape of its points. */
  readonly shape: typeof SHAPES[number];
  /** The shape as path data, about 10 wide and high around 0, 0. */
  readonly outline: string;
}

/** The look of the server at this place in the result. */
export function lookOf(index: number): ServerLook {
  const place = index % COLOURS.light.length;
  const dash = DASHES[index % DASHES.length]!;
  const shape = SHAPES[index % SHAPES.length]!;
  return {
    light: COLOURS.light[place]!,
    dark: COLOURS.dark[place]!,
    colour: colourName(place),
    dash: dash[1] === 0 ? "" : dash.join(),
    shape,
    outline: OUTLINES[shape],
  };
}

/** The mark of a point. */
export const POINT = { type: "point", filled: true, size: 60, opacity: 1 } as const;

/** The mark of a round. */
export const DOT = { type: "point", filled: true, size: 12, opacity: 0.5 } as const;

/** The font that comes with the package, then one of the same widths for a page. */
export const FONT = "DejaVu Sans, Verdana, sans-serif";

/** Colours of everything except the data. */
export interface Ink {
  /** Behind everything. */
  readonly background: string;
  /** Text, and marks that are drawn over data. */
  readonly text: string;
  /** Less important text. */
  readonly muted: string;
  readonly axis: string;
  readonly grid: string;
}

/** The colours of each theme; text has a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3). */
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

/** A colour that differs between the themes of a page. */
export interface PageColour {
  /** Name of its custom property. */
  readonly name: string;
  readonly light: string;
  readonly dark: string;
}

function colourName(index: number): string {
  return `--plot-${index}`;
}

/** The colours of a page, which has one drawing for both themes. */
export function pageColours(): PageColour[] {
  const { light, dark } = COLOURS;
  const inks = Object.keys(INKS.light) as (keyof Ink)[];
  return [
    ...inks.map((ink) => (
      { name: `--plot-${ink}`, light: INKS.light[ink], dark: INKS.dark[ink] }
    )),
    ...light.map((colour, index) => (
      { name: colourName(index), light: colour, dark: dark[index]! }
    )),
  ];
}

/** What a plot is drawn for: a file in a theme, or a page in either. */
export type Ground = Theme | "page";

function paletteOf(ground: Ground): { readonly ink: Ink; readonly colours: readonly string[] } {
  if (ground !== "page") return { ink: INKS[ground], colours: COLOURS[ground] };
  const inks = Object.keys(INKS.light) as (keyof Ink)[];
  return {
    ink: Object.fromEntries(inks.map((ink) => [ink, `var(--plot-${ink})`])) as unknown as Ink,
    colours: COLOURS.light.map((_, index) => `var(${colourName(index)})`),
  };
}

/** The configuration of Vega-Lite; the styles `ink`, `halo`, `note`, `figure` and `heading` are for marks that are not data. */
export function configOf(ground: Ground, { font: fontSize }: Pick<Layout, "font">): Spec {
  const { ink: { background, text, muted, axis, grid }, colours } = paletteOf(ground);
  return {
    font: FONT,
    background,
    padding: 8,
    view: { stroke: null },
    range: { category: colours },
    axis: {
      domainColor: axis,
      tickColor: axis,
      gridColor: grid,
      labelColor: text,
      titleColor: text,
      labelFontSize: fontSize,
      titleFontSize: fontSize,
      titleFontWeight: "normal",
      titlePadding: 8,
    },
    legend: {
      orient: "top",
      columns: 4,
      labelColor: text,
      labelFontSize: fontSize,
      labelLimit: 160,
      symbolSize: 90,
      symbolOpacity: 1,
      symbolStrokeWidth: 2,
      offset: 8,
    },
    title: {
      color: muted,
      fontSize,
      fontWeight: "normal",
      lineHeight: fontSize + 4,
      anchor: "start",
      offset: 10,
    },
    style: {
      ink: { stroke: text, fill: text, color: text },
      halo: { stroke: background, fill: background, color: background },
      note: { fill: muted, color: muted, fontSize, fontStyle: "italic" },
      figure: { fill: text, color: text, fontSize },
      heading: { fill: text, color: text, fontSize, fontWeight: "bold" },
    },
  };
}
