/** What becomes of a published claim, in a sentence that says no more than the run shows. */

import type { ClaimOutcome, IntactOutcome, RelationOutcome } from "./claims.ts";
import { type Judgement, SAME } from "../judge/judge.ts";
import type { IntegrityCounts } from "../model/result.ts";
import { WRONG_WAYS, wrongReplies } from "../record/wrong_replies.ts";
import { doubtOf, nameOf, signedRange } from "../judge/verdicts.ts";

/**
 * An outcome as one sentence, as `Holds here: in latency mean websockets is 12 % lower than Tornado (8–15 %); published: 9 % lower, which lies in the interval.`
 */
export function claimInWords(outcome: ClaimOutcome): string {
  return outcome.kind === "intact" ? intactInWords(outcome) : relationInWords(outcome);
}

function relationInWords(outcome: RelationOutcome): string {
  const { judgement, verdict, claim, metric, server, than, publishedRatio } = outcome;
  if ("absent" in judgement || metric === undefined) {
    return `Not measured: ${"absent" in judgement ? judgement.absent : "there is no such metric"}.`;
  }
  const published = publishedRatio === undefined ? "" : `; published: ${sizeOf(publishedRatio)}`;
  const what = nameOf(metric);
  if (judgement.difference === "none") {
    const range = signedRange(judgement.interval);
    const pair = `${server.title} and ${than.title}`;
    if (verdict === "holds") {
      return `Holds here: in ${what} ${pair} are the same within ${
        SAME * 100
      } %, as claimed (${range})${published}.`;
    }
    const found = {
      "same": `are the same within ${SAME * 100} %`,
      "probable": `probably differ; ${doubtOf(judgement)}`,
    }[judgement.certainty as string] ?? "are not told apart";
    return `Not shown here: in ${what} ${pair} ${found} (${range})${published}.`;
  }
  const found = `in ${what} ${server.title} is ${sizeOf(judgement.ratio)} ` +
    `${judgement.ratio >= TIMES ? "as" : "than"} ${than.title} (${range(judgement)})`;
  if (verdict === "contradicted") {
    const claimed = claim.relation === "same" && published === "" ? "; the same is claimed" : "";
    return `Contradicted here: ${found}${published}${claimed}.`;
  }
  if (publishedRatio === undefined) return `Holds here: ${found}.`;
  return outcome.isSizeConfirmed
    ? `Holds here: ${found}${published}, which lies in the interval.`
    : `Holds here in its direction, but not in its size: ${found} instead of ${
      sizeOf(publishedRatio)
    }.`;
}

const LIST = new Intl.ListFormat("en-GB");

/** From this ratio on it is called "times as high", not per cent. */
const TIMES = 2;

/** A ratio as a comparison: `12 % lower`, `17 times as high`, `the same`. */
function sizeOf(ratio: number): string {
  if (ratio >= TIMES) return `${times(ratio)} times as high`;
  const size = percent(ratio);
  if (size === "0.0") return "the same";
  return `${size} % ${ratio < 1 ? "lower" : "higher"}`;
}

function range({ ratio, interval: { low, high } }: Judgement): string {
  if (ratio >= TIMES) return `${times(low)}–${times(high)} times`;
  const [least, most] = ratio < 1 ? [high, low] : [low, high];
  return `${percent(least)}–${percent(most)} %`;
}

/** How far a ratio is from 1 in per cent: whole, but with a digit below 1 % and near −100 %. */
function percent(ratio: number): string {
  const size = Math.abs(ratio - 1) * 100;
  return size >= 1 && (ratio > 1 || size < 99) ? String(Math.round(size)) : size.toFixed(1);
}

function times(ratio: number): string {
  return ratio >= 10 ? String(Math.round(ratio)) : ratio.toFixed(1);
}

function intactInWords({ verdict, servers, absent }: IntactOutcome): string {
  if (absent !== undefined) return `Not measured: ${absent}.`;
  if (verdict === "contradicted") {
    const wrong = servers.filter(({ counts }) => wrongReplies(counts) > 0)
      .map(({ title, counts }) => `${title} (${waysOf(counts)})`);
    return `Contradicted here: replies were wrong of ${wrong.join(", ")}.`;
  }
  const sum = servers.reduce((total, { counts }) => total + counts.sent, 0);
  const checked = servers.filter(({ counts }) => counts.sent > 0);
  const found = `each of the ${count(sum)} messages to ${
    LIST.format(checked.map(({ title }) => title))
  } had its one right reply, in order`;
  if (verdict === "holds") return `Holds here: ${found}.`;
  const failed = servers.filter((one) => one.failed > 0).map((one) =>
    `${one.failed} of ${one.title}`
  );
  return `Not shown here: ${found}, but of the trials that failed (${
    failed.join(", ")
  }) nothing is known.`;
}

/** `49 lost and 2 corrupted of 10,000 messages`. */
function waysOf(counts: IntegrityCounts): string {
  const ways = WRONG_WAYS.filter((way) => counts[way] > 0)
    .map((way) => `${count(counts[way])} ${way}`);
  return `${LIST.format(ways)} of ${count(counts.sent)} messages`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
