/** A history in words: for the terminal, and the lines above its tables. */

import { FEWEST_RUNS } from "../../measure/history/fewest.ts";
import type { Series } from "../../measure/history/series.ts";
import { largest, smallest } from "../../measure/statistics/statistics.ts";
import { counted, formatNumber, oneLine } from "../summary/text.ts";
import { hanging } from "../terminal/screen.ts";
import { figureText, type History, inWords, sourceOf } from "./tables.ts";

/** The answer in one sentence: `2 of 12 figures changed their level; the latest became worse by …`. */
export function headline({ series, runs }: History): string {
  const long = series.filter(({ points }) => points.length >= FEWEST_RUNS);
  if (long.length === 0) {
    return `No change can be found yet: it takes ${FEWEST_RUNS} runs of one machine with the same settings, and there ${
      runs === 1 ? "is" : "are"
    } ${runs}.`;
  }
  const changed = long.filter(({ changes }) => changes.length > 0).length;
  const all = long.flatMap(({ changes }) => changes);
  const count = (way: string): number => all.filter((one) => one.way === way).length;
  return changed === 0
    ? `None of ${counted(long.length, "figure")} changed its level.`
    : `${changed} of ${counted(long.length, "figure")} changed ${
      changed === 1 ? "its" : "their"
    } level: ${count("worse")} became worse, ${count("better")} better.`;
}

/** Heights of the letters of {@linkcode trend}. */
const LETTERS = "▁▂▃▄▅▆▇█";
/** The most of them. */
const MOST_LETTERS = 40;

/** The newest values as letters of different height. */
function trend({ points }: Series): string {
  const values = points.slice(-MOST_LETTERS).map(({ value }) => value);
  const [low, high] = [smallest(values), largest(values)];
  const last = LETTERS.length - 1;
  return values.map((value) => LETTERS[Math.round((value - low) / (high - low || 1) * last)]).join(
    "",
  );
}

/** The history for a terminal of so many columns. */
export function renderHistory(history: History, width: number): string {
  const { machines, leftOut, series } = history;
  const overview = [
    ...machines.map(({ machine, runs }) => `${counted(runs, "run")}: ${oneLine(machine)}`),
    ...(machines.length > 1
      ? ["Runs of different machines, or with other settings, are not joined."]
      : []),
    ...leftOut.map((line) => `left out: ${oneLine(line)}`),
  ];
  const figures = series.flatMap((one, at) => {
    const before = series[at - 1];
    const isNewMachine = machines.length > 1 && before?.machine !== one.machine;
    return [
      ...(before?.title === one.title && before.machine === one.machine
        ? []
        : ["", ...(isNewMachine ? [`— ${oneLine(one.machine)}`] : []), oneLine(one.title)]),
      ...seriesLines(one),
    ];
  });
  return [...overview, ...figures, "", headline(history)]
    .flatMap((line) => {
      const indent = /^ */.exec(line)![0];
      return line === "" ? [""] : hanging(indent, `${indent}  `, line.trimStart(), width);
    }).join("\n");
}

function seriesLines(series: Series): string[] {
  const { server, metric, points, changes } = series;
  const now = `${figureText(points.at(-1)!)} ${oneLine(metric.unit)}`.trim();
  return [
    `  ${oneLine(server)}, ${oneLine(metric.title)}: ${now}`,
    ...(points.length > 1 ? [`    ${trend(series)}`] : []),
    ...changes.map((change) => `    ${changeLine(series, change)}`),
  ];
}

function changeLine({ points, metric }: Series, change: Series["changes"][number]): string {
  const { index, before, after, others, p } = change;
  const what = `${formatNumber(before)} → ${formatNumber(after)} ${oneLine(metric.unit)}`.trim();
  const also = others.length === 0 ? "" : `; new there: ${oneLine(others.join(", "))}`;
  return `${inWords(change)} (${what}) at ${sourceOf(points[index]!)}, after ${
    sourceOf(points[index - 1]!)
  }; p ${formatNumber(p)}${also}`;
}
