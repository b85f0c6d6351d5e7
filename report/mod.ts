/** The reports: pure functions of a result. */

import type { Format, Render } from "./format.ts";
import type { DrawingKind } from "./drawings/drawn.ts";

/** The formats: for a new one, add a file with a `render`, a line here and its name in `FORMAT_IDS`. */
export const formats: readonly Format[] = [
  format("json", "everything, for programs", () => import("./json.ts")),
  format("csv", "every table as text", () => import("./csv.ts")),
  format("plots", "the pictures", () => import("./plots/files.ts"), "picture"),
  format("md", "results and discussion as text", () => import("./markdown/markdown.ts")),
  format("html", "one page that works offline", () => import("./html/html.ts"), "page"),
  format("xlsx", "the workbook", () => import("./workbook/workbook.ts"), "sheet"),
];

/** A format is loaded when it is used: `--help` should not wait for it. */
function format(
  id: Format["id"],
  title: string,
  load: () => Promise<{ render: Render }>,
  draws?: DrawingKind,
): Format {
  return {
    id,
    title,
    ...(draws && { draws }),
    render: async (result) => await (await load()).render(result),
  };
}
