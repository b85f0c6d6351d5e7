/** The metrics that scenarios share. */

import type { HistogramWords } from "../../measure/record/accounts/account.ts";
import { HISTOGRAMS } from "../../measure/record/accounts/mod.ts";
import { readStatistic } from "../../measure/record/histogram.ts";
import {
  type Absent,
  type Figure,
  type HistogramName,
  isMeasured,
  type Statistic,
} from "../../measure/model/result.ts";
import type { Measurement, Metric } from "../types.ts";

const MIB = 2 ** 20;
const KIB = 2 ** 10;

/** What metrics that are read off a histogram are called. */
type Words = Pick<HistogramWords, "title" | "prefix">;

/**
 * A metric in milliseconds that is read off a round's histogram: `p99`, `mean`, `handshake.p50`,
 * `burst.max`, ….
 *
 * @param words those of the histogram, unless it means something else in the scenario
 */
export function time(
  histogram: HistogramName,
  statistic: Statistic,
  { title, prefix }: Words = HISTOGRAMS[histogram],
): Metric {
  const [id, name] = typeof statistic === "object"
    ? [`p${statistic.percentile}`, `p${statistic.percentile}`]
    : statistic === "standardDeviation"
    ? ["sd", "standard deviation"]
    // The figure of several rounds is the mean of theirs: some round's was longer.
    : statistic === "max"
    ? ["max", "max of a round"]
    : [statistic, statistic];
  return {
    id: prefix + id,
    title: `${title} ${name}`,
    unit: "ms",
    better: "lower",
    pooled: { histogram, statistic },
    value: ({ histograms }) => readStatistic(histograms[histogram], statistic),
  };
}

/** Some percentiles of a histogram: see {@linkcode time}. */
export function percentiles(
  histogram: HistogramName,
  which: readonly number[],
  words?: Words,
): readonly Metric[] {
  return which.map((percentile) => time(histogram, { percentile }, words));
}

/** How late the client sends by a schedule, and what of that is not the machine's part: neither is the server's. */
export const pacing: readonly Metric[] = [
  { ...time("pacingError", { percentile: 99 }), better: "none" },
  {
    ...time("ownPacingError", { percentile: 99 }),
    better: "none",
    value: ({ histograms, arrivals }) =>
      arrivals !== undefined && histograms.ownPacingError === undefined
        ? { absent: "only the client wire over epoll or uring can tell" }
        : readStatistic(histograms.ownPacingError, { percentile: 99 }),
  },
];

const NO_REPLY = "there was no reply in the window";

/**
 * A metric that counts something per second of the window. If nothing was counted there is no rate: the window shows that
 * the server or the client stood still, not how fast either is.
 *
 * @param none the reason then
 */
export function perSecond(
  id: string,
  title: string,
  unit: string,
  count: (measurement: Measurement) => number,
  none: string = NO_REPLY,
): Metric {
  return {
    id,
    title,
    unit,
    better: "higher",
    value(measurement) {
      const counted = count(measurement);
      return counted === 0 ? { absent: none } : counted / (measurement.windowMs / 1000);
    },
  };
}

/** A metric of what a server can do: absent if a schedule decides how much it has to do. */
export function unscheduled(metric: Metric): Metric {
  return {
    ...metric,
    value: (measurement) =>
      measurement.arrivals === undefined
        ? metric.value(measurement)
        : { absent: "the schedule decides it" },
  };
}

/** Replies per second. */
export const rate: Metric = perSecond("rate", "Rate", "messages/s", ({ counts }) => counts.replies);

/** Messages that reached a receiver, per second. */
export const deliveries: Metric = perSecond(
  "deliveries",
  "Deliveries",
  "1/s",
  ({ counts }) => counts.replies,
);

/** How much of what was sent to all receivers arrived, and how much of that out of order, over the whole trial. */
export const wholeness: readonly Metric[] = [
  {
    id: "delivered",
    title: "Delivered",
    unit: "% of sent",
    better: "higher",
    decimals: 2,
    value: ({ integrity: { sent, answered } }) =>
      sent === 0 ? { absent: "no message was sent" } : answered / sent * 100,
  },
  {
    id: "reordered",
    title: "Out of order",
    unit: "deliveries",
    better: "lower",
    decimals: 0,
    value: ({ integrity: { answered, reordered } }) =>
      answered === 0 ? { absent: "no message was delivered" } : reordered,
  },
];

/** Replies per second to a schedule: the schedule's own rate, as long as the server keeps up. */
export const answers: Metric = { ...rate, id: "answers", title: "Answers", better: "none" };

/** How much of what a schedule offered in the window was sent and answered in it. */
export const answeredShare: Metric = {
  id: "answered",
  title: "Answered in the window",
  unit: "% of offered",
  better: "higher",
  decimals: 2,
  value({ counts: { sent, replies }, arrivals }) {
    if (arrivals === undefined) return { absent: "there was no schedule" };
    // What the client could not send says nothing of the server.
    if (sent + replies === 0) return { absent: "no message was sent in the window" };
    return replies / arrivals.offered * 100;
  },
};

/** Pings that had no pong when the drain was over, over the whole trial. */
export const pongsMissing: Metric = {
  id: "pongs.missing",
  title: "Pings without a pong",
  unit: "",
  better: "lower",
  decimals: 0,
  value: ({ pings }) =>
    pings === undefined ? { absent: "no ping was due" } : pings.due - pings.answered,
};

/** The highest arrival rate that a search found to be sustained. */
export const sustainedRate: Metric = {
  id: "capacity",
  title: "Sustained rate",
  unit: "messages/s",
  better: "higher",
  value: ({ capacity }) =>
    capacity === undefined || capacity.low === 0
      ? { absent: "no arrival rate was sustained" }
      : capacity.low,
};

/** Payload of the replies per second. */
export const dataRate: Metric = perSecond(
  "data",
  "Payload each way",
  "MB/s",
  ({ counts }) => counts.replyBytes / 1e6,
);

/** A metric of the compressed bytes; absent if nothing is compressed, or nothing was answered. */
function ofCompressed(
  definition: Omit<Metric, "value">,
  read: (compressedBytes: number, counts: Measurement["counts"]) => number,
): Metric {
  return {
    ...definition,
    value({ counts, compression }) {
      if (compression === undefined) return { absent: "nothing is compressed" };
      if (counts.replies === 0) return { absent: NO_REPLY };
      return read(compression.replyBytes, counts);
    },
  };
}

/** How much smaller the server makes its replies, and how large they are then. */
export const compressed: readonly Metric[] = [
  ofCompressed(
    { id: "ratio", title: "Compression ratio", unit: "plain ÷ compressed", better: "higher" },
    (compressedBytes, { replyBytes }) => replyBytes / compressedBytes,
  ),
  ofCompressed(
    { id: "bytes.reply", title: "Compressed reply", unit: "B", better: "lower", decimals: 0 },
    (compressedBytes, { replies }) => compressedBytes / replies,
  ),
];

const UNANSWERED: Absent = { absent: "no connection had a reply" };

/** Slowest, mean and fastest connection, and how many had no reply at all: how fair the server is. */
export const fairness: readonly Metric[] = [
  ...([["min", "Slowest"], ["mean", "Mean"], ["max", "Fastest"]] as const).map((
    [which, title],
  ): Metric => ({
    id: `connection.${which}`,
    title: `${title} connection`,
    unit: "messages/s",
    better: "none",
    value: ({ connections }) => connections?.[which] ?? UNANSWERED,
  })),
  {
    id: "connection.unserved",
    title: "Connections without a reply",
    unit: "",
    better: "none",
    decimals: 0,
    value: ({ connections }) => connections?.unserved ?? UNANSWERED,
  },
];

function scaled(figure: Figure, factor: number): Figure {
  return isMeasured(figure) ? figure * factor : figure;
}

/** The growth of a figure; if one is absent, the reason why. */
function growth(from: Figure, to: Figure): Figure {
  if (!isMeasured(from)) return from;
  return isMeasured(to) ? to - from : to;
}

/** Memory that the connections that were open before the window cost the server, divided by their number. */
export const memoryAtRest: Metric = {
  id: "memory.connection",
  title: "Memory per connection",
  unit: "KiB",
  better: "lower",
  value: ({ memory: { before, windowStart }, counts: { connections } }) =>
    connections === 0
      ? { absent: "no connection was open" }
      : scaled(growth(before, windowStart), 1 / connections / KIB),
};

/** How much more memory the server has after all connections were closed than before the first one. */
export const memoryKept: Metric = {
  id: "memory.kept",
  title: "Memory not given back",
  unit: "MiB",
  better: "lower",
  value: ({ memory: { before, after } }) => scaled(growth(before, after), 1 / MIB),
};

/** By how much the server's memory grew in the window. */
export const memoryGrowth: Metric = {
  id: "memory.growth",
  title: "Memory growth",
  unit: "MiB",
  better: "lower",
  value: ({ memory: { windowStart, windowEnd } }) =>
    scaled(growth(windowStart, windowEnd), 1 / MIB),
};

const NOBODY: Absent = { absent: "nobody stood beside the others" };

/** What the server took in the window from each connection beside the measured ones. */
export const takenOfEach: Metric = {
  id: "taken",
  title: "Taken of each beside",
  unit: "MiB",
  better: "none",
  value: ({ bulk }) =>
    bulk === undefined ? NOBODY : bulk.taken * bulk.size / bulk.connections / MIB,
};

/** Connections beside the measured ones that the server closed. */
export const closedByServer: Metric = {
  id: "closed",
  title: "Closed by the server",
  unit: "connections",
  better: "none",
  decimals: 0,
  value: ({ bulk }) => bulk?.closed ?? NOBODY,
};

/** How long after the window the last reply came to the connections beside the measured ones. */
export const lateReplies: Metric = {
  id: "late",
  title: "Last late reply after",
  unit: "ms",
  better: "lower",
  value: ({ bulk, integrity: { lost } }) => {
    if (bulk === undefined) return NOBODY;
    if (lost > 0) return { absent: "replies are missing" };
    return bulk.lateMs ?? { absent: "none was late" };
  },
};

/** Memory that the window's connections cost the server, divided by their number. */
export const memoryPerConnection: Metric = {
  ...memoryAtRest,
  value: ({ memory: { windowStart, windowEnd }, counts: { handshakes } }) => {
    // A slow server may not have opened all of them before the window was over.
    if (handshakes === 0) return { absent: "no connection was opened in the window" };
    const grown = growth(windowStart, windowEnd);
    return isMeasured(grown) ? grown / handshakes / KIB : grown;
  },
};

/** Server CPU time in the window, divided by what was done in it. */
export function cpuPer(unit: "message" | "handshake"): Metric {
  return {
    id: `cpu.${unit}`,
    title: `Server CPU time per ${unit}`,
    unit: "µs",
    better: "lower",
    value: ({ cpu, counts }) => {
      const count = unit === "message" ? counts.replies : counts.handshakes;
      // Why it is never known says more than why it is not known of this window.
      if (!isMeasured(cpu.server.timeNs)) return cpu.server.timeNs;
      if (count === 0) return { absent: `there was no ${unit} in the window` };
      return scaled(cpu.server.timeNs, 1 / count / 1000);
    },
  };
}

/** Replies for each second of CPU time of all processes of the server: how it would scale if all else did. */
export const ratePerCpu: Metric = {
  id: "rate.cpu",
  title: "Rate per CPU used",
  unit: "messages/s",
  better: "higher",
  value({ cpu: { server: { timeNs } }, counts: { replies } }) {
    if (!isMeasured(timeNs)) return timeNs;
    if (replies === 0) return { absent: NO_REPLY };
    return timeNs === 0 ? { absent: "no CPU time was measured" } : replies * 1e9 / timeNs;
  },
};

/** Server CPU time in the window, divided by the payload of the replies. */
export const cpuPerMegabyte: Metric = {
  id: "cpu.megabyte",
  title: "Server CPU time per MB",
  unit: "ms",
  better: "lower",
  value: ({ cpu, counts: { replyBytes } }) =>
    replyBytes === 0 && isMeasured(cpu.server.timeNs)
      ? { absent: NO_REPLY }
      : scaled(cpu.server.timeNs, 1 / replyBytes),
};

/** The part of a core that the server took. */
export const cpuShare: Metric = {
  id: "cpu.share",
  title: "Server CPU",
  unit: "% of a core",
  better: "none",
  decimals: 0,
  value: ({ cpu }) => scaled(cpu.server.share, 100),
};

/** The memory that the server had before, in and after the trial. */
export const memories: readonly Metric[] = (["before", "peak", "after"] as const).map((moment) => ({
  id: `memory.${moment}`,
  title: `Memory ${moment}`,
  unit: "MiB",
  better: moment === "peak" ? "lower" : "none",
  value: ({ memory }) => scaled(memory[moment], 1 / MIB),
}));

/** What every scenario reports of the server in addition to its own metrics. */
export const resources: readonly Metric[] = [cpuShare, ...memories];
