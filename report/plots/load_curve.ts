/** Curves of many arrival rates: response time and goodput, with the knee of each server. */

import type {
  CaseDescription,
  CurvePoint,
  Result,
  ScenarioDescription,
} from "../../measure/model/result.ts";
import { byRate, CROSS, limitText } from "./by_rate.ts";
import { type Plot, type Plotter, roundsOf } from "./chart.ts";

const WAYS = { up: "rising", overload: "overload", down: "falling" } as const;

const SHAPES = { rising: "circle", overload: CROSS, falling: "triangle-down" };

/** The curves of every case in which trials tried many arrival rates. */
export const loadCurves: Plotter = (result, scenario) =>
  scenario.cases.flatMap((one, place) => {
    const end = scenario.cases.length === 1 ? "" : `-${place + 1}`;
    const { sloMs } = one.parameters;
    const limit = sloMs === undefined ? "" : limitText(sloMs);
    return [
      draw(result, scenario, one, {
        kind: `responses${end}`,
        question: "At which arrival rate does the response time bend?",
        title: "Response time p99 (ms) by arrival rate",
        note: [
          "p99: the median of a window's slices, of which the knee is, where they are known.",
          ...limit === "" ? [] : [`Dotted: the limit of ${limit}.`],
        ],
        figures: "p99 (ms)",
        words: ["p99", "ms"],
        isLog: true,
        limit: sloMs,
      }, ({ sliceP99Ms, p99Ms }) => sliceP99Ms ?? p99Ms),
      draw(result, scenario, one, {
        kind: `goodput${end}`,
        question: "What is answered in time, and how much of that is left in overload?",
        title: "Goodput by arrival rate",
        note: [`Goodput: replies within ${limit === "" ? "the limit" : limit}, per second.`],
        figures: "Goodput (messages/s)",
        words: ["goodput", "messages/s"],
        isLog: false,
        limit: undefined,
      }, ({ inTime }) => inTime),
    ];
  });

type Own = Pick<
  Parameters<typeof byRate>[3],
  "kind" | "question" | "title" | "note" | "figures" | "words" | "isLog" | "limit"
>;

function draw(
  result: Result,
  scenario: ScenarioDescription,
  one: CaseDescription,
  own: Own,
  figureOf: (point: CurvePoint) => number | null,
): Plot | undefined {
  return byRate(result, scenario, one, {
    ...own,
    note: [
      `${
        roundsOf(result, scenario)
      }. Each point is a window: ○ while the rates grew, × in overload, ▽ while they shrank.`,
      "Vertical line: the knee; band: its 95 % interval.",
      ...own.note,
    ],
    metric: scenario.metrics[0]!,
    called: "Knees",
    without: "no knee",
    shapes: SHAPES,
    points: ({ curve }) =>
      (curve?.points ?? []).map((point) => ({
        rate: point.rate,
        figure: figureOf(point),
        shape: WAYS[point.way],
        remark: WAYS[point.way],
      })),
  });
}
