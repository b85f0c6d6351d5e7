/** How evenly a server treats its connections: slowest, mean and fastest. */

import type { CompletedTrial, Result, ScenarioDescription } from "../../measure/model/result.ts";
import { figureOfRounds } from "../../measure/judge/judge.ts";
import { formatNumber } from "../summary/text.ts";
import { caseNames } from "./bars.ts";
import { numbers } from "./parts/axes.ts";
import {
  fieldOf,
  leaveOut,
  type LeftOut,
  NUMBERS,
  omissions,
  plotOf,
  type Plotter,
  rounded,
  roundsOf,
  type Spec,
} from "./chart.ts";
import type { Layout } from "./parts/layout.ts";
import { indexOf, namesOf, whose } from "./parts/names.ts";
import { orderOf, sayingRow, stackedByCase } from "./parts/rows.ts";
import { POINT, serverEncoding } from "./theme.ts";

/** A server in a case, in messages per second and connection. */
interface Range {
  readonly case: string;
  readonly server: string;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  readonly whose: string;
  readonly description: string;
}

/** Otherwise, if a schedule sets the rate or the scenario is about waiting, the spread says nothing about the server. */
function isAboutRates({ metrics }: ScenarioDescription): boolean {
  return metrics[0]?.unit === "messages/s" && metrics.every(({ id }) => id !== "capacity");
}

/** The spread over the connections, of a scenario with several connections that carry messages at once. */
export const perConnection: Plotter = (result, scenario) => {
  if (!isAboutRates(scenario)) return [];
  const names = namesOf(result);
  const titles = caseNames(scenario);
  const leftOut: LeftOut[] = [];
  const said: string[] = [];
  const ranges = scenario.cases.flatMap((one, place) => {
    if ((one.parameters.connections ?? 1) < 2) return [];
    const { sound, leftOut: unsound } = fieldOf(result, scenario, one);
    for (const one of unsound) leftOut.push(one);
    const own = sound.flatMap(({ server, completed }): Range[] => {
      const spread = spreadOf(completed);
      if (spread === undefined) {
        leftOut.push(leaveOut(server.title, "no connection had a reply"));
        return [];
      }
      const name = names.get(server.id)!;
      const [min, mean, max] = [spread.min, spread.mean, spread.max].map((n) => formatNumber(n));
      const index = indexOf(result, server.id);
      const says = [
        `${name}: slowest ${min}, mean ${mean}, fastest ${max} messages/s`,
        titles[place]!,
      ];
      return [{
        case: titles[place]!,
        server: name,
        ...spread,
        whose: whose(index),
        description: whose(index, says.join("; ")),
      }];
    });
    if (own.length > 0) said.push(`${titles[place]}: ${own.map(spokenRange).join("; ")}.`);
    return own;
  });
  if (ranges.length === 0) return [];
  const rounds = roundsOf(result, scenario);
  const plot = plotOf(result, {
    section: scenario.id,
    kind: "connections",
    question: "Does every connection get its share?",
    title: "Messages per second of the slowest, the mean and the fastest connection",
    note: [
      `Bar: slowest to fastest connection; point: mean; geometric means of ${rounds}. A short bar is fair.`,
    ],
    alt: ["Messages/s of a connection: slowest, mean, fastest.", ...said, ...omissions(leftOut)],
  }, {
    spec: (layout) => specOf(result, ranges, titles, layout),
  });
  return [plot];
};

function spokenRange({ server, min, mean, max }: Range): string {
  return `${server} ${[min, mean, max].map((value) => formatNumber(value)).join(", ")}`;
}

/** The figures of the rounds together; undefined if no round has a spread. */
function spreadOf(
  trials: readonly CompletedTrial[],
): Pick<Range, "min" | "mean" | "max"> | undefined {
  const spreads = trials.flatMap(({ connections }) => connections ?? []);
  if (spreads.length === 0) return undefined;
  const of = (which: "min" | "mean" | "max"): number =>
    rounded(figureOfRounds(spreads.map((spread) => spread[which])));
  return { min: of("min"), mean: of("mean"), max: of("max") };
}

function specOf(
  result: Result,
  ranges: readonly Range[],
  titles: readonly string[],
  layout: Layout,
): Spec {
  const look = serverEncoding(result);
  const cases = titles.filter((title) => ranges.some((range) => range.case === title));
  const isNarrow = layout.place === "narrow";
  const row = isNarrow ? { step: 34, name: -8 } : { step: 20, name: 0 };
  const yOffset = isNarrow ? 8 : 0;
  const own = { description: { field: "whose" } };
  // With more connections each has less: on one axis, only the case with the fewest would be visible.
  return stackedByCase(
    ranges,
    { cases, ...row, hasOwnAxes: true },
    layout,
    (one, width, isLast) => {
      const means = ranges.filter((range) => range.case === one)
        .map(({ server, mean }) => ({ server, value: mean }));
      const x = (field: string): Spec =>
        numbers(field, layout.place === "file" && isLast ? AXIS : null, {
          scale: { zero: true, nice: true },
          axis: { format: NUMBERS, tickCount: layout.ticks },
        });
      return {
        order: orderOf(means, "higher"),
        layer: [
          {
            mark: { type: "rule", strokeWidth: 5, opacity: 0.45, yOffset },
            encoding: { x: x("min"), x2: { field: "max" }, ...look, ...own },
          },
          ...["min", "max"].map((end) => ({
            mark: { type: "tick", thickness: 2.5, size: 12, opacity: 1, yOffset },
            encoding: { x: x(end), ...look, ...own },
          })),
          {
            mark: { ...POINT, yOffset },
            encoding: { x: x("mean"), ...serverEncoding(result, [], true), ...own },
          },
          sayingRow(width),
        ],
      };
    },
  );
}

const AXIS = "Messages per second of a connection";
