/**
 * The reports: pure functions of a result.
 *
 * @module
 */

import type { Result } from "../measure/result.ts";
import { renderJson } from "./json.ts";

/** A file of a report. */
export interface RenderedFile {
  /** Path inside the folder of the run. */
  readonly path: string;
  /** What it holds. */
  readonly content: Uint8Array | string;
}

/** A kind of report. */
export interface Format {
  /** Name in options. */
  readonly id: string;
  /** What it is for. */
  readonly title: string;
  /** Makes its files. */
  render(result: Result): Promise<readonly RenderedFile[]>;
}

/**
 * The formats in the order in which they are written; a new one is a file in this folder and a line here. What a format
 * needs is loaded when it is made.
 */
export const formats: readonly Format[] = [
  {
    id: "json",
    title: "everything, for programs",
    render: (result) => Promise.resolve([{ path: "results.json", content: renderJson(result) }]),
  },
  {
    id: "xlsx",
    title: "the workbook",
    async render(result) {
      const { renderWorkbook } = await import("./xlsx.ts");
      return [{ path: "results.xlsx", content: await renderWorkbook(result) }];
    },
  },
];

export { summarize, type SummaryLine } from "./summary.ts";
export type { Section } from "./table.ts";
export { sections } from "./tables.ts";
export { renderTerminal, type TerminalOptions } from "./terminal.ts";
