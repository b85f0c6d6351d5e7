/**
 * What changed from one run to another, as text for a terminal: a table if it fits, otherwise a list, then doubts about
 * the comparison, and a summary in one sentence.
 */

import type { Change, ChangeOutcome, Changes } from "../../measure/judge/changes.ts";
import { NOISE, SIGNIFICANCE } from "../../measure/judge/judge.ts";
import { type Figure, isMeasured } from "../../measure/model/result.ts";
import {
  hanging,
  makeTable,
  noteLines,
  painted,
  type Screen,
  screenOf,
  type TableRow,
  type TerminalOptions,
  widthOf,
} from "./screen.ts";
import { EXPLAINED_NOTE, saidChanges } from "../summary/explained/explained.ts";
import type { Cell } from "../tables/table.ts";
import { formatNumber, formatTime, oneLine } from "../summary/text.ts";
import { wrap } from "../summary/wrap.ts";

/** The comparison of two runs as lines that end with a line break, none wider than a terminal of at least 20 columns. */
export function renderChanges(changes: Changes, options: TerminalOptions): string {
  const screen = screenOf(options, changes.rows.map((row) => [reasonIn(row)]));
  const parts = [
    overview(changes, screen),
    differences(changes, screen),
    legend(changes, screen),
    doubts(changes, screen),
    painted(screen, "heading", wrap(summarizeChanges(changes), screen.width)).join("\n"),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** Why a row is not compared, as a cell's note. */
function reasonIn({ judgement }: Change): Cell {
  return "absent" in judgement ? { value: null, note: oneLine(judgement.absent) } : { value: null };
}

/** The outcomes but `worse`, in the order in which they are counted. */
const OTHERS = [
  "better",
  "probably worse",
  "probably better",
  "the same",
  "not told apart",
  "not compared",
] as const satisfies readonly ChangeOutcome[];

/** The summary of a comparison: `3 of 26 figures are worse, 1 better, 22 not told apart.` */
export function summarizeChanges({ rows }: Changes): string {
  const count = (outcome: ChangeOutcome): number =>
    rows.filter((row) => row.outcome === outcome).length;
  const worse = count("worse");
  return [
    `${worse} of ${rows.length} figures ${worse === 1 ? "is" : "are"} worse`,
    ...OTHERS.filter((outcome) => count(outcome) > 0).map((outcome) =>
      `${count(outcome)} ${outcome}`
    ),
  ].join(", ") + ".";
}

/** A row in one line: `ws, Latency, 1 connection, 64 B: Latency p50 0.0826 → 0.0901 ms, +9.1 % (+4.2…+13 %)`. */
export function describeChange(change: Change): string {
  const { server, scenario, case: one, metric, before, after, judgement } = change;
  const place = [server.id, scenario.title, one.title].filter((part) => part !== "").join(", ");
  const what = "absent" in judgement
    ? judgement.absent
    : `${metric.title} ${figure(before, change)} → ${figure(after, change)} ${metric.unit}`.trim() +
      `, ${signed(judgement.ratio)} % (${range(change)})`;
  return oneLine(`${place}: ${what}`);
}

/** The first form that fits: a table with the adjusted p values, one without them, a list. */
function overview({ rows, common }: Changes, screen: Screen): string {
  for (const withQ of [true, false]) {
    const text = table(rows, screen, { withQ, withOwn: common !== undefined });
    if (widthOf(text) <= screen.width) return text;
  }
  return list(rows, screen);
}

function table(
  rows: readonly Change[],
  screen: Screen,
  { withQ, withOwn }: { withQ: boolean; withOwn: boolean },
): string {
  const titles = [
    "Old",
    "New",
    ...(withOwn ? ["By itself"] : []),
    "Change",
    "95 % interval",
    ...(withQ ? ["q"] : []),
  ];
  const across = (content: string): TableRow => [{ content, colSpan: titles.length + 2 }];
  return makeTable(
    {
      head: ["", ...titles.map((title) => screen.paint("heading", title)), ""],
      colAligns: ["left", ...titles.map(() => "right" as const), "left"],
    },
    byCase(rows).flatMap(([place, ofCase]) => [
      across(screen.paint("heading", place)),
      ...byMetric(ofCase).flatMap(([metric, ofMetric]) => [
        across(`  ${metric}`),
        ...ofMetric.map((row): TableRow => [
          `    ${oneLine(row.server.title)}`,
          figure(row.before, row),
          figure(row.after, row),
          ...(withOwn ? [ownChange(row)] : []),
          ..."absent" in row.judgement ? ["–", "", ...(withQ ? [""] : [])] : [
            `${signed(row.judgement.ratio)} %`,
            range(row),
            ...(withQ ? [formatP(row.judgement.adjustedP)] : []),
          ],
          verdict(row, screen),
        ]),
      ]),
    ]),
  );
}

function byCase(rows: readonly Change[]): [place: string, rows: Change[]][] {
  return [
    ...Map.groupBy(
      rows,
      ({ scenario, case: one }) =>
        [scenario.title, one.title].map(oneLine).filter((part) => part !== "").join(" · "),
    ),
  ];
}

function byMetric(rows: readonly Change[]): [metric: string, rows: Change[]][] {
  return [...Map.groupBy(rows, ({ metric: { title, unit, better } }) => {
    const direction = better === "none" ? "" : `, ${better} is better`;
    return oneLine(`${title}${unit === "" ? "" : ` in ${unit}`}${direction}`);
  })];
}

function figure(value: Figure, { metric: { decimals } }: Change): string {
  return isMeasured(value) ? formatNumber(value, decimals) : "–";
}

/** The ratio of the two figures themselves. */
function ownChange({ before, after }: Change): string {
  return isMeasured(before) && isMeasured(after) && before > 0
    ? `${signed(after / before)} %`
    : "–";
}

/** The distance of a ratio from 1, in per cent with its sign. */
function signed(ratio: number): string {
  const change = (ratio - 1) * 100;
  const size = Math.abs(change);
  const digits = size.toFixed(size < 9.95 ? 1 : 0);
  return Number(digits) === 0 ? "0" : `${change < 0 ? "−" : "+"}${digits}`;
}

function range({ judgement }: Change): string {
  if ("absent" in judgement) return "";
  const { low, high } = judgement.interval;
  return `${signed(low)}…${signed(high)} %`;
}

function formatP(p: number): string {
  return p < 0.001 ? "<0.001" : p.toFixed(p < 0.1 ? 3 : 2);
}

function verdict(row: Change, { paint, numberOf }: Screen): string {
  const { outcome } = row;
  const note = numberOf(reasonIn(row));
  if (note !== undefined) return `[${note}]`;
  return outcome === "worse" || outcome === "better" ? paint(outcome, outcome) : outcome;
}

/** The cases and their figures below one another. */
function list(rows: readonly Change[], screen: Screen): string {
  const blocks = byCase(rows).map(([place, ofCase]) => [
    ...painted(screen, "heading", wrap(place, screen.width)),
    ...byMetric(ofCase).flatMap(([metric, ofMetric]) => [
      ...hanging("  ", "  ", metric, screen.width),
      ...ofMetric.flatMap((row) => listLine(row, screen)),
    ]),
  ]);
  return blocks.map((lines) => lines.join("\n")).join("\n\n");
}

function listLine(row: Change, screen: Screen): string[] {
  const { judgement, outcome } = row;
  const change = "absent" in judgement
    ? verdict(row, screen)
    : `${signed(judgement.ratio)} % (${range(row)}), q ${formatP(judgement.adjustedP)}`;
  const isClaimed = outcome === "worse" || outcome === "better";
  const text = `${oneLine(row.server.title)}: ${figure(row.before, row)} → ${
    figure(row.after, row)
  }, ${change}${"absent" in judgement ? "" : `, ${outcome}`}`;
  const lines = hanging("    ", "      ", text, screen.width);
  return isClaimed ? painted(screen, outcome, lines) : lines;
}

function legend({ before, after, common }: Changes, screen: Screen): string {
  const { width } = screen;
  const [first, second] = [before, after].map(({ startedAt }) => formatTime(startedAt));
  return painted(screen, "muted", [
    ...wrap(`Old is the run of ${first}, new that of ${second}.`, width),
    ...wrap(
      common === undefined
        ? "Change is new ÷ old. A whole run may be off, which its rounds cannot show, so no change is more than probable: " +
          "run both with a server that stays the same, or measure old and new in one run."
        : `Change is new ÷ old, divided by that of ${
          oneLine(common.title)
        }, which is the same in both runs: what hit a whole run cancels out. Its own change is probable at most.`,
      width,
    ),
    ...wrap(
      `q is p adjusted for all figures of its kind. Worse or better is said at q ≤ ${SIGNIFICANCE} and a change above ${
        NOISE * 100
      } %, with an interval on one side of 0.`,
      width,
    ),
    ...noteLines(screen),
  ]).join("\n");
}

/** What goes with the changes, if both runs were explained. */
function differences(changes: Changes, screen: Screen): string {
  const said = saidChanges(changes);
  if (said.length === 0) return "";
  return [
    ...painted(screen, "heading", wrap("What goes with the changes", screen.width)),
    ...said.flatMap((one) => hanging("", "  ", one, screen.width)),
    ...painted(screen, "muted", wrap(EXPLAINED_NOTE, screen.width)),
  ].join("\n");
}

function doubts({ doubts, onlyBefore, onlyAfter }: Changes, { width }: Screen): string {
  const only = (name: string, all: readonly string[]): string[] =>
    all.length === 0
      ? []
      : hanging("- ", "  ", oneLine(`Only in ${name}: ${all.join("; ")}`), width);
  return [
    ...doubts.flatMap((doubt) => hanging("! ", "  ", oneLine(doubt), width)),
    ...only("OLD", onlyBefore),
    ...only("NEW", onlyAfter),
  ].join("\n");
}
