/** Version and bounds of the layout of `results.json`. */

/** Version of the layout of `results.json`; it grows when a reader of the old layout would misread the new one. */
export const SCHEMA_VERSION = 3;

/** Servers of a run at the most: no table and no picture shows more. */
export const MOST_SERVERS = 100;
