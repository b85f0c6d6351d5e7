/**
 * Exchange of histograms with other tools: HdrHistogram's V2 compressed encoding as base64
 * (https://github.com/HdrHistogram/HdrHistogram).
 */

import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type JsHistogram,
} from "hdr-histogram-js";
import { HIGHEST_NS, Histogram } from "./histogram.ts";

/** Encodes a histogram of nanoseconds; nothing is lost, since the buckets are the same. */
export function encodeHistogram(histogram: Histogram): string {
  return encodeIntoCompressedBase64(hdrOf(histogram));
}

/**
 * The percentiles of a histogram of nanoseconds in milliseconds, in the text that HdrHistogram's plotter reads
 * (https://hdrhistogram.github.io/HdrHistogram/plotFiles.html).
 */
export function percentileDistribution(histogram: Histogram): string {
  return hdrOf(histogram).outputPercentileDistribution(5, 1e6);
}

function hdrOf(histogram: Histogram): JsHistogram {
  const hdr = build({
    bitBucketSize: 64,
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_NS,
    numberOfSignificantValueDigits: 3,
  });
  for (const [ns, count] of histogram.entries()) hdr.recordValueWithCount(ns, count);
  return hdr as JsHistogram;
}

/**
 * Decodes what {@linkcode encodeHistogram} or another HdrHistogram library wrote. It has no limits of memory or time: a
 * file of somebody else goes through `bench/folder/check_histograms.ts` first.
 *
 * @throws {SyntaxError} if the text is not such an encoding, or has a duration of more than 68 s
 */
export function decodeHistogram(base64: string): Histogram {
  try {
    return Histogram.from(recorded(decodeFromCompressedBase64(base64, 64, false) as JsHistogram));
  } catch (error) {
    throw new SyntaxError(`Cannot decode a histogram: received "${base64.slice(0, 20)}…"`, {
      cause: error,
    });
  }
}

/** Reads counts by their place: the library's iterator takes seven times as long. */
function* recorded(hdr: JsHistogram): Generator<[ns: number, count: number]> {
  const last = hdr.countsArrayIndex(hdr.maxValue);
  for (let index = 0; index <= last; index++) {
    const count = hdr.getCountAtIndex(index);
    if (count !== 0) yield [hdr.valueFromIndex(index), count];
  }
}
