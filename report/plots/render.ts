/** Makes pictures of plots, without a browser. */

import type { Plot, Theme } from "./chart.ts";
import { configOf } from "./theme.ts";

/** Name of the font that comes with the package; without a font all text would vanish from a PNG. */
const FONT = "DejaVu Sans";
/** Mean width of a letter of it, as a share of its size. Vega, which cannot measure without a browser, reckons 0.8. */
const LETTER = 0.6;

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
  const spec = { ...plot.spec, config: configOf(theme) } as unknown as Parameters<
    typeof compile
  >[0];
  return compile(spec).spec as unknown as Record<string, unknown>;
}

/** What the types of Vega leave out. */
interface Internals {
  readonly textMetrics: { width(item: unknown, text: unknown): number };
  fontSize(item: unknown): number;
  resetSVGDefIds(): void;
}

/** A plot as an SVG document; the same plot gives the same text. */
export async function renderSvg(plot: Plot, theme: Theme = "light"): Promise<string> {
  const vega = await import("vega");
  const { textMetrics, fontSize, resetSVGDefIds } = vega as unknown as Internals;
  textMetrics.width = (item, text) => LETTER * fontSize(item) * String(text ?? "").length;
  const view = new vega.View(vega.parse(await compile(plot, theme) as never), { renderer: "none" });
  try {
    resetSVGDefIds();
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
    await initWasm(
      await Deno.readFile(new URL(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm"))),
    );
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
  const drawing = new Resvg(svg, {
    fitTo: { mode: "zoom", value: scale },
    font: { fontBuffers: [font], defaultFontFamily: FONT },
  });
  const picture = drawing.render();
  try {
    return picture.asPng();
  } finally {
    // WebAssembly does not know when nobody needs them any more.
    picture.free();
    drawing.free();
  }
}

/** The font of all pictures, DejaVu Sans as TrueType. */
export async function readFont(): Promise<Uint8Array> {
  // A package is fetched when it is imported: only then has it files.
  await import("dejavu-fonts-ttf/package.json", { with: { type: "json" } });
  return await Deno.readFile(new URL(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf")));
}
