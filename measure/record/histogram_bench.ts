import { build } from "hdr-histogram-js";
import { Histogram } from "./histogram.ts";
import { seededRandom } from "./random.ts";

const random = seededRandom(1);
const durations = Float64Array.from({ length: 4096 }, () => 20_000 + random() ** 4 * 1e7);

Deno.bench({
  name: "Histogram.record()",
  group: "record 4,096 durations",
  baseline: true,
  fn() {
    const histogram = ours;
    for (let index = 0; index < durations.length; index++) histogram.record(durations[index]!);
  },
});

Deno.bench({
  name: "hdr-histogram-js",
  group: "record 4,096 durations",
  fn() {
    for (let index = 0; index < durations.length; index++) theirs.recordValue(durations[index]!);
  },
});

const ours = new Histogram();
const theirs = build({
  lowestDiscernibleValue: 1,
  highestTrackableValue: 2 ** 36 - 1,
  numberOfSignificantValueDigits: 3,
});
