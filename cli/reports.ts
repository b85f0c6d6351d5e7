/**
 * Writes the reports of a result and shows its summary.
 *
 * @module
 */

import type { Result } from "../measure/result.ts";
import type { Format } from "../report/mod.ts";
import { writeWhole } from "../runner/store.ts";
import { pick } from "../runner/usage.ts";
import type { Option } from "./arguments.ts";
import { hasColor, print, terminalWidth } from "./terminal.ts";

/** The option that chooses the reports. */
export const reportsOption: Option = {
  name: "reports",
  value: "A,B|all",
  help: "Reports to write: json, csv, plots, md, html, xlsx (all)",
};

/**
 * The formats that were asked for.
 *
 * @throws {UsageError} for one that does not exist
 */
export async function chooseFormats(ids: readonly string[]): Promise<readonly Format[]> {
  const { formats } = await import("../report/mod.ts");
  return pick("report", ids, formats);
}

/** Prints the summary, writes the reports into the folder, and prints where they are, the workbook last. */
export async function writeReports(
  result: Result,
  folder: string,
  formats: readonly Format[],
): Promise<void> {
  const { renderTerminal } = await import("../report/mod.ts");
  print(renderTerminal(result, { width: terminalWidth(), color: hasColor() }));
  const root = folder.replace(/[/\\]+$/, "");
  for (const { render } of formats) {
    const files = await render(result);
    for (const { path, content } of files) {
      const parent = path.split("/").slice(0, -1);
      if (parent.length > 0) Deno.mkdirSync([root, ...parent].join("/"), { recursive: true });
      writeWhole(`${root}/${path}`, content);
    }
    const [only, ...others] = files;
    if (only === undefined) continue;
    const shown = others.length === 0 ? only.path : only.path.replace(/[^/]*$/, "");
    print(`${root}/${shown}`);
  }
}
