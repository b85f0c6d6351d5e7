/**
 * `plot`: draws latencies one after another with their moving average.
 *
 * @module
 */

import type { Plot } from "../report/plots/types.ts";
import { writeWhole } from "../runner/store.ts";
import { UsageError, whole } from "../runner/usage.ts";
import type { Arguments } from "./arguments.ts";
import { type Command, EXIT } from "./command.ts";
import { readRun } from "./read_run.ts";
import { print } from "./terminal.ts";

const WINDOW = 25;
const COLUMN = "latency";
const DEFAULT_OUT = "latency.png";

/** `plot`: latencies over time, of a run or of anybody's workbook. */
export const plotCommand: Command = {
  name: "plot",
  title: "Draws latencies over time with their moving average, of a run or of any workbook.",
  positionals: ["FILE"],
  options: [
    { name: "window", value: "N", help: `Messages that the moving average is of (${WINDOW})` },
    { name: "out", value: "FILE", help: `Picture to write, .png or .svg (${DEFAULT_OUT})` },
    { name: "scenario", value: "NAME", help: "Scenario of a run (the first that kept latencies)" },
    { name: "column", value: "NAME", help: `Heading of the column of a workbook (${COLUMN})` },
  ],
  notes:
    `FILE is the folder of a run, its results.json, or an .xlsx workbook with a column of latencies.
Exit codes: 0 done, 2 wrong usage.`,
  async run(args) {
    const [file = ""] = args.positional;
    const window = whole("window", args.number("window") ?? WINDOW, 1, 1_000_000);
    const out = args.text("out") ?? DEFAULT_OUT;
    if (!/\.(png|svg)$/i.test(out)) {
      throw new UsageError(`--out must end in .png or .svg: received "${out}"`);
    }
    const plot = /\.xlsx$/i.test(file)
      ? await ofWorkbook(file, args, window)
      : await ofRun(file, args, window);
    const { renderPng, renderSvg } = await import("../report/plots/render.ts");
    const svg = await renderSvg(plot);
    const picture = /\.png$/i.test(out) ? await renderPng(svg) : svg;
    try {
      writeWhole(out, picture);
    } catch (error) {
      throw new UsageError(
        `Cannot write "${out}": ${reasonOf(error)}. Name another file with --out`,
      );
    }
    print(out);
    return EXIT.done;
  },
};

async function ofRun(file: string, args: Arguments, window: number): Promise<Plot> {
  const result = await readRun(file.replace(/[/\\]?results\.json$/, "") || ".");
  const { latencySeries, seriesPlot } = await import("../report/latency_series.ts");
  const found = latencySeries(result, args.text("scenario"));
  if (found === undefined) {
    const known = result.scenarios.map(({ id }) => id).join(", ");
    throw new UsageError(
      `The run kept no single latencies${
        inScenario(args)
      }: run it with --samples. Its scenarios: ${known}`,
    );
  }
  return seriesPlot(found.series, {
    title: found.title,
    window,
    xTitle: "time in the window (ms), all rounds",
    yTitle: "latency (ms)",
    caption: `wsmark ${result.wsmark} · ${result.startedAt.slice(0, 10)}`,
  });
}

function inScenario(args: Arguments): string {
  const scenario = args.text("scenario");
  return scenario === undefined ? "" : ` in the scenario "${scenario}"`;
}

async function ofWorkbook(file: string, args: Arguments, window: number): Promise<Plot> {
  const { readLatencies } = await import("../report/read_latencies.ts");
  const { seriesPlot } = await import("../report/latency_series.ts");
  const column = args.text("column") ?? COLUMN;
  let found;
  try {
    found = await readLatencies(await Deno.readFile(file), column);
  } catch (error) {
    throw new UsageError(
      `Cannot read "${file}": ${reasonOf(error)}. Name a workbook, and its column with --column`,
    );
  }
  const series = found.series.map(({ name, values }) => ({
    name,
    points: values.map((y, x) => ({ x: x + 1, y })),
  }));
  return seriesPlot(series, {
    title: `${found.heading}, ${found.sheet}`,
    window,
    xTitle: "message",
    yTitle: found.heading,
    caption: file.replace(/^.*[/\\]/, ""),
  });
}

function reasonOf(error: unknown): string {
  return (error as Error).message.replace(/\s*\(os error.*$/s, "");
}
