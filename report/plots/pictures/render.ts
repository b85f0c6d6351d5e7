/** Makes pictures of plots, without a browser. */

import type { Plot, Spec, Theme } from "../chart.ts";
import { type Layout, LAYOUTS, LETTER } from "../parts/layout.ts";
import { encodePng } from "./png.ts";
import { compact, withoutLabels } from "./svg.ts";
import { configOf, type Ground } from "../theme.ts";

/** Name of the font that comes with the package; without a font all text would vanish from a PNG. */
const FONT = "DejaVu Sans";

/** A plot as a Vega specification, which needs no Vega-Lite to be shown. */
export async function compile(plot: Plot, theme: Theme = "light"): Promise<Spec> {
  return await compileFor(plot.spec, theme, LAYOUTS.file);
}

async function compileFor(spec: Spec, ground: Ground, layout: Layout): Promise<Spec> {
  const { compile } = await import("vega-lite");
  const config = configOf(ground, layout);
  return compile({ ...spec, config } as never).spec as unknown as Spec;
}

/** What is missing from the types of Vega. */
interface Internals {
  readonly textMetrics: { width(item: unknown, text: unknown): number };
  fontSize(item: unknown): number;
  resetSVGDefIds(): void;
}

/** A picture of its own, and one on a sheet, have the same drawing. */
const known = { light: new WeakMap<Plot, string>(), dark: new WeakMap<Plot, string>() };

/** A plot as an SVG document; the same plot gives the same text. */
export async function renderSvg(plot: Plot, theme: Theme = "light"): Promise<string> {
  const svg = known[theme].get(plot) ??
    compact(withoutLabels(await draw(await compile(plot, theme))));
  known[theme].set(plot, svg);
  return svg;
}

/**
 * A drawing for a page: an SVG document whose colours are custom properties, and whose marks are labelled by
 * {@linkcode whose} they are and what they say. The same drawing gives the same text.
 */
export async function renderForPage(spec: Spec, layout: Layout): Promise<string> {
  return compact(await draw(await compileFor(spec, "page", layout)));
}

/** Draws a Vega specification. */
async function draw(spec: Spec): Promise<string> {
  const vega = await import("vega");
  const { textMetrics, fontSize, resetSVGDefIds } = vega as unknown as Internals;
  // Vega, which cannot measure without a browser, assumes wider letters.
  textMetrics.width = (item, text) => LETTER * fontSize(item) * String(text ?? "").length;
  const view = new vega.View(vega.parse(spec as never), { renderer: "none" });
  try {
    resetSVGDefIds();
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

// JSR rewrites only what is the whole value of a variable of the module.
const RENDERER = import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm");
const FONT_FILE = import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf");

let prepared: Promise<Uint8Array> | undefined;

/** Starts the renderer of pictures once, and returns the font. */
function prepare(): Promise<Uint8Array> {
  return prepared ??= (async () => {
    const { initWasm } = await import("@resvg/resvg-wasm");
    await initWasm(await Deno.readFile(new URL(RENDERER)));
    return await readFont();
  })();
}

/** An SVG document without transparent pixels as a PNG, with `scale` pixels for each of its units. */
export async function renderPng(svg: string, scale: number = 2): Promise<Uint8Array> {
  const font = await prepare();
  const { Resvg } = await import("@resvg/resvg-wasm");
  const drawing = new Resvg(withoutLayers(svg), {
    fitTo: { mode: "zoom", value: scale },
    font: { fontBuffers: [font], defaultFontFamily: FONT },
  });
  const picture = drawing.render();
  try {
    // The renderer's own encoder takes five times as long, for larger files.
    return encodePng(picture.pixels, picture.width, picture.height);
  } finally {
    // WebAssembly does not notice when they are no longer used.
    picture.free();
    drawing.free();
  }
}

/**
 * The same drawing for the renderer, which makes a layer as large as the picture for whatever is clipped or translucent:
 * a drawing within another is not clipped, and of dots, which are strokes without an area, the stroke is translucent.
 */
function withoutLayers(svg: string): string {
  return svg
    .replace(/(?<!^)<svg /g, '<svg overflow="visible" ')
    .replace(
      /<path\b[^>]* d="[-\d.,Mmh]*"[^>]*>/g,
      (tag) => tag.replace(" opacity=", " stroke-opacity="),
    );
}

/** The font of all pictures, DejaVu Sans as TrueType. */
export async function readFont(): Promise<Uint8Array> {
  // A package is downloaded when it is imported: its files do not exist before.
  await import("dejavu-fonts-ttf/package.json", { with: { type: "json" } });
  return await Deno.readFile(new URL(FONT_FILE));
}
