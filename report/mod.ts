/**
 * The reports: pure functions of a result.
 *
 * @module
 */

import type { Result } from "../measure/result.ts";
import { renderJson } from "./json.ts";
import { renderWorkbook } from "./xlsx.ts";

/** A file that a report writes. */
export interface Format {
  /** Name in options. */
  readonly id: string;
  /** Name of the file inside the directory of the run. */
  readonly file: string;
  /** Makes the file's contents. */
  render(result: Result): Promise<Uint8Array | string>;
}

/** The formats in the order in which they are written; a new one is a file in this folder and a line here. */
export const formats: readonly Format[] = [
  { id: "json", file: "results.json", render: (result) => Promise.resolve(renderJson(result)) },
  { id: "xlsx", file: "results.xlsx", render: renderWorkbook },
];

export { summarize, type SummaryLine } from "./summary.ts";
export type { Section } from "./table.ts";
export { sections } from "./tables.ts";
export { renderTerminal, type TerminalOptions } from "./terminal.ts";
export { renderWorkbook } from "./xlsx.ts";
