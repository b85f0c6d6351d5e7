/** What is drawn of plots: when a report asks for it, or before that by a worker ({@linkcode drawAhead}). */

import { Worker } from "node:worker_threads";
import type { Plot } from "../plots/chart.ts";
import { LAYOUTS } from "../plots/parts/layout.ts";
import { renderPicture } from "../plots/pictures/picture.ts";
import { renderForPage, renderPng, renderSvg } from "../plots/pictures/render.ts";

/** Pixels of the pictures of a sheet for each pixel on it, to be sharp in print and on dense screens. */
export const DENSITY = 2;

/** What may be drawn of a plot. */
export interface Drawings {
  /** A stand-alone picture. */
  readonly picture: { readonly svg: string; readonly png: Uint8Array };
  /** A picture for a sheet of the workbook, as a PNG with {@linkcode DENSITY}. */
  readonly sheet: Uint8Array;
  /** Drawings for a page, as SVG; without `wide` if the narrow one is for all. */
  readonly page: { readonly wide?: string; readonly narrow: string };
}

/** What a report shows of plots. */
export type DrawingKind = keyof Drawings;

const draw: { readonly [Kind in DrawingKind]: (plot: Plot) => Promise<Drawings[Kind]> } = {
  async picture(plot) {
    const svg = await renderPicture(plot);
    return { svg, png: await renderPng(svg) };
  },
  sheet: async (plot) => await renderPng(await renderSvg(plot), DENSITY),
  async page({ page, spec }) {
    const wide = page?.wide && { wide: await renderForPage(page.wide, LAYOUTS.wide) };
    return { ...wide, narrow: await renderForPage(page?.narrow ?? spec, LAYOUTS.narrow) };
  },
};

/**
 * What the worker may take, in MiB: with more it would only look for garbage less often. If it needs more it fails, and
 * the rest is drawn when it is asked for.
 */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 } as const;

/** What the worker draws, or has drawn. */
const ahead = new WeakMap<Plot, Promise<Partial<Drawings>>>();

/** A drawing of a plot: that of the worker, if it was asked for one; the same plot gives the same drawing. */
export async function drawn<Kind extends DrawingKind>(
  plot: Plot,
  kind: Kind,
): Promise<Drawings[Kind]> {
  return (await ahead.get(plot))?.[kind] ?? await draw[kind](plot);
}

/** A plot, and what is to be drawn of it. */
export interface Wanted {
  readonly plot: Plot;
  readonly kinds: readonly DrawingKind[];
}

/** Draws what is wanted of a plot, one after another: Vega numbers what it draws. */
export async function drawAll({ plot, kinds }: Wanted): Promise<Partial<Drawings>> {
  const drawings: { [Kind in DrawingKind]?: Drawings[Kind] } = {};
  const add = async <Kind extends DrawingKind>(kind: Kind): Promise<void> => {
    drawings[kind] = await draw[kind](plot) as typeof drawings[Kind];
  };
  for (const kind of kinds) await add(kind);
  return drawings;
}

/**
 * Lets a worker draw plots, in their order, while reports are made that show none of them. What it loads and allocates
 * leaves the memory with it.
 *
 * @returns ends the worker; what it has not drawn is drawn when it is asked for
 */
export function drawAhead(wanted: readonly Wanted[]): Disposable {
  const worker = new Worker(workerModule(new URL("./worker.ts", import.meta.url)), {
    workerData: wanted,
    resourceLimits: LIMITS,
  });
  const waiting = wanted.map(({ plot }) => {
    const { promise, resolve } = Promise.withResolvers<Partial<Drawings>>();
    ahead.set(plot, promise);
    return resolve;
  });
  const giveUp = (): void => {
    for (const resolve of waiting.splice(0)) resolve({});
  };
  worker.on("message", (drawings: Partial<Drawings>) => waiting.shift()?.(drawings));
  worker.on("error", giveUp);
  return {
    [Symbol.dispose]() {
      worker.terminate();
      giveUp();
    },
  };
}

/** Workers of Node take no module from the network, but one of text that imports it. */
function workerModule(url: URL): URL {
  return url.protocol === "file:"
    ? url
    : new URL(`data:text/javascript,import ${encodeURIComponent(JSON.stringify(url.href))};`);
}
