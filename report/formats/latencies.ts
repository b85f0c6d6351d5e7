/** The histograms of a run, each of all rounds of a case on a server together, for formats that hold distributions. */

import type { CompletedTrial, HistogramName, Result } from "../../measure/model/result.ts";
import { HISTOGRAMS } from "../../measure/record/accounts/mod.ts";
import { decodeHistogram } from "../../measure/record/hdr.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import { type CaseStandings, caseStandings } from "./every_figure.ts";
import type { Standing } from "../summary/standings.ts";

/** A distribution, in nanoseconds. */
export interface Latencies extends Omit<CaseStandings, "standings"> {
  readonly standing: Standing;
  readonly name: HistogramName;
  /** What it holds: `Response time`. */
  readonly title: string;
  /** Of all rounds together, by their counts. */
  readonly histogram: Histogram;
}

/** All names of histograms, in the order of the tables. */
const NAMES = Object.keys(HISTOGRAMS) as HistogramName[];

/**
 * The distributions of all cases that recorded something, one at a time, as each takes half a megabyte. Those of servers
 * that replied wrongly are left out.
 */
export function* latenciesOf(result: Result): Generator<Latencies> {
  for (const { standings, ...place } of caseStandings(result)) {
    for (const standing of standings) {
      if (standing.mark !== undefined) continue;
      for (const name of NAMES) {
        const histogram = merged(standing.completed, name);
        if (histogram === undefined) continue;
        yield { ...place, standing, name, title: HISTOGRAMS[name].name, histogram };
      }
    }
  }
}

function merged(trials: readonly CompletedTrial[], name: HistogramName): Histogram | undefined {
  const all = new Histogram();
  for (const { histograms: { [name]: encoded } } of trials) {
    if (encoded !== undefined) all.merge(decodeHistogram(encoded));
  }
  return all.count === 0 ? undefined : all;
}
