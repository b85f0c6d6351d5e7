/** `report`, as help shows it. */

import { type Command, RUN_EXITS } from "../command.ts";
import { reportsOption } from "../options/shared_options.ts";

export const command: Command = {
  options: [
    {
      name: "assert",
      value: "TEXT",
      repeatable: true,
      help: "What must hold, such as 'latency.p99 < 5ms'",
      group: "Comparing",
    },
    {
      name: "baseline",
      value: "NAME",
      help: "Server that the others are compared with (that of the run)",
      group: "Comparing",
    },
    reportsOption,
  ],
  exits: {
    done: RUN_EXITS.done!,
    failed: RUN_EXITS.failed!,
    usage: "wrong usage, or nothing to report",
    exceeded: "an assertion does not hold (whatever else went wrong)",
  },
};
