/**
 * How plots look: the colours and sizes of a theme, and a colour, a dash and a shape for each server by its place in the
 * result, so that it looks the same in every plot of a run.
 */

import type { Result, ServerDescription } from "../../measure/model/result.ts";
import { cut, distinct, type Spec, type Theme } from "./chart.ts";

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

/** Longer names are cut off. */
const NAME_LENGTH = 22;

/** The names of the servers in plots, by id: short, unique and on one line. */
export function namesOf({ servers }: Pick<Result, "servers">): ReadonlyMap<string, string> {
  const names = distinct(servers.map(({ title }) => cut(title, NAME_LENGTH)), NAME_LENGTH);
  return new Map(servers.map(({ id }, index) => [id, names[index]!]));
}

/**
 * The encoding that tells the servers apart, for data with a field `server`. All servers are in its scales, so that each
 * keeps its colour whichever others are drawn; the theme has the colours.
 *
 * @param drawn the servers in the legend; empty if the plot names them in another way
 * @param hasShape whether their shapes differ too
 */
export function serverEncoding(
  result: Pick<Result, "servers">,
  drawn: readonly ServerDescription[],
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

/** A line for each server: its mark, and its encoding without x and y. */
export function serverLines(
  result: Pick<Result, "servers">,
  drawn: readonly ServerDescription[],
): { transform: unknown[]; mark: Spec; encoding: Spec } {
  const domain = [...namesOf(result).values()];
  return {
    // Under another name the dash stays out of the legend, in which it would blur the symbols.
    transform: [{ calculate: "datum.server", as: "dash" }],
    mark: { type: "line", strokeWidth: 2, aria: false },
    encoding: {
      ...serverEncoding(result, drawn),
      strokeDash: {
        field: "dash",
        type: "nominal",
        scale: { domain, range: turn(DASHES, domain) },
        legend: null,
      },
    },
  };
}

/** The colours and the shape of the server at a place of the result. */
export function lookOf(
  place: number,
): { readonly [theme in Theme]: string } & { readonly shape: typeof SHAPES[number] } {
  const [light, dark] = [COLOURS.light, COLOURS.dark].map((all) => all[place % all.length]!);
  return { light: light!, dark: dark!, shape: SHAPES[place % SHAPES.length]! };
}

/** One of the items for each of the names, starting over when they are used up. */
function turn<T>(items: readonly T[], names: readonly string[]): T[] {
  return names.map((_, index) => items[index % items.length]!);
}

/** The mark of a point. */
export const POINT = { type: "point", filled: true, size: 60, opacity: 1 } as const;

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

/** The configuration of Vega-Lite for a theme; the styles `ink`, `halo` and `note` are for marks that are not data. */
export function configOf(theme: Theme): Spec {
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
