/**
 * Percentile distributions in the text of HdrHistogram (`.hgrm`), one file for each histogram of a case on a server:
 * the plotter at https://hdrhistogram.github.io/HdrHistogram/plotFiles.html draws several in one picture.
 */

import type { Result } from "../../measure/model/result.ts";
import { percentileDistribution } from "../../measure/record/hdr.ts";
import { fileName, unused } from "../file_names.ts";
import type { RenderedFile } from "../format.ts";
import { latenciesOf } from "./latencies.ts";
import { placeOf } from "./sound.ts";

export function render(result: Result): RenderedFile[] {
  const taken = new Set<string>();
  return Array.from(latenciesOf(result), (latencies) => {
    const name = unused(fileName(`${placeOf(latencies)}.${latencies.name}`), taken);
    return { path: `hgrm/${name}.hgrm`, content: percentileDistribution(latencies.histogram) };
  });
}
