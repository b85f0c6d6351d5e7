/** Figures: what was measured, or why it was not. */

import type { Figure } from "./types.generated.ts";

export type { Absent, Figure, Statistic } from "./types.generated.ts";

/** Tells a measured number from an absent one. */
export function isMeasured(figure: Figure | undefined): figure is number {
  return typeof figure === "number";
}
