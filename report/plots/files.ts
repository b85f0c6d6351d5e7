/** The plots of a run as files. */

import type { Result } from "../../measure/model/result.ts";
import type { RenderedFile } from "../format.ts";
import { drawn } from "../drawings/drawn.ts";
import { plotsOf } from "./mod.ts";

/** Each plot of a run as an SVG and as a PNG. */
export async function render(result: Result): Promise<RenderedFile[]> {
  const files: RenderedFile[] = [];
  for (const plot of plotsOf(result)) {
    const { svg, png } = await drawn(plot, "picture");
    files.push({ path: `plots/${plot.id}.svg`, content: svg });
    files.push({ path: `plots/${plot.id}.png`, content: png });
  }
  return files;
}
