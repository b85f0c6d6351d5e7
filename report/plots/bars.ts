/** Bars of a metric: a group for each case, a bar for each server with its interval. */

import { type Aggregate, aggregate } from "../../measure/judge/aggregate.ts";
import { cpuMetricOf } from "../../measure/judge/verdicts.ts";
import {
  isMeasured,
  type MetricDefinition,
  type Result,
  type ScenarioDescription,
} from "../../measure/model/result.ts";
import { largest, smallest } from "../../measure/statistics/statistics.ts";
import { type Standing, standings } from "../summary/standings.ts";
import { decimalsOf, figureWithUnit, formatNumber } from "../summary/text.ts";
import { beyond, cutAt, limitOf, numbers, withoutLabels } from "./parts/axes.ts";
import {
  axisTitle,
  basisOf,
  endsOf,
  leaveOut,
  type LeftOut,
  NUMBERS,
  omissions,
  type Plot,
  plotOf,
  type Plotter,
  rounded,
  type Spec,
  varies,
  type Words,
} from "./chart.ts";
import type { Layout } from "./parts/layout.ts";
import { cut, distinct, namesOf, whose } from "./parts/names.ts";
import { orderOf, sayingRow, stackedByCase } from "./parts/rows.ts";
import { DOT, serverEncoding } from "./theme.ts";

/** Bars of the primary metric of a scenario that is not drawn as lines, and of what a message or a handshake costs. */
export const bars: Plotter = (result, scenario) => {
  const [primary] = scenario.metrics;
  const cpu = cpuMetricOf(scenario);
  const isLines = varies(scenario, "connections");
  const drawn = [
    ...(primary === undefined || isLines || varies(scenario, "rate")
      ? []
      : [{ metric: primary, kind: "bars", question: scenario.question }]),
    ...(cpu === undefined || cpu === primary || isLines
      ? []
      : [{ metric: cpu, kind: "cpu", question: costQuestion(cpu) }]),
  ];
  return drawn.map(({ metric, ...words }) =>
    barsOf(result, scenario, metric, { ...words, isSmall: drawn.length > 1 })
  );
};

function costQuestion({ id }: MetricDefinition): string {
  const unit = id.endsWith("handshake") ? "handshake" : "message";
  return `How much CPU time does a ${unit} cost the server?`;
}

const CASE_LENGTH = 80;
/** With more rounds their points would be a smear. */
const MOST_ROUNDS = 30;

/** A bar, or a text instead of it. */
interface Bar {
  readonly case: string;
  readonly server: string;
  readonly whose: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Position at which its text begins. */
  readonly end: number;
  /** Its figure, or in a word or two why there is none. */
  readonly text: string;
  /** Its interval in words; empty if there is none. */
  readonly range: string;
  readonly description: string;
  /** The figures of its rounds, unless they are too many. */
  readonly rounds: readonly number[];
}

/** The cases of a scenario as unique headings. */
export function caseNames({ cases }: ScenarioDescription): string[] {
  return distinct(cases.map(({ title }) => cut(title, CASE_LENGTH)), CASE_LENGTH);
}

/**
 * Draws a metric in every case of a scenario; undefined if no server has a sound figure.
 *
 * @param words `isSmall`: whether a page has another one beside it
 */
export function barsOf(
  result: Result,
  scenario: ScenarioDescription,
  metric: MetricDefinition,
  { isSmall, ...words }: Pick<Words, "kind" | "question"> & { readonly isSmall: boolean },
): Plot | undefined {
  const names = namesOf(result);
  const cases = caseNames(scenario);
  const leftOut: LeftOut[] = [];
  const said: string[] = [];
  const all = scenario.cases.flatMap((one, place) => {
    const name = cases[place]!;
    const own = standings(result, scenario.id, one.id).map((standing, index): Bar => {
      const figure = aggregate(standing.trials, metric);
      const reason = standing.reason ??
        (isMeasured(figure.value) ? undefined : figure.value.absent);
      if (reason !== undefined) leftOut.push(leaveOut(standing.server.title, reason));
      const server = names.get(standing.server.id)!;
      const { says, ...bar } = barOf(figure, metric, reason, standing);
      const description = whose(index, `${server}: ${says.join("; ")}; ${name}`);
      return { case: name, server, whose: whose(index), description, ...bar };
    });
    const drawn = own.filter(({ value }) => value !== null);
    if (drawn.length > 0) said.push(`${name}: ${drawn.map(spokenBar).join(", ")}.`);
    return own;
  });
  if (said.length === 0) return undefined;
  const axes = axesOf(all, cases);
  const hasIntervals = all.some(({ low }) => low !== null);
  const name = axisTitle(metric);
  return plotOf(result, {
    section: scenario.id,
    ...words,
    title: cases.length > 1 ? `${name} by case` : name,
    note: [
      basisOf(result, scenario, metric, {
        intervals: hasIntervals,
        rounds: all.some(({ rounds }) => rounds.length > 0),
      }),
      ...new Set(all.flatMap((bar) => beyond([bar], axes.limits.get(bar.case)!))),
    ],
    alt: [
      `${name}${hasIntervals ? ", 95 % intervals in brackets" : ""}.`,
      ...said,
      ...omissions(leftOut),
    ],
  }, { spec: (layout) => specOf(result, { all, cases, name, metric, axes }, layout), isSmall });
}

/** A bar in a list of figures. */
function spokenBar({ server, text, range }: Bar): string {
  return `${server} ${text}${range === "" ? "" : ` (${range})`}`;
}

function barOf(
  { value, interval, figures }: Aggregate,
  metric: MetricDefinition,
  reason: string | undefined,
  { mark }: Standing,
): Omit<Bar, "case" | "server" | "whose" | "description"> & { readonly says: string[] } {
  if (reason !== undefined || !isMeasured(value)) {
    const text = mark === "wrong" ? "wrong replies" : mark === "failed" ? "failed" : "not measured";
    const none = { value: null, ...endsOf(undefined), end: 0, range: "", rounds: [] };
    return { ...none, text, says: [text] };
  }
  const decimals = metric.decimals ?? decimalsOf(value);
  const spread = roundsIn(figures, metric, decimals);
  const range = interval === undefined
    ? ""
    : `${formatNumber(interval.low, decimals)} to ${formatNumber(interval.high, decimals)}`;
  return {
    value: rounded(value),
    ...endsOf(interval),
    end: rounded(Math.max(0, value, interval?.high ?? value)),
    text: formatNumber(value, decimals),
    range,
    says: [
      figureWithUnit(value, metric),
      ...(range === "" ? [] : [`95 % interval ${range}`]),
      ...spread.says,
    ],
    rounds: spread.rounds,
  };
}

/** The figures of rounds as points, and what is said of them; nothing of a single round. */
export function roundsIn(
  figures: Aggregate["figures"],
  metric: MetricDefinition,
  decimals: number | undefined = metric.decimals,
): { readonly rounds: readonly number[]; readonly says: readonly string[] } {
  if (figures.length < 2) return { rounds: [], says: [] };
  const values = figures.map(({ value }) => value);
  const [least, most] = [smallest(values), largest(values)].map((one) =>
    formatNumber(one, decimals ?? decimalsOf(one))
  );
  return {
    rounds: values.length > MOST_ROUNDS ? [] : values.map(rounded),
    says: [`${values.length} rounds, ${least} to ${most}`],
  };
}

/** A row of a server, in pixels; offsets are from its middle. */
interface RowLook {
  readonly step: number;
  readonly bar: { readonly height: number; readonly yOffset: number };
  /** Of the points of the rounds. */
  readonly rounds: number;
  /** Of the name. */
  readonly name: number;
}

/** The names are beside the bars, or above them if there is no room. */
function rowLook({ place }: Layout, hasRounds: boolean): RowLook {
  if (place === "narrow") {
    const bar = { height: 9, yOffset: hasRounds ? 4 : 7 };
    return { step: hasRounds ? 36 : 32, bar, rounds: 13, name: hasRounds ? -10 : -8 };
  }
  return hasRounds
    ? { step: 26, bar: { height: 13, yOffset: -2 }, rounds: 9, name: -2 }
    : { step: 20, bar: { height: 14, yOffset: 0 }, rounds: 0, name: 0 };
}

/** If the largest bars of two cases differ by this factor, each case has its own axis. */
const TOO_DIFFERENT = 5;

/** Where the axes of the cases end. */
interface Axes {
  readonly limits: ReadonlyMap<string, number>;
  readonly areOwn: boolean;
}

function axesOf(all: readonly Bar[], cases: readonly string[]): Axes {
  const limits = cases.map((one) => limitOf(all.filter((bar) => bar.case === one)));
  const most = largest(limits);
  const areOwn = limits.some((limit) => limit > 0 && limit * TOO_DIFFERENT < most);
  const shared = limitOf(all);
  return {
    limits: new Map(cases.map((one, index) => [one, areOwn ? limits[index]! : shared])),
    areOwn,
  };
}

function specOf(
  result: Result,
  { all: uncut, cases, name, metric: { better }, axes }: {
    readonly all: readonly Bar[];
    readonly cases: readonly string[];
    readonly name: string;
    readonly metric: MetricDefinition;
    readonly axes: Axes;
  },
  layout: Layout,
): Spec {
  const isNarrow = layout.place === "narrow";
  const all = uncut.map((bar) => {
    const limit = axes.limits.get(bar.case)!;
    return { ...cutAt(bar, limit), end: Math.min(bar.end, limit) };
  });
  const look = rowLook(layout, all.some(({ rounds }) => rounds.length > 0));
  const shown = [{ filter: "datum.value !== null" }];
  const known = [{ filter: "datum.low !== null" }];
  const { yOffset } = look.bar;
  const named = { description: { field: "whose" } };
  const stack = { cases, ...look, hasOwnAxes: axes.areOwn };
  return stackedByCase(all, stack, layout, (one, width, isLast) => {
    const own = all.filter((bar) => bar.case === one);
    const scale = scaleOfBars(axes.areOwn ? own : all, isNarrow);
    const title = layout.place === "file" && isLast ? name : null;
    const at = (field: string): Spec => {
      const x = numbers(field, "", {
        title,
        scale,
        axis: { format: NUMBERS, tickCount: layout.ticks },
      });
      return isLast || axes.areOwn ? x : withoutLabels(x);
    };
    const text = (style: string, transform: Spec[], x: Spec): Spec => ({
      transform,
      mark: isNarrow
        ? { type: "text", style, align: "right", yOffset: look.name }
        : { type: "text", style, align: "left", dx: 6, yOffset },
      encoding: { x: isNarrow ? { value: width } : x, text: { field: "text" }, ...named },
    });
    return {
      order: orderOf(own, better),
      layer: [
        {
          transform: shown,
          mark: { type: "bar", ...look.bar },
          encoding: { x: at("value"), ...serverEncoding(result), ...named },
        },
        ...([["halo", 4], ["ink", 1.5]] as const).map(([style, strokeWidth]) => ({
          transform: known,
          mark: { type: "rule", style, strokeWidth, yOffset },
          encoding: { x: at("low"), x2: { field: "high" }, ...named },
        })),
        ...["low", "high"].map((end) => ({
          transform: end === "high" ? [...known, { filter: "!datum.isCut" }] : known,
          mark: { type: "tick", style: "ink", thickness: 1.5, size: 8, opacity: 1, yOffset },
          encoding: { x: at(end), ...named },
        })),
        {
          data: {
            values: own.flatMap(({ server, whose, rounds }) =>
              rounds.map((round) => ({ server, whose, round }))
            ),
          },
          mark: { ...DOT, yOffset: look.rounds },
          encoding: { x: at("round"), ...serverEncoding(result), ...named },
        },
        text("figure", shown, at("end")),
        text("note", [{ filter: "datum.value === null" }], at("end")),
        sayingRow(width),
      ],
    };
  });
}

function scaleOfBars(bars: readonly Bar[], isNarrow: boolean): Spec {
  const values = bars.flatMap((one) => [one.value ?? 0, one.low ?? 0, one.end, ...one.rounds]);
  // The figures are after the bars, unless they are above them.
  const most = Math.max(
    largest(values) * ROOM,
    isNarrow ? 0 : largest(bars.map(({ end }) => end)) * FIGURE_ROOM,
  );
  return { domain: [Math.min(0, smallest(values)), most === 0 ? 1 : most], nice: false };
}

/** Room after the largest value, and for the figure after the longest bar, as a factor. */
const ROOM = 1.03;
const FIGURE_ROOM = 1.2;
