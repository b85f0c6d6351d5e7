/**
 * Writes the reports of a result and shows its summary.
 *
 * @module
 */

import type { Result } from "../measure/result.ts";
import { writeWhole } from "../runner/store.ts";
import { hasColor, print, terminalWidth } from "./terminal.ts";

/** Writes every report into the folder, prints the summary, and last the path of the workbook. */
export async function writeReports(result: Result, folder: string): Promise<void> {
  const { formats, renderTerminal } = await import("../report/mod.ts");
  print(renderTerminal(result, { width: terminalWidth(), color: hasColor() }));
  for (const { file, render } of formats) {
    const path = `${folder.replace(/[/\\]+$/, "")}/${file}`;
    writeWhole(path, await render(result));
    print(path);
  }
}
