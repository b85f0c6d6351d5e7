/** How many windows searches take, and how long is waited before each: for estimates, without the searches themselves. */

import type { Scenario } from "../../../scenarios/types.ts";

/** Warm-up of a window in milliseconds: its server is warm, but its connections are new. */
export const SETTLE_MS = 100;

/** About how many windows a search takes after the first: for the capacity some seven rates are tried, each two to five times. */
export const SEARCH_WINDOWS: { readonly [name in NonNullable<Scenario["search"]>]: number } = {
  capacity: 20,
  curve: 37,
};
