/** `compare`, as help shows it. */

import type { Command } from "../command.ts";

export const command: Command = {
  options: [{
    name: "fail-on-regression",
    value: "PERCENT",
    help: "End with 3 if a figure is clearly worse by that much or more, or a server is broken",
    group: "Comparing",
  }, {
    name: "profiles",
    value: "FILE",
    help: "Page to write: the CPU profiles of both runs as flame graphs, and their differences",
    group: "Comparing",
  }],
  notes: `OLD and NEW are folders of runs of the same cases.
A change is judged against that of a server that is the same in both runs, such as native: without one \
a whole run may be off, and no change is more than probable. It is never claimed below 2 %, and takes 5 rounds \
or more in both.
A server is broken if trials failed or replies were wrong in NEW and not in OLD.`,
  exits: {
    done: "done",
    usage: "wrong usage",
    exceeded: "a regression is beyond its limit, or there was nothing to find one in",
  },
};
