/** The result inside the page, for the reader to download. */

import type { Result } from "../../measure/model/result.ts";
import { type Markup, markup, trusted } from "./markup.ts";

/** The most characters of JSON in a page. */
const MOST = 3_000_000;

/**
 * The element that holds the result, which the script offers as a file; beyond `most` characters without the timeline and
 * the samples, which `omission` then says in a sentence.
 */
export function embed(
  result: Result,
  most: number = MOST,
): { data: Markup; omission: string } {
  const whole = JSON.stringify(result);
  const isWhole = whole.length <= most;
  // In a JSON string this means the same, and no tag can end the block.
  const json = (isWhole ? whole : JSON.stringify(withoutSeries(result))).replaceAll("<", "\\u003c");
  return {
    data: markup`<script type="application/json" id="results">${trusted(json)}</script>`,
    omission: isWhole
      ? ""
      : "The timeline of the trials and the samples are left out of it, as the page would become too big: results.json has them.",
  };
}

function withoutSeries(result: Result): Result {
  return {
    ...result,
    trials: result.trials.map((trial) => {
      if (trial.state === "failed") return trial;
      const { samples: _, ...rest } = trial;
      return { ...rest, timeline: [] };
    }),
  };
}
