/** `history`, as help shows it. */

import { FEWEST_RUNS } from "../../measure/history/fewest.ts";
import type { Command } from "../command.ts";

export const command: Command = {
  options: [
    {
      name: "git",
      help: "Read the runs that are committed: each results.json of the commits of --branch",
      group: "What to compare",
    },
    {
      name: "branch",
      value: "NAME",
      help: "Branch, tag or commit for --git (HEAD)",
      group: "What to compare",
    },
    {
      name: "out",
      value: "DIR",
      help: "Folder for history.html and history.md, which are written over",
      group: "Results",
    },
  ],
  notes: `DIR is the folder of a run, or one that holds folders of runs; results/ when left out.
Runs are joined only if their machine and their settings are the same. A change of level takes ${FEWEST_RUNS} such \
runs; it is told with the first run of the new level, its commit, and what else was new there.
Of a figure that never changes, about one in a hundred is said to have changed.`,
  exits: {
    done: "done",
    failed: "history.html or history.md could not be written",
    usage: "wrong usage, or there is no run",
  },
};
