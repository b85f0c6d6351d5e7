/** A run as families of metrics, which OpenMetrics and OpenTelemetry lay out in their own ways. */

import type { Result } from "../../measure/model/result.ts";
import type { Histogram } from "../../measure/record/histogram.ts";
import { WRONG_WAYS } from "../../measure/record/wrong_replies.ts";
import { oneLine } from "../summary/text.ts";
import { caseStandings } from "./every_figure.ts";
import { latenciesOf } from "./latencies.ts";
import { soundFigures } from "./sound.ts";
import { type BaseUnit, baseUnit, snakeCase } from "./units.ts";

/** What a metric is of, by names of letters and underscores. */
export type Labels = Readonly<Record<string, string>>;

/** Counts of durations up to bounds. */
export interface Buckets {
  /** In seconds, ascending. */
  readonly bounds: readonly number[];
  /** How many are in each bucket alone; one more than bounds, for those above the last. */
  readonly counts: readonly number[];
  readonly count: number;
  /** In seconds. */
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

interface Named {
  /** Words of its name, without the unit: `rate_low`. */
  readonly name: string;
  readonly unit: BaseUnit;
  /** A sentence. */
  readonly help: string;
}

/** Metrics of one name. */
export type Family =
  & Named
  & (
    | {
      readonly type: "gauge" | "counter";
      readonly points: readonly { readonly labels: Labels; readonly value: number }[];
    }
    | {
      readonly type: "histogram";
      readonly points: readonly { readonly labels: Labels; readonly value: Buckets }[];
    }
  );

/** A metric that has a value. */
type Numbers = Extract<Family, { readonly type: "gauge" | "counter" }>;

/** Upper ends of buckets in nanoseconds: 1, 2, 5, 10 … from 10 µs to 50 s. */
const BOUNDS_NS: readonly number[] = Array.from(
  { length: 21 },
  (_, index) => [1, 2, 5][index % 3]! * 10 ** (4 + Math.floor(index / 3)),
);

const NS_PER_S = 1e9;

/** All that is known of a run: what was not measured is left out. */
export function familiesOf(result: Result): Family[] {
  return [aboutRun(result), ...figures(result), ...counts(result), ...latencies(result)];
}

function aboutRun({ wsmark, settings, state }: Result): Family {
  const labels = { version: wsmark, profile: settings.profile, state };
  return {
    name: "run_info",
    type: "gauge",
    unit: baseUnit(""),
    help: "The run that the metrics are of.",
    points: [{ labels: clean(labels), value: 1 }],
  };
}

/** A family for each metric, and two for the ends of its interval. */
function figures(result: Result): Family[] {
  const families = new Map<string, Numbers & { points: Numbers["points"][number][] }>();
  for (const { metric, scenario, case: one, standing, value, interval } of soundFigures(result)) {
    const unit = baseUnit(metric.unit);
    const labels = labelsOf(standing.server.id, scenario.id, one.id);
    const ends = [
      ["", value, ""],
      ...(interval === undefined ? [] : [
        ["_low", interval.low, ", low end of the 95 % interval"],
        ["_high", interval.high, ", high end of the 95 % interval"],
      ]),
    ] as [string, number, string][];
    for (const [end, figure, about] of ends) {
      const name = `${snakeCase(metric.id)}${end}`;
      const key = `${name} ${unit.name}`;
      const family = families.get(key) ??
        { name, unit, help: `${oneLine(metric.title)}${about}.`, type: "gauge", points: [] };
      families.set(key, family);
      family.points.push({ labels, value: figure * unit.factor });
    }
  }
  return [...families.values()];
}

/** What must be zero in a sound run, and is therefore shown where it is. */
function counts(result: Result): Family[] {
  const places = caseStandings(result).flatMap(({ scenario, case: one, standings }) =>
    standings.filter(({ trials }) => trials.length > 0).map((standing) => (
      { standing, labels: labelsOf(standing.server.id, scenario.id, one.id) }
    ))
  );
  const unit = baseUnit("");
  return [
    {
      name: "trials",
      type: "counter",
      unit,
      help: "Trials of the rounds, by what became of them.",
      points: places.flatMap(({ standing: { trials, completed }, labels }) => [
        { labels: { ...labels, state: "completed" }, value: completed.length },
        { labels: { ...labels, state: "failed" }, value: trials.length - completed.length },
      ]),
    },
    {
      name: "wrong_replies",
      type: "counter",
      unit,
      help:
        "Replies that were lost, duplicated, reordered or corrupted, over all completed trials.",
      points: places.filter(({ standing: { completed } }) => completed.length > 0).flatMap((
        { standing: { wrong }, labels },
      ) => WRONG_WAYS.map((way) => ({ labels: { ...labels, way }, value: wrong[way] }))),
    },
  ];
}

function latencies(result: Result): Family[] {
  const families = new Map<
    string,
    Extract<Family, { type: "histogram" }> & {
      points: { readonly labels: Labels; readonly value: Buckets }[];
    }
  >();
  for (const { name, title, histogram, standing, scenario, case: one } of latenciesOf(result)) {
    const family = families.get(name) ?? {
      name: snakeCase(name),
      unit: baseUnit("s"),
      help: `${title} of single messages or handshakes, over all rounds.`,
      type: "histogram",
      points: [],
    };
    families.set(name, family);
    family.points.push({
      labels: labelsOf(standing.server.id, scenario.id, one.id),
      value: bucketsOf(histogram),
    });
  }
  return [...families.values()];
}

/** A bucket of the histogram, which is 0.1 % wide, counts where it begins. */
function bucketsOf(histogram: Histogram): Buckets {
  const counts = Array.from({ length: BOUNDS_NS.length + 1 }, () => 0);
  let place = 0;
  for (const [ns, count] of histogram.entries()) {
    while (place < BOUNDS_NS.length && ns > BOUNDS_NS[place]!) place++;
    counts[place]! += count;
  }
  return {
    bounds: BOUNDS_NS.map((ns) => ns / NS_PER_S),
    counts,
    count: histogram.count,
    sum: histogram.mean * histogram.count / NS_PER_S,
    min: histogram.min / NS_PER_S,
    max: histogram.max / NS_PER_S,
  };
}

function labelsOf(server: string, scenario: string, caseId: string): Labels {
  return clean({ server, scenario, case: caseId });
}

function clean(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).map(([name, text]) => [name, oneLine(text)]));
}
