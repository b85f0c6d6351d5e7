/** `plot`, as help shows it. */

import type { Command } from "../command.ts";

/** The column of a workbook unless another is named. */
export const COLUMN = "latency";
/** The picture unless another is named. */
export const DEFAULT_OUT = "latency.png";

export const command: Command = {
  options: [
    {
      name: "window",
      value: "N",
      help: "Points that the moving average is of (a tenth of a round)",
    },
    { name: "out", value: "FILE", help: `Picture to write, .png or .svg (${DEFAULT_OUT})` },
    { name: "scenario", value: "NAME", help: "Scenario of a run (the first one about latency)" },
    { name: "column", value: "NAME", help: `Heading of the column of a workbook (${COLUMN})` },
  ],
  notes:
    "FILE is the folder of a run, its results.json, or an .xlsx workbook with a column of latencies.",
  exits: { done: "done", usage: "wrong usage" },
};
