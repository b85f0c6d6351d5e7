/**
 * What a plot is.
 *
 * @module
 */

import type { Result } from "../../measure/model/result.ts";

/** A plot of a run: a Vega-Lite specification with its data, and what a reader must know who does not see it. */
export interface Plot {
  /** Name in files and links, unique among the plots of a run: `throughput-rate`. */
  readonly id: string;
  /** Id of the section that it belongs to: a scenario's, or `summary`. */
  readonly section: string;
  /** The question that it answers, as a heading. */
  readonly title: string;
  /** What is to be seen, in a sentence or two with figures, for who cannot see it. */
  readonly alt: string;
  /** Machine, versions and date. */
  readonly caption: string;
  /** A Vega-Lite 6 specification; plain data, its values inline, without colours of a theme. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Makes the plots of one kind; none where the run has nothing for it. */
export type Plotter = (result: Result) => readonly Plot[];

/** On what a plot is seen. */
export type Theme = "light" | "dark";
