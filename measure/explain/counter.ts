/** Something that explaining trials count. */

/** What a figure is per: a message is a reply; a share is in per cent, as its unit says. */
export type Per = "message" | "second" | "share" | "window";

/** Something that is counted of a server while it answers. */
export interface Counter {
  /** Id in files. */
  readonly id: string;
  /** What is counted, as a heading over its counters. */
  readonly group: string;
  /** Name in a table, below the heading. */
  readonly title: string;
  /** Unit, as `per message` or `% of the time`; what {@linkcode Counter.per} makes of a total. */
  readonly unit: string;
  /** What it is per. */
  readonly per: Per;
}
