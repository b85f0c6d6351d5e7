/** `plot`: draws latencies one after another with their moving average. */

import type { Plot } from "../../report/plots/chart.ts";
import { readBytes } from "../../bench/folder/read_text.ts";
import { reasonOf, writeWhole } from "../../bench/folder/files.ts";
import { UsageError, whole } from "../../bench/usage.ts";
import { type Arguments, defined } from "../arguments.ts";
import { COLUMN, DEFAULT_OUT } from "../commands/plot.ts";
import { type Action, EXIT } from "../command.ts";
import { readRun } from "../read_run.ts";
import { print } from "../output/terminal.ts";

/** The largest workbook that is read, in bytes. */
const MOST_BYTES = 200_000_000;

export const action: Action = async (args) => {
  const [file = ""] = args.positional;
  const given = args.number("window");
  const window = given === undefined ? undefined : whole("window", given, 1, 1_000_000);
  const out = args.text("out") ?? DEFAULT_OUT;
  if (!/\.(png|svg)$/i.test(out)) {
    throw new UsageError(`--out must end in .png or .svg: received "${out}"`);
  }
  const plot = /\.xlsx$/i.test(file)
    ? await ofWorkbook(file, args, window)
    : await ofRun(file, args, window);
  const { renderPicture } = await import("../../report/plots/pictures/picture.ts");
  const { renderPng } = await import("../../report/plots/pictures/render.ts");
  const svg = await renderPicture(plot);
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
};

async function ofRun(file: string, args: Arguments, window: number | undefined): Promise<Plot> {
  const result = await readRun(file.replace(/[/\\]?results\.json$/, "") || ".");
  const { latencyOverTime } = await import("../../report/plots/over_time.ts");
  try {
    return latencyOverTime(result, defined({ scenario: args.text("scenario"), window }));
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

async function ofWorkbook(
  file: string,
  args: Arguments,
  window: number | undefined,
): Promise<Plot> {
  const { readLatencies } = await import("../../report/workbook/read_latencies.ts");
  const { latencyListPlot } = await import("../../report/plots/over_time.ts");
  const column = args.text("column") ?? COLUMN;
  let found;
  try {
    found = await readLatencies(readBytes(file, MOST_BYTES), column);
  } catch (error) {
    throw new UsageError(
      `Cannot read "${file}": ${reasonOf(error)}. Name a workbook, and its column with --column`,
    );
  }
  const source = `${file.replace(/^.*[/\\]/, "")}, sheet ${found.sheet}`;
  return latencyListPlot(found.series, { heading: found.heading, source }, window);
}
