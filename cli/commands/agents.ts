/** `agents`, as help shows it. */

import type { Command } from "../command.ts";
import { natsOptions } from "../options/shared_options.ts";

export const command: Command = {
  options: natsOptions,
  notes:
    "The round trip is the shortest of many. The clock is what the agent's shows more than this one's, ± half of \
the round trip.",
  exits: { done: "done", failed: "there is none", usage: "wrong usage" },
};
