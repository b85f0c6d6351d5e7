/** The result inside the page, packed, for the reader to download. */

import type { CompletedTrial, Result } from "../../measure/model/result.ts";
import { listed } from "../summary/text.ts";
import { type Markup, markup } from "./markup.ts";

type Series = "samples" | "timeline" | "histograms";

/** The most that a trial has; packed apart from the rest they take less room. The least missed first. */
const SERIES = ["samples", "timeline", "histograms"] as const satisfies readonly Series[];

/** What stands around the packed result, in characters. */
const OVERHEAD = 100;

/** What is packed: the result, and apart from it the series of its trials by name; null where a trial has none. */
interface Packed {
  readonly result: Result;
  readonly series: { readonly [name in Series]?: readonly (CompletedTrial[name] | null)[] };
}

/**
 * The element that holds the result as base64 of gzip, which the script unpacks and offers as a file. If the element had
 * more than `most` characters, series are left out, as few as possible, which `omission` then says in a sentence.
 */
export async function embed(
  result: Result,
  most: number,
): Promise<{ data: Markup; omission: string }> {
  for (let left = 0;; left++) {
    const packed = await pack(apart(result, SERIES.slice(left)));
    if (packed.length > most - OVERHEAD && left < SERIES.length) continue;
    const names = SERIES.slice(0, left).map((name) => `the ${name}`);
    return {
      data: markup`<script type="application/gzip" id="results">${packed}</script>`,
      omission: left === 0
        ? ""
        : `The results in this page lack ${
          listed(names)
        } of the trials, as it would become too big: results.json has them.`,
    };
  }
}

function apart(result: Result, names: readonly Series[]): Packed {
  const { trials } = result;
  const series = names.map((name) => [
    name,
    trials.map((trial) => trial.state === "failed" ? null : trial[name] ?? null),
  ]);
  return {
    result: {
      ...result,
      trials: trials.map((trial) => {
        if (trial.state === "failed") return trial;
        const { samples: _, ...rest } = trial;
        return { ...rest, timeline: [], histograms: {} };
      }),
    },
    series: Object.fromEntries(series),
  };
}

async function pack(what: Packed): Promise<string> {
  const stream = new Blob([JSON.stringify(what)]).stream();
  const packed = new Response(stream.pipeThrough(new CompressionStream("gzip")));
  return (await packed.bytes()).toBase64();
}
