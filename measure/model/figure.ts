/**
 * Figures: what was measured, or why it was not.
 *
 * @module
 */

/** A figure that could not be had, with the reason that every report shows in its place. */
export interface Absent {
  /** Why there is no figure, as a phrase: "the server is not on this machine". */
  readonly absent: string;
}

/** A measured number, or the reason why there is none. */
export type Figure = number | Absent;

/** Tells a measured number from an absent one. */
export function isMeasured(figure: Figure | undefined): figure is number {
  return typeof figure === "number";
}

/** What is read off a histogram: a moment, or a percentile between 0 and 100. */
export type Statistic = "mean" | "standardDeviation" | "max" | { readonly percentile: number };
