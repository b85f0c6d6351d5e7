/** Lines of a metric against the connections or the arrival rate, whichever the cases vary: one for each server. */

import { aggregate } from "../../measure/judge/aggregate.ts";
import { cpuMetricOf } from "../../measure/judge/verdicts.ts";
import {
  isMeasured,
  type MetricDefinition,
  type Result,
  type ScenarioDescription,
  type ServerDescription,
} from "../../measure/model/result.ts";
import { standings } from "../summary/standings.ts";
import { decimalsOf, figureWithUnit, formatNumber, oneLine } from "../summary/text.ts";
import {
  alongOf,
  beyond,
  cutAt,
  isWide,
  limitOf,
  numbers,
  scaleOf,
  scaleTitle,
  shareOf,
  spaced,
} from "./parts/axes.ts";
import { roundsIn } from "./bars.ts";
import {
  type Axis,
  axisTitle,
  basisOf,
  endsOf,
  leaveOut,
  type LeftOut,
  NUMBERS,
  omissions,
  percentile99,
  type Plot,
  plotOf,
  type Plotter,
  rounded,
  type Spec,
  varies,
  type Words,
} from "./chart.ts";
import { endLayers, endRoom, endsOfLines } from "./parts/end_labels.ts";
import { type Layout, linesHeight, MANY } from "./parts/layout.ts";
import { indexOf, namesOf, whose } from "./parts/names.ts";
import { AXIS_ROOM } from "./parts/rows.ts";
import { DOT, POINT, serverEncoding, serverLines } from "./theme.ts";

/** Lines of a scenario whose cases differ in the connections, or in the arrival rate. */
export const scaling: Plotter = (result, scenario) => {
  const [primary] = scenario.metrics;
  const p99 = percentile99(scenario);
  const cpu = cpuMetricOf(scenario);
  const lines = (
    metric: MetricDefinition | undefined,
    axis: Axis,
    kind: string,
    question: string,
  ) => metric && linesOf(result, scenario, metric, axis, { kind, question });
  if (varies(scenario, "connections")) {
    const rate = primary?.unit === "messages/s"
      ? "How many messages a second get through as connections are added?"
      : scenario.question;
    const waiting = "How long do the slowest messages wait as connections are added?";
    const cost = "Does a message cost the server more CPU time with more connections?";
    return [
      lines(primary, "connections", "lines", rate),
      p99 === primary ? undefined : lines(p99, "connections", "p99", waiting),
      cpu === primary ? undefined : lines(cpu, "connections", "cpu", cost),
    ];
  }
  const question = "How long do the slowest replies take as more messages arrive?";
  return varies(scenario, "rate") ? [lines(p99, "rate", "lines", question)] : [];
};

interface Point {
  readonly server: string;
  readonly whose: string;
  readonly x: number;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly description: string;
  /** The figures of its rounds, unless they are too many. */
  readonly rounds: readonly number[];
}

/** How a parameter is shown. */
const AXES: {
  readonly [axis in Axis]: { title: string; unit: string; by: string; isLog: boolean };
} = {
  connections: { title: "Connections", unit: "connections", by: "connections", isLog: true },
  rate: {
    title: "Arrival rate (messages/s)",
    unit: "messages/s",
    by: "arrival rate",
    isLog: false,
  },
};

/** A value of the parameter in words. */
function placeText(x: number, axis: Axis): string {
  const unit = axis === "connections" && x === 1 ? "connection" : AXES[axis].unit;
  return `${formatNumber(x, 0)} ${unit}`;
}

/** All values of the parameter, as the ticks of its axis. */
function ticks(scenario: ScenarioDescription, axis: Axis): number[] {
  return scenario.cases.map(({ parameters }) => parameters[axis]!).toSorted((a, b) => a - b);
}

/** Draws a metric of a scenario whose cases differ in one parameter; undefined if no server has a sound figure. */
export function linesOf(
  result: Result,
  scenario: ScenarioDescription,
  metric: MetricDefinition,
  axis: Axis,
  words: Pick<Words, "kind" | "question">,
): Plot | undefined {
  const { points: uncut, drawn, leftOut } = pointsOf(result, scenario, metric, axis);
  if (uncut.length === 0) return undefined;
  const limit = isWide(uncut.flatMap(valuesOf)) ? Infinity : limitOf(uncut);
  const points = uncut.map((point) => cutAt(point, limit));
  const places = ticks(scenario, axis);
  const hasIntervals = points.some(({ low }) => low !== null);
  const hasRounds = points.some(({ rounds }) => rounds.length > 0);
  const name = axisTitle(metric);
  const scale = scaleOf(points.flatMap(valuesOf));
  const figures = scaleTitle(name, scale);
  return plotOf(result, {
    section: scenario.id,
    ...words,
    title: `${name} by ${AXES[axis].by}`,
    note: [
      basisOf(result, scenario, metric, { intervals: hasIntervals, rounds: hasRounds }),
      ...(hasIntervals || hasRounds ? ["At each value the servers stand a little apart."] : []),
      ...beyond(uncut, limit),
    ],
    alt: [
      `${name} against ${AXES[axis].unit}.`,
      ...spokenFigures(points, places, metric, axis),
      ...omissions(leftOut),
    ],
  }, {
    spec: (layout) => specOf(result, { points, drawn, places, figures, scale, axis }, layout),
    figures,
    legend: drawn,
  });
}

function pointsOf(
  result: Result,
  scenario: ScenarioDescription,
  metric: MetricDefinition,
  axis: Axis,
): { points: Point[]; drawn: ServerDescription[]; leftOut: LeftOut[] } {
  const names = namesOf(result);
  const points: Point[] = [];
  const leftOut: LeftOut[] = [];
  for (const one of scenario.cases) {
    const x = one.parameters[axis]!;
    const place = placeText(x, axis);
    for (const { server, trials, reason } of standings(result, scenario.id, one.id)) {
      const { value, interval, figures } = aggregate(trials, metric);
      if (reason !== undefined || !isMeasured(value)) {
        const why = reason ?? (isMeasured(value) ? "" : value.absent);
        leftOut.push(leaveOut(`${oneLine(server.title)} at ${place}`, why));
        continue;
      }
      const name = names.get(server.id)!;
      const { rounds, says } = roundsIn(figures, metric);
      const range = interval &&
        `95 % interval ${formatNumber(interval.low)} to ${formatNumber(interval.high)}`;
      const spoken = [`${name}, ${place}: ${figureWithUnit(value, metric)}`, range ?? [], says]
        .flat();
      points.push({
        server: name,
        whose: whose(indexOf(result, server.id)),
        x,
        value: rounded(value),
        ...endsOf(interval),
        description: whose(indexOf(result, server.id), spoken.join("; ")),
        rounds,
      });
    }
  }
  const drawn = result.servers.filter(({ id }) =>
    points.some(({ server }) => server === names.get(id))
  );
  return { points, drawn, leftOut };
}

/** What an axis must show of a point. */
function valuesOf({ value, low, high, rounds }: Point): number[] {
  return [value, low ?? value, high ?? value, ...rounds];
}

/** So many values of the parameter are all said. */
const FEW = 3;

/** The figures at each value of the parameter, or at the lowest and the highest if there are many. */
function spokenFigures(
  points: readonly Point[],
  places: readonly number[],
  { decimals }: MetricDefinition,
  axis: Axis,
): string[] {
  const said = places.length <= FEW ? places : [places[0]!, places.at(-1)!];
  return said.flatMap((x) => {
    const own = points.filter((point) => point.x === x);
    const figures = own.map(({ server, value }) =>
      `${server} ${formatNumber(value, decimals ?? decimalsOf(value))}`
    );
    return figures.length === 0 ? [] : [`At ${placeText(x, axis)}: ${figures.join(", ")}.`];
  });
}

/** Room before the first place and after the last one, in pixels. */
const PADDING = 16;
/** How far two servers are moved apart at most, in pixels, and all of them, as a share of the width. */
const MOST_APART = 7;
const SPREAD = 0.06;

function specOf(
  result: Result,
  { points, drawn, places, figures, scale, axis }: {
    readonly points: readonly Point[];
    readonly drawn: readonly ServerDescription[];
    readonly places: readonly number[];
    readonly figures: string;
    readonly scale: ReturnType<typeof scaleOf>;
    readonly axis: Axis;
  },
  layout: Layout,
): Spec {
  const isFile = layout.place === "file";
  const isMany = drawn.length >= MANY;
  const named = isFile ? drawn : [];
  const names = drawn.map(({ id }) => namesOf(result).get(id)!);
  const room = endRoom(names, layout);
  const width = layout.width - AXIS_ROOM - room;
  const height = linesHeight(layout, drawn.length);
  const isSpread = points.some(({ low, rounds }) => low !== null || rounds.length > 0);
  const apart = isSpread ? Math.min(MOST_APART, SPREAD * width / names.length) : 0;
  const along = alongOf(places, AXES[axis].isLog, width, PADDING + apart * names.length / 2);
  const placed = points.map((point) => {
    const shift = names.indexOf(point.server) - (names.length - 1) / 2;
    return { ...point, x: along.at(point.x, shift * apart) };
  }).sort((a, b) => names.indexOf(a.server) - names.indexOf(b.server));
  const y = (field: string): Spec => numbers(field, isFile ? figures : null, scale);
  const x = numbers("x", scaleTitle(AXES[axis].title, along), {
    scale: along.scale,
    axis: {
      format: NUMBERS,
      values: spaced(places, (place) => shareOf(along, place) * width, layout),
      labelOverlap: false,
      grid: false,
    },
  });
  const ends = endsOfLines(placed.map((one) => ({ ...one, y: one.value })), along, scale);
  const line = serverLines(result, named);
  const base = { description: { field: "whose" } };
  return {
    width,
    height,
    data: { values: placed.map(({ rounds: _, ...point }) => point) },
    layer: [
      {
        data: {
          values: placed.flatMap(({ server, whose, x, rounds }) =>
            rounds.map((value) => ({ server, whose, x: along.at(x, apart / 2), value }))
          ),
        },
        mark: DOT,
        encoding: { x, y: y("value"), ...serverEncoding(result, named), ...base },
      },
      {
        transform: [{ filter: "datum.low !== null" }],
        mark: isMany
          ? { type: "rule", strokeWidth: 1, opacity: 0.5 }
          : { type: "rule", strokeWidth: 1.5 },
        encoding: {
          x,
          y: y("low"),
          y2: { field: "high" },
          ...serverEncoding(result, named),
          ...base,
        },
      },
      { ...line, encoding: { x, y: y("value"), ...line.encoding } },
      {
        mark: POINT,
        encoding: {
          x,
          y: y("value"),
          ...serverEncoding(result, named, true),
          description: { field: "description" },
        },
      },
      ...(room > 0 ? endLayers(result, ends, { width, height }) : []),
    ],
  };
}
