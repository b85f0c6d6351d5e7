/** What explaining trials count: names, units, and how a total of the window becomes a figure. */

/** What a figure is per: a message is a reply. */
export type Per = "message" | "second" | "share" | "window";

/** Something that is counted of a server while it answers. */
export interface Counter {
  /** Id in files. */
  readonly id: string;
  /** Name in a table's header. */
  readonly title: string;
  /** Unit, as `per message` or `% of the time`; what {@linkcode Counter.per} makes of a total. */
  readonly unit: string;
  /** What it is per. */
  readonly per: Per;
}

/** All counters, in the order of the tables. */
export const COUNTERS = [
  {
    id: "switches.voluntary",
    title: "Voluntary context switches",
    unit: "per message",
    per: "message",
  },
  {
    id: "switches.involuntary",
    title: "Involuntary context switches",
    unit: "per message",
    per: "message",
  },
  { id: "faults.minor", title: "Minor page faults", unit: "per message", per: "message" },
  { id: "faults.major", title: "Major page faults", unit: "per message", per: "message" },
  { id: "time.user", title: "CPU time outside the kernel", unit: "µs per message", per: "message" },
  { id: "time.kernel", title: "CPU time in the kernel", unit: "µs per message", per: "message" },
  {
    id: "acks.delayed",
    title: "Delayed acknowledgements",
    unit: "per message",
    per: "message",
  },
] as const satisfies readonly Counter[];

/** Id of a counter. */
export type CounterId = typeof COUNTERS[number]["id"];
