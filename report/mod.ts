/** The reports: pure functions of a result. */

import { type Format, type FormatId, FORMATS, type Render } from "./format.ts";
import type { DrawingKind } from "./drawings/drawn.ts";

/** The formats: for a new one, add a file with a `render`, a line here and its name with its title in `FORMATS`. */
export const formats: readonly Format[] = [
  format("json", () => import("./json.ts")),
  format("csv", () => import("./csv.ts")),
  format("plots", () => import("./plots/files.ts"), "picture"),
  format("md", () => import("./markdown/markdown.ts")),
  format("html", () => import("./html/html.ts"), "page"),
  format("xlsx", () => import("./workbook/workbook.ts"), "sheet"),
  format("proof", () => import("./proof/proof.ts")),
  format("junit", () => import("./formats/junit.ts")),
  format("github", () => import("./formats/github.ts")),
  format("bencher", () => import("./formats/bencher.ts")),
  format("hlog", () => import("./formats/hlog.ts")),
  format("hgrm", () => import("./formats/hgrm.ts")),
  format("openmetrics", () => import("./formats/openmetrics.ts")),
  format("otlp", () => import("./formats/otlp.ts")),
  format("k6", () => import("./formats/k6.ts")),
];

/** A format is loaded when it is used: `--help` should not wait for it. */
function format(
  id: FormatId,
  load: () => Promise<{ render: Render }>,
  draws?: DrawingKind,
): Format {
  return {
    id,
    title: FORMATS[id],
    ...(draws && { draws }),
    render: async (result, checks = [], profiles) =>
      await (await load()).render(result, checks, profiles),
  };
}
