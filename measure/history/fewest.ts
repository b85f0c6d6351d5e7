/** The fewest runs in which a change can be found: with fewer no order of them is rare enough. */
export const FEWEST_RUNS = 8;
