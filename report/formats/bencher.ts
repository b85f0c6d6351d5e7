/**
 * Bencher Metric Format: a benchmark for each case on each server, a measure for each metric, with the ends of its 95 %
 * interval. https://bencher.dev/docs/reference/bencher-metric-format/
 */

import type { MetricDefinition, Result } from "../../measure/model/result.ts";
import type { RenderedFile } from "../format.ts";
import { layOut } from "../json.ts";
import { oneLine } from "../summary/text.ts";
import { placeOf, soundFigures } from "./sound.ts";

/** The longest name of a benchmark, in characters. */
const LONGEST_BENCHMARK = 1024;
/** The longest name of a measure. */
const LONGEST_MEASURE = 64;

export function render(result: Result): RenderedFile[] {
  const benchmarks = Map.groupBy(
    soundFigures(result),
    (figure) => cut(placeOf(figure), LONGEST_BENCHMARK),
  );
  const content = Object.fromEntries(
    [...benchmarks].map(([name, figures]) => [
      name,
      Object.fromEntries(figures.map(({ metric, value, interval }) => [
        measureOf(metric),
        {
          value,
          ...(interval && { lower_value: interval.low, upper_value: interval.high }),
        },
      ])),
    ]),
  );
  return [{ path: "bencher.json", content: `${layOut(content, "")}\n` }];
}

/** `p99 (ms)`: the same id may have another unit in another scenario, and Bencher's own latency is in nanoseconds. */
function measureOf({ id, unit }: MetricDefinition): string {
  return cut(oneLine(unit === "" ? id : `${id} (${unit})`), LONGEST_MEASURE);
}

function cut(text: string, length: number): string {
  return [...text].slice(0, length).join("");
}
