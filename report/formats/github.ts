/**
 * The input of github-action-benchmark: a list of figures of which more is better (`customBiggerIsBetter`) and one of
 * those of which less is (`customSmallerIsBetter`). https://github.com/benchmark-action/github-action-benchmark
 */

import type { Result } from "../../measure/model/result.ts";
import type { RenderedFile } from "../format.ts";
import { layOut } from "../json.ts";
import { counted, figureWithUnit, oneLine } from "../summary/text.ts";
import { placeOf, type SoundFigure, soundFigures } from "./sound.ts";

export function render(result: Result): RenderedFile[] {
  const figures = soundFigures(result);
  return ([["higher", "bigger"], ["lower", "smaller"]] as const).map(([better, name]) => ({
    path: `github-${name}-is-better.json`,
    content: `${
      layOut(figures.filter(({ metric }) => metric.better === better).map(entryOf), "")
    }\n`,
  }));
}

function entryOf(figure: SoundFigure): Record<string, string | number> {
  const { metric, value, interval, rounds, standing } = figure;
  const { library, runtime } = standing.server;
  const versions = [library, runtime].filter((version) => version !== undefined).map(oneLine);
  return {
    name: `${placeOf(figure)}.${oneLine(metric.id)}`,
    unit: oneLine(metric.unit),
    value,
    ...(interval && {
      range: `${figureWithUnit(interval.low, { ...metric, unit: "" })}…${
        figureWithUnit(interval.high, { ...metric, unit: "" })
      }`,
    }),
    extra: [
      oneLine(metric.title),
      oneLine(figure.case.title),
      counted(rounds, "round"),
      ...versions,
    ].filter((part) => part !== "").join("\n"),
  };
}
