/** `run`, as help shows it. */

import { programName } from "../../servers/launch/program_name.ts";
import { type Command, RUN_EXITS } from "../command.ts";
import { profileHelp, runOptions } from "../options/run_options.ts";

export const command: Command = {
  options: runOptions,
  notes: `Profiles: ${profileHelp}.
A server of your own can go first, without its option: a URL (ws://localhost:3000/chat), or a command \
that has {port} in it ('node server.js {port}'). It is called mine; NAME=… gives it another name.
Names of servers, clients, scenarios and studies: ${programName()} list
Ctrl-C once ends the run after its trial, twice at once; the reports are written both times, unless \
the second comes while they are being written. "resume DIR" continues it.`,
  exits: RUN_EXITS,
};
