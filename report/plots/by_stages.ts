/** What happened second by second where the load is not the same all the time: in stages, or when connections break off. */

import type {
  CaseDescription,
  CompletedTrial,
  Result,
  ScenarioDescription,
  TimelineSlice,
} from "../../measure/model/result.ts";
import { largest, median } from "../../measure/statistics/statistics.ts";
import { formatNumber, oneLine } from "../summary/text.ts";
import { isWide, numbers, scaleOf, scaleTitle } from "./parts/axes.ts";
import {
  foremostOf,
  omissions,
  type Plot,
  plotOf,
  type Plotter,
  rounded,
  roundsOf,
  type Spec,
} from "./chart.ts";
import type { Layout } from "./parts/layout.ts";
import { indexOf, namesOf, whose } from "./parts/names.ts";
import { heightOf, PER_TICK, stackedByServer } from "./parts/rows.ts";
import { serverEncoding } from "./theme.ts";

/** A line of a server: what it is of a slice. */
interface Line {
  readonly name: string;
  /** Whether it is what was asked for, rather than what the server made of it. */
  readonly isAsked?: true;
  readonly value: (slice: TimelineSlice) => number | null | undefined;
}

/** One of the plots. */
interface Kind {
  readonly kind: string;
  readonly title: string;
  readonly unit: string;
  readonly question: string;
  readonly lines: readonly Line[];
}

const perSecond = (count: number, { lengthMs }: TimelineSlice): number => count / lengthMs * 1000;

const OPEN: Kind = {
  kind: "open",
  title: "Open connections",
  unit: "",
  question: "How many connections are open when?",
  lines: [{ name: "open", value: ({ connections }) => connections }],
};

const REPLIES: Kind = {
  kind: "replies",
  title: "Messages",
  unit: "messages/s",
  question: "Does the server keep up with what it is sent?",
  lines: [
    {
      name: "due",
      isAsked: true,
      value: (slice) => slice.offered === undefined ? undefined : perSecond(slice.offered, slice),
    },
    { name: "answered", value: (slice) => perSecond(slice.count, slice) },
  ],
};

const LATENCIES: Kind = {
  kind: "latency",
  title: "Latency",
  unit: "ms",
  question: "How does the latency follow the load?",
  lines: [
    { name: "p50", isAsked: true, value: ({ p50Ms }) => p50Ms },
    { name: "p99", value: ({ p99Ms }) => p99Ms },
  ],
};

/** The plots of each case with stages, and of each in which connections break off. */
export const byStages: Plotter = (result, scenario) =>
  scenario.cases.flatMap((one, index) => {
    const { stages, arrivals, cut } = one.parameters;
    const kinds = stages === undefined
      ? cut === undefined ? [] : [OPEN]
      : arrivals === undefined
      ? [OPEN, REPLIES, LATENCIES]
      : [REPLIES, LATENCIES];
    const hasMany = scenario.cases.length > 1;
    return kinds.map((kind) =>
      draw(result, scenario, one, hasMany ? { ...kind, kind: `${kind.kind}-${index + 1}` } : kind)
    );
  });

/** A point of a line. */
interface Datum {
  readonly server: string;
  readonly whose: string;
  readonly line: string;
  readonly x: number;
  readonly y: number;
}

/** The median of the rounds, slice by slice, at the end of each. */
function dataOf(
  trials: readonly CompletedTrial[],
  { name, value }: Line,
  server: string,
  whose: string,
): Datum[] {
  const bySlice = Map.groupBy(
    trials.flatMap(({ timeline }) => timeline),
    ({ atMs }) => Math.round(atMs),
  );
  return [...bySlice].flatMap(([atMs, slices]) => {
    const known = slices.map(value).filter((one) => typeof one === "number");
    if (known.length === 0) return [];
    const x = (atMs + slices[0]!.lengthMs) / 1000;
    return [{ server, whose, line: name, x: rounded(x), y: rounded(median(known)) }];
  }).sort((a, b) => a.x - b.x);
}

function draw(
  result: Result,
  scenario: ScenarioDescription,
  one: CaseDescription,
  { kind, title, unit, question, lines }: Kind,
): Plot | undefined {
  const names = namesOf(result);
  const { sound, leftOut } = foremostOf(result, scenario, one);
  const rows = sound.flatMap(({ server, completed }) => {
    const name = names.get(server.id)!;
    const own = whose(indexOf(result, server.id));
    const data = lines.flatMap((line) => dataOf(completed, line, name, own));
    return data.length === 0 ? [] : [{ heading: name, whose: own, data }];
  });
  const data = rows.flatMap(({ data }) => data);
  if (data.length === 0) return undefined;
  const drawn = lines.filter(({ name }) => data.some(({ line }) => line === name));
  const axis = unit === "" ? title : `${title} (${unit})`;
  const values = data.map(({ y }) => y);
  const isLog = unit === "ms" && isWide(values);
  const scale = scaleOf(values, isLog, heightOf(rows.length) / PER_TICK);
  const figures = scaleTitle(axis, scale);
  const spec = (layout: Layout): Spec => {
    const times = scaleOf(data.map(({ x }) => x), false, layout.ticks);
    const axes = { x: numbers("x", "Time (s)", times), y: numbers("y", figures, scale) };
    return stackedByServer(rows, axes, layout, (x, y) =>
      drawn.map(({ name, isAsked }) => ({
        transform: [{ filter: `datum.line === '${name}'` }],
        mark: {
          type: "line",
          strokeWidth: isAsked ? 1.2 : 2,
          ...(isAsked && { strokeDash: [4, 3] }),
        },
        encoding: { x, y, ...serverEncoding(result), description: { field: "whose" } },
      })));
  };
  return plotOf(result, {
    section: scenario.id,
    kind: `time-${kind}`,
    question,
    title: `${axis} over time`,
    note: [
      `${oneLine(one.title)}; median of ${roundsOf(result, scenario)} in each part of the time.`,
      ...drawn.length > 1
        ? [
          drawn.map(({ name, isAsked }) => `${isAsked ? "Dashed" : "Solid"}: ${name}`).join("; ") +
          ".",
        ]
        : [],
    ],
    alt: [
      `${axis} over time, ${oneLine(one.title)}.`,
      ...rows.map(({ heading, data }) => `${heading}: ${highestInWords(drawn, data)}.`),
      ...omissions(leftOut),
    ],
  }, { spec, figures });
}

/** The highest value of each line, with its time. */
function highestInWords(lines: readonly Line[], data: readonly Datum[]): string {
  return lines.map(({ name }) => {
    const own = data.filter(({ line }) => line === name);
    const most = largest(own.map(({ y }) => y), 0);
    const { x } = own.find(({ y }) => y === most) ?? { x: 0 };
    return `${name} at most ${formatNumber(most)} (at ${formatNumber(x)} s)`;
  }).join(", ");
}
