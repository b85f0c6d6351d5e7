/** `run`, as help shows it. */

import { type Command, RUN_EXITS } from "../command.ts";
import { profileHelp, runOptions } from "../options/run_options.ts";

export const command: Command = {
  options: runOptions,
  notes: `Profiles: ${profileHelp}.
Names of servers, clients, scenarios and studies: deno task bench list
Ctrl-C once ends the run after its trial, twice at once; the reports are written both times, unless \
the second comes while they are being written. "resume DIR" continues it.`,
  exits: RUN_EXITS,
};
