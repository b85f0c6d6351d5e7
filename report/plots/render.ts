/**
 * Makes pictures of plots, without a browser.
 *
 * @module
 */

import { readFont, readResvg } from "./package_file.ts";
import type { Plot, Theme } from "./types.ts";

/** Name of the font that comes with the package; without a font all text would vanish from a PNG. */
const FONT = "DejaVu Sans";

/**
 * A plot as a Vega specification, which a page can show with Vega alone.
 *
 * @param theme colours of text, axes and background
 */
export async function compile(
  plot: Plot,
  theme: Theme = "light",
): Promise<Record<string, unknown>> {
  const { compile } = await import("vega-lite");
  const config = { font: FONT, background: theme === "light" ? "white" : "#16181d" };
  const spec = { ...plot.spec, config } as unknown as Parameters<typeof compile>[0];
  return compile(spec).spec as unknown as Record<string, unknown>;
}

/** A plot as an SVG document. */
export async function renderSvg(plot: Plot, theme: Theme = "light"): Promise<string> {
  const vega = await import("vega");
  const view = new vega.View(vega.parse(await compile(plot, theme) as never), { renderer: "none" });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

let prepared: Promise<Uint8Array> | undefined;

/** Starts the renderer of pictures once, and gives the font. */
function prepare(): Promise<Uint8Array> {
  return prepared ??= (async () => {
    const { initWasm } = await import("@resvg/resvg-wasm");
    await initWasm(await readResvg());
    return await readFont();
  })();
}

/**
 * An SVG document as a PNG.
 *
 * @param scale pixels for each of its units
 */
export async function renderPng(svg: string, scale: number = 2): Promise<Uint8Array> {
  const font = await prepare();
  const { Resvg } = await import("@resvg/resvg-wasm");
  const picture = new Resvg(svg, {
    fitTo: { mode: "zoom", value: scale },
    font: { fontBuffers: [font], defaultFontFamily: FONT },
  });
  return picture.render().asPng();
}
