/** The metrics of streams: messages that the server sends by itself. */

import { readStatistic } from "../../measure/record/histogram.ts";
import type { Metric } from "../types.ts";
import { perSecond, time, wholeness } from "./metrics.ts";

/** Evenness: how long it is from one message of a stream to the next. */
export const gaps: readonly Metric[] = [
  time("gap", { percentile: 99 }),
  time("gap", "max"),
];

/** From the time in a message to its arrival; absent where that is not one clock. */
export const ages: readonly Metric[] = [50, 99].map((percentile) => ({
  ...time("age", { percentile }),
  value({ histograms, pushes }) {
    if (histograms.age === undefined && pushes !== undefined) {
      if (pushes.foreign > 0) {
        return {
          absent: "the times are not of this machine's clock, or in another unit than was said",
        };
      }
      if (pushes.untimed > 0) return { absent: "the messages have no time" };
    }
    return readStatistic(histograms.age, { percentile });
  },
}));

/** Messages that came, per second: the server decides it. */
export const pushed: Metric = {
  ...perSecond("pushed", "Messages in", "messages/s", ({ counts }) => counts.replies),
  better: "none",
};

/** How much of what the server was asked to send came in the window. */
export const pushedShare: Metric = {
  id: "pushed.share",
  title: "Of the rate asked for",
  unit: "%",
  better: "higher",
  decimals: 2,
  value({ counts, windowMs, parameters: { connections = 0, pushRate } }) {
    if (pushRate === undefined) return { absent: "the server has a rate of its own" };
    return counts.replies / (connections * pushRate * windowMs / 1000) * 100;
  },
};

/** What came of what the server sent, by the numbers in the messages, over the whole trial. */
export const pushesWhole: readonly Metric[] = wholeness.map((metric) => ({
  ...metric,
  value: (measurement) =>
    measurement.integrity.sent === 0
      ? { absent: "no message with a number came" }
      : metric.value(measurement),
}));

/** Connections on which nothing came in the window. */
export const silent: Metric = {
  id: "silent",
  title: "Silent connections",
  unit: "",
  better: "lower",
  decimals: 0,
  value: ({ pushes }) => pushes?.silent ?? { absent: "there was no stream" },
};
