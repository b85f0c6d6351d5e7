/** Makes pictures of plots, without a browser. */

import type { Plot, Spec, Theme } from "./chart.ts";
import { configOf } from "./theme.ts";

/** Name of the font that comes with the package; without a font all text would vanish from a PNG. */
const FONT = "DejaVu Sans";
/** Mean width of its letters as a share of their size. Vega, which cannot measure without a browser, assumes 0.8. */
const LETTER = 0.6;

/** A plot as a Vega specification, which needs no Vega-Lite to be shown. */
export async function compile(plot: Plot, theme: Theme = "light"): Promise<Spec> {
  const { compile } = await import("vega-lite");
  return compile({ ...plot.spec, config: configOf(theme) } as never).spec as unknown as Spec;
}

/** What is missing from the types of Vega. */
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

/** Starts the renderer of pictures once, and returns the font. */
function prepare(): Promise<Uint8Array> {
  return prepared ??= (async () => {
    const { initWasm } = await import("@resvg/resvg-wasm");
    await initWasm(
      await Deno.readFile(new URL(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm"))),
    );
    return await readFont();
  })();
}

/** An SVG document as a PNG, with `scale` pixels for each of its units. */
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
    // WebAssembly does not notice when they are no longer used.
    picture.free();
    drawing.free();
  }
}

/** The font of all pictures, DejaVu Sans as TrueType. */
export async function readFont(): Promise<Uint8Array> {
  // A package is downloaded when it is imported: its files do not exist before.
  await import("dejavu-fonts-ttf/package.json", { with: { type: "json" } });
  return await Deno.readFile(new URL(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf")));
}
