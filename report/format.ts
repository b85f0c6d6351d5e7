/** What a report format is. It imports only types, as options are made of it. */

import type { Result } from "../measure/model/result.ts";
import type { DrawingKind } from "./drawings/drawn.ts";

export interface RenderedFile {
  /** Path in the folder of the run, with slashes: `csv/summary.csv`. */
  readonly path: string;
  /** A large file comes in pieces, which are made as they are asked for; they can be read once. */
  readonly content: Uint8Array | string | AsyncIterable<Uint8Array>;
}

/** Makes the files of a report. */
export type Render = (result: Result) => readonly RenderedFile[] | Promise<readonly RenderedFile[]>;

/** The names of the formats in options, in the order in which they are written. */
export const FORMAT_IDS = ["json", "csv", "plots", "md", "html", "xlsx"] as const;

export interface Format {
  /** Name in options. */
  readonly id: typeof FORMAT_IDS[number];
  /** What it is for. */
  readonly title: string;
  /** What it shows of the plots; absent: nothing. */
  readonly draws?: DrawingKind;
  render(result: Result): Promise<readonly RenderedFile[]>;
}
