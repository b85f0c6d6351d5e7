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
import { decimalsOf, formatNumber, oneLine } from "../summary/text.ts";
import { numbers, scaleOf } from "./axes.ts";
import {
  type Axis,
  axisTitle,
  basisOf,
  endsOf,
  figureText,
  HEIGHT,
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
  WIDTH,
  type Words,
} from "./chart.ts";
import { namesOf, POINT, serverEncoding, serverLines } from "./theme.ts";

/** Lines of a scenario whose cases differ in the connections, or in the arrival rate. */
export const scaling: Plotter = (result, scenario) => {
  const [primary] = scenario.metrics;
  const p99 = percentile99(scenario);
  const cpu = cpuMetricOf(scenario);
  const lines = (metric: MetricDefinition | undefined, axis: Axis, kind: string, title: string) =>
    metric && linesOf(result, scenario, metric, axis, { kind, title });
  if (varies(scenario, "connections")) {
    const question = primary?.unit === "messages/s"
      ? "How many messages a second get through as connections are added?"
      : scenario.question;
    const waiting = "How long do the slowest messages wait as connections are added?";
    const cost = "Does a message cost the server more CPU time with more connections?";
    return [
      lines(primary, "connections", "lines", question),
      p99 === primary ? undefined : lines(p99, "connections", "p99", waiting),
      cpu === primary ? undefined : lines(cpu, "connections", "cpu", cost),
    ];
  }
  const title = "How long do the slowest replies take as more messages arrive?";
  return varies(scenario, "rate") ? [lines(p99, "rate", "lines", title)] : [];
};

interface Point {
  readonly server: string;
  readonly x: number;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly label: string;
}

/** How a parameter is shown. */
const AXES: { readonly [axis in Axis]: { title: string; unit: string; isLog: boolean } } = {
  connections: { title: "Connections", unit: "connections", isLog: true },
  rate: { title: "Arrival rate (messages/s)", unit: "messages/s", isLog: false },
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
  { kind, title }: Pick<Words, "kind" | "title">,
): Plot | undefined {
  const { points, drawn, leftOut } = pointsOf(result, scenario, metric, axis);
  if (points.length === 0) return undefined;
  const places = ticks(scenario, axis);
  const hasIntervals = points.some(({ low }) => low !== null);
  const name = axisTitle(metric);
  return plotOf(result, {
    section: scenario.id,
    kind,
    title,
    note: [
      basisOf(result, scenario, metric, "Points"),
      ...(hasIntervals ? ["Vertical lines: its 95 % interval."] : []),
    ],
    alt: [
      `${name} against ${AXES[axis].unit}.`,
      ...spokenEnds(points, places, metric, axis),
      ...omissions(leftOut),
    ],
  }, specOf(result, { points, drawn, places, name, axis }));
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
      const { value, interval } = aggregate(trials, metric);
      if (reason !== undefined || !isMeasured(value)) {
        const why = reason ?? (isMeasured(value) ? "" : value.absent);
        leftOut.push(leaveOut(`${oneLine(server.title)} at ${place}`, why));
        continue;
      }
      const name = names.get(server.id)!;
      points.push({
        server: name,
        x,
        value: rounded(value),
        ...endsOf(interval),
        label: `${name}, ${place}: ${figureText(value, metric)}${
          interval === undefined
            ? ""
            : ` (95 % interval ${formatNumber(interval.low)} to ${formatNumber(interval.high)})`
        }`,
      });
    }
  }
  const drawn = result.servers.filter(({ id }) =>
    points.some(({ server }) => server === names.get(id))
  );
  return { points, drawn, leftOut };
}

/** The figures at the lowest and the highest value of the parameter. */
function spokenEnds(
  points: readonly Point[],
  places: readonly number[],
  { decimals }: MetricDefinition,
  axis: Axis,
): string[] {
  return [places[0]!, places.at(-1)!].flatMap((x) => {
    const own = points.filter((point) => point.x === x);
    const said = own.map(({ server, value }) =>
      `${server} ${formatNumber(value, decimals ?? decimalsOf(value))}`
    );
    return said.length === 0 ? [] : [`At ${placeText(x, axis)}: ${said.join(", ")}.`];
  });
}

function specOf(
  result: Result,
  { points, drawn, places, name, axis }: {
    readonly points: readonly Point[];
    readonly drawn: readonly ServerDescription[];
    readonly places: readonly number[];
    readonly name: string;
    readonly axis: Axis;
  },
): Spec {
  const { title, isLog } = AXES[axis];
  const scale = scaleOf(points.flatMap(({ value, low, high }) => [low ?? value, high ?? value]));
  const y = (field: string): Spec => numbers(field, name, scale);
  const x = numbers("x", title, {
    scale: isLog && places[0]! > 0
      ? { type: "log", nice: false, padding: 12 }
      : { zero: true, nice: false, domainMax: places.at(-1)! * 1.04 },
    axis: { format: NUMBERS, values: places, labelOverlap: "parity", grid: false },
  });
  const interval = {
    transform: [{ filter: "datum.low !== null" }],
    mark: { type: "rule", strokeWidth: 1.5, aria: false },
    encoding: { x, y: y("low"), y2: { field: "high" }, ...serverEncoding(result, drawn) },
  };
  const line = serverLines(result, drawn);
  return {
    width: WIDTH,
    height: HEIGHT,
    data: { values: points },
    layer: [
      interval,
      { ...line, encoding: { x, y: y("value"), ...line.encoding } },
      {
        mark: POINT,
        encoding: {
          x,
          y: y("value"),
          ...serverEncoding(result, drawn, true),
          description: { field: "label" },
        },
      },
    ],
  };
}
