/**
 * Latencies that somebody else measured, message by message.
 *
 * @module
 */

import { oneLine } from "../summary/text.ts";
import { withNote } from "./chart.ts";
import { type OverTimeSeries, overTimeSpec } from "./over_time/spec.ts";
import { inWords, reading, windowOf } from "./over_time/words.ts";
import { namesOf } from "./palette.ts";
import type { Plot } from "./types.ts";
import { cut } from "./words.ts";

const HEADING_LENGTH = 40;

/** Latencies with a name. */
export interface LatencyList {
  /** What they are of. */
  readonly name: string;
  /** The latencies in the order of the messages. */
  readonly values: readonly number[];
}

/**
 * Latencies in their order, with a moving average.
 *
 * @param lists the latencies, of which one has some at least
 * @param words what the figures are with their unit, and where they come from
 * @param window points of the moving average, at least 1; absent: a tenth of the longest list, and 5 at the least
 * @throws {RangeError} when there is no latency, or the window is not a positive integer
 */
export function latencyListPlot(
  lists: readonly LatencyList[],
  words: { readonly heading: string; readonly source: string },
  window?: number,
): Plot {
  const servers = lists.map(({ name }, index) => (
    { id: String(index), title: name, protocol: "" }
  ));
  const names = namesOf({ servers });
  const series = lists.flatMap(({ values }, index): OverTimeSeries[] =>
    values.length === 0 ? [] : [{
      name: names.get(String(index))!,
      stretches: [{ x: values.map((_, place) => place + 1), y: values }],
    }]
  );
  if (series.length === 0) {
    throw new RangeError(
      `Cannot plot latencies as there must be one at least: received ${lists.length} empty lists`,
    );
  }
  const points = window ?? windowOf(series);
  const heading = oneLine(words.heading);
  return {
    id: "over-time",
    section: "summary",
    title: "Does the latency stay the same over time?",
    alt: [`${heading}, message by message.`, ...series.map((each) => inWords(each, points))]
      .join(" "),
    caption: oneLine(words.source),
    spec: withNote(
      overTimeSpec({ servers }, series, points, { x: "Message", y: cut(heading, HEADING_LENGTH) }),
      reading(series, points, "a single message"),
    ),
  };
}
