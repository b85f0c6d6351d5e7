/**
 * How servers look: a colour, a dash and a shape each, by their place in the result, so that a server looks the same in
 * every plot of a run.
 *
 * @module
 */

import type { Result, ServerDescription } from "../../measure/model/result.ts";
import type { Theme } from "./types.ts";
import { cut, distinct } from "./words.ts";

/**
 * Eight colours for each theme, found by a search that kept the first ones of Okabe and Ito ("Color Universal Design",
 * 2008): each has a contrast of 3:1 at least to the background (WCAG 2.2, 1.4.11), and any two differ under normal
 * sight, protanopia, deuteranopia and tritanopia (Machado et al., 2009).
 */
export const COLOURS: { readonly [theme in Theme]: readonly string[] } = {
  light: [
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#ae7fa8",
    "#6e1010",
    "#5b00a0",
    "#111111",
    "#1e90ff",
  ],
  dark: [
    "#56b4e9",
    "#e8762b",
    "#12a57a",
    "#c25aa8",
    "#ffdb90",
    "#9332ff",
    "#bcffff",
    "#e6ff4d",
  ],
};

/** Dashes of lines. They are one fewer than the colours, so that a ninth server does not look like the first. */
const DASHES: readonly (readonly number[])[] = [
  [1, 0],
  [6, 3],
  [2, 2],
  [8, 3, 2, 3],
  [12, 3],
  [4, 2, 1, 2, 1, 2],
  [1, 3],
];

/** Shapes of points, in the number of the dashes. */
const SHAPES = [
  "circle",
  "square",
  "triangle-up",
  "diamond",
  "triangle-down",
  "cross",
  "triangle-right",
] as const;

/** A longer name is cut off. */
const NAME_LENGTH = 22;

/** The names of the servers in plots, by id: of one line, short, and each different. */
export function namesOf({ servers }: Pick<Result, "servers">): ReadonlyMap<string, string> {
  const names = distinct(servers.map(({ title }) => cut(title, NAME_LENGTH)), NAME_LENGTH);
  return new Map(servers.map(({ id }, index) => [id, names[index]!]));
}

/**
 * The encoding that tells the servers apart, of data with a field `server`. All servers are in its scales, so that one
 * has its colour whoever else is drawn; the colours themselves are the theme's.
 *
 * @param drawn the servers in the legend; none where the plot names them otherwise
 * @param hasShape whether their shapes differ too
 */
export function serverEncoding(
  result: Pick<Result, "servers">,
  drawn: readonly ServerDescription[],
  hasShape = false,
): Record<string, unknown> {
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

/** A line for each server: its mark and its encoding beside x and y. */
export function serverLines(
  result: Pick<Result, "servers">,
  drawn: readonly ServerDescription[],
): { transform: unknown[]; mark: Record<string, unknown>; encoding: Record<string, unknown> } {
  const domain = [...namesOf(result).values()];
  return {
    // Under a name of its own the dash stays out of the legend, where it would blur the symbols.
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

/** One of the items for each of the names, from the first again when they are used up. */
function turn<T>(items: readonly T[], names: readonly string[]): T[] {
  return names.map((_, index) => items[index % items.length]!);
}
