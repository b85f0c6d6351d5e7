/** `doctor`, as help shows it. */

import type { Command } from "../command.ts";

export const command: Command = {
  options: [{ name: "json", help: "Print what was found as JSON" }],
  notes:
    `Each point is good, needs care, or cannot be had here (not), with how it is mended. Of what a usual run does \
without (servers in other languages, Chromium, perf), the exit code does not speak. It computes for a second, to see \
whether others take CPU time just now, and changes nothing.`,
  exits: {
    done: "runs can be made here, though some points may need care",
    failed: "something that every run needs is not there",
    usage: "wrong usage",
  },
};
