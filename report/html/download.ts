/** The result inside the page, packed, for the reader to download. */

import type { CompletedTrial, Result } from "../../measure/model/result.ts";
import { listed } from "../summary/text.ts";
import { type Markup, markup } from "./markup.ts";

/** What may be left out of a trial, the least missed first. */
const LESS:
  readonly (readonly [what: string, without: (trial: CompletedTrial) => CompletedTrial])[] = [
    ["the samples", ({ samples: _, ...trial }) => trial],
    ["the timeline", (trial) => ({ ...trial, timeline: [] })],
    ["the histograms", (trial) => ({ ...trial, histograms: {} })],
  ];

/** What stands around the packed result. */
const OVERHEAD = 100;

/**
 * The element that holds the result as base64 of gzip, which the script unpacks and offers as a file. If it had more than
 * `most` characters, parts of the trials are left out, as few as possible, which `omission` then says in a sentence.
 */
export async function embed(
  result: Result,
  most: number,
): Promise<{ data: Markup; omission: string }> {
  for (let parts = 0;; parts++) {
    const packed = await pack(JSON.stringify(without(result, parts)));
    if (packed.length > most - OVERHEAD && parts < LESS.length) continue;
    const left = LESS.slice(0, parts).map(([what]) => what);
    return {
      data: markup`<script type="application/gzip" id="results">${packed}</script>`,
      omission: left.length === 0
        ? ""
        : `The results in this page lack ${
          listed(left)
        } of the trials, as it would become too big: results.json has them.`,
    };
  }
}

function without(result: Result, parts: number): Result {
  const trials = result.trials.map((trial) =>
    trial.state === "failed"
      ? trial
      : LESS.slice(0, parts).reduce((rest, [, without]) => without(rest), trial)
  );
  return { ...result, trials };
}

async function pack(text: string): Promise<string> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(packed).bytes()).toBase64();
}
