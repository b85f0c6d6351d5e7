/**
 * The reports: pure functions of a result.
 *
 * @module
 */

import type { Result } from "../measure/model/result.ts";
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
    id: "csv",
    title: "every table as text",
    async render(result) {
      const { renderCsvs } = await import("./csv.ts");
      return renderCsvs(result);
    },
  },
  {
    id: "plots",
    title: "the pictures",
    async render(result) {
      const { plotsOf } = await import("./plots/mod.ts");
      const { renderPicture } = await import("./plots/picture.ts");
      const { renderPng } = await import("./plots/render.ts");
      const files: RenderedFile[] = [];
      for (const plot of plotsOf(result)) {
        const svg = await renderPicture(plot);
        files.push({ path: `plots/${plot.id}.svg`, content: svg });
        files.push({ path: `plots/${plot.id}.png`, content: await renderPng(svg) });
      }
      return files;
    },
  },
  {
    id: "md",
    title: "results and discussion as text",
    async render(result) {
      const { renderMarkdown } = await import("./markdown/markdown.ts");
      return [{ path: "report.md", content: renderMarkdown(result) }];
    },
  },
  {
    id: "html",
    title: "one page that works offline",
    async render(result) {
      const { renderHtml } = await import("./html/html.ts");
      return [{ path: "report.html", content: await renderHtml(result) }];
    },
  },
  {
    id: "xlsx",
    title: "the workbook",
    async render(result) {
      const { renderWorkbook } = await import("./workbook/workbook.ts");
      return [{ path: "results.xlsx", content: await renderWorkbook(result) }];
    },
  },
];

export { summarize, type SummaryLine } from "./summary/summary.ts";
export type { Section } from "./tables/table.ts";
export { sections } from "./tables/tables.ts";
export { renderTerminal, type TerminalOptions } from "./terminal/terminal.ts";
