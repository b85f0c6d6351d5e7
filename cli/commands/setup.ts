/** `setup`, as help shows it. */

import { programName } from "../../servers/launch/program_name.ts";
import type { Command } from "../command.ts";

export const command: Command = {
  options: [],
  notes:
    `${programName()} setup shows the words: go, rust, cpp, java and python build the servers of a \
language into the user's cache, all builds those whose tools are there, and debian installs programs \
and libraries with Debian's package manager.`,
  exits: {
    done: "done, or what asked for all and lacks its tools was left out",
    failed: "something could not be built or installed",
    usage: "wrong usage, or a tool is missing",
  },
};
