/** The probes of capacity searches: response time against arrival rate, with the rate that each server sustained. */

import { byRate, CROSS, limitText } from "./by_rate.ts";
import { type Plotter, roundsOf } from "./chart.ts";

/** The probes of every case in which trials searched for the capacity. */
export const probes: Plotter = (result, scenario) =>
  scenario.cases.map((one, place) => {
    const { sloMs } = one.parameters;
    return byRate(result, scenario, one, {
      kind: scenario.cases.length === 1 ? "probes" : `probes-${place + 1}`,
      question: "How does the response time grow as more messages arrive, and when is it too long?",
      title: "Response time p99 (ms) by arrival rate, probe by probe",
      note: [
        `${roundsOf(result, scenario)}. Each point is a probe, × one that did not pass.`,
        "Vertical line: the rate that the server sustained; band: its 95 % interval.",
        ...(sloMs === undefined ? [] : [`Dotted: the limit of ${limitText(sloMs)}.`]),
      ],
      figures: "p99 (ms)",
      words: ["p99", "ms"],
      isLog: true,
      limit: sloMs,
      metric: scenario.metrics[0]!,
      called: "Sustained rates",
      without: "no arrival rate was sustained",
      shapes: { passed: "circle", failed: CROSS },
      points: ({ capacity }) =>
        (capacity?.probes ?? []).map(({ rate, p99Ms, passed }) => ({
          rate,
          figure: p99Ms,
          shape: passed ? "passed" : "failed",
          remark: passed ? "" : "did not pass",
        })),
    });
  });
