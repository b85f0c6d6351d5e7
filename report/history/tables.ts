/** What a history shows: where figures changed, and what they are now. */

import type { Series, SeriesChange, SeriesPoint } from "../../measure/history/series.ts";
import { formatNumber, oneLine } from "../summary/text.ts";
import { type Cell, EMPTY, type Table } from "../tables/table.ts";

/** A history as reports show it. */
export interface History {
  /** How many runs were read. */
  readonly runs: number;
  /** Start of the first and of the last, ISO 8601. */
  readonly from: string;
  /** Start of the last. */
  readonly to: string;
  /** Machines with their settings, and how many runs are of each; what is of one is never joined with another. */
  readonly machines: readonly { readonly machine: string; readonly runs: number }[];
  /** All series. */
  readonly series: readonly Series[];
  /** What was left out and why, a line each. */
  readonly leftOut: readonly string[];
}

/** How much of a commit is shown, in characters. */
const SHORT = 10;

/** Where a run is from: its commit, with a plus if files differed, and its folder. */
export function sourceOf({ run: { commit, isChanged, name } }: SeriesPoint): string {
  const short = commit === undefined ? "" : `${commit.slice(0, SHORT)}${isChanged ? "+" : ""} `;
  return `${short}${oneLine(name)}`;
}

/** `+8.1 %`. */
export function signedShare(ratio: number): string {
  const percent = (ratio - 1) * 100;
  return `${percent < 0 ? "−" : "+"}${formatNumber(Math.abs(percent))} %`;
}

/** `worse by 8.1 %`. */
export function inWords({ way, ratio }: SeriesChange): string {
  return way === "other" ? signedShare(ratio) : `${way}, ${signedShare(ratio)}`;
}

/** A figure with its unit, and its interval if there is one. */
export function figureText({ value, interval }: Pick<SeriesPoint, "value" | "interval">): string {
  if (interval === undefined) return formatNumber(value);
  return `${formatNumber(value)} (${formatNumber(interval.low)}–${formatNumber(interval.high)})`;
}

const KEYS = [
  { title: "Case", kind: "text" },
  { title: "Server", kind: "text" },
  { title: "Figure", kind: "text" },
] as const;

function keysOf({ title, server, metric }: Series): Cell[] {
  const { title: name, unit } = metric;
  return [
    { value: oneLine(title) },
    { value: oneLine(server) },
    { value: oneLine(unit === "" ? name : `${name} (${unit})`) },
  ];
}

/** All changes, the latest first. */
export function changesTable({ series }: History): Table {
  const all = series.flatMap((one) => one.changes.map((change) => ({ one, change })));
  const at = ({ one, change }: typeof all[number]): string =>
    one.points[change.index]!.run.startedAt;
  return {
    id: "changes",
    title: "Changes",
    columns: [
      ...KEYS,
      { title: "Change", kind: "text" },
      { title: "Before", kind: "number" },
      { title: "After", kind: "number" },
      { title: "First run of the new level", kind: "time" },
      { title: "There", kind: "text" },
      { title: "Last one before", kind: "text" },
      { title: "p", kind: "probability" },
      { title: "New there", kind: "text" },
    ],
    keyColumns: 3,
    rows: all.toSorted((a, b) => at(a) < at(b) ? 1 : -1).map(({ one, change }) => [
      ...keysOf(one),
      {
        value: inWords(change),
        ...(change.way !== "other" && { sign: change.way }),
      },
      { value: change.before },
      { value: change.after },
      { value: one.points[change.index]!.run.startedAt },
      { value: sourceOf(one.points[change.index]!) },
      { value: sourceOf(one.points[change.index - 1]!) },
      { value: change.p },
      change.others.length === 0 ? EMPTY : { value: oneLine(change.others.join("; ")) },
    ]),
    empty: "No figure changed its level.",
  };
}

/** What each figure is now, and since when. */
export function levelsTable({ series }: History): Table {
  return {
    id: "levels",
    title: "Figures now",
    note: "Geometric mean of the rounds of the newest run, with its 95 % interval.",
    columns: [
      ...KEYS,
      { title: "Newest run", kind: "text" },
      { title: "Runs", kind: "integer" },
      { title: "Same level since", kind: "time" },
      { title: "Runs of this level", kind: "integer" },
    ],
    keyColumns: 3,
    rows: series.map((one) => {
      const since = one.changes.at(-1)?.index ?? 0;
      return [
        ...keysOf(one),
        { value: figureText(one.points.at(-1)!) },
        { value: one.points.length },
        { value: one.points[since]!.run.startedAt },
        { value: one.points.length - since },
      ];
    }),
    empty: "No run has a figure.",
  };
}
