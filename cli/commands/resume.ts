/** `resume`, as help shows it. */

import { PLAN_FILE } from "../../bench/folder/names.ts";
import { type Command, RUN_EXITS } from "../command.ts";
import { reportsOption, resumedAgentOptions } from "../options/shared_options.ts";
import { secretOptions } from "../options/own_server_options.ts";

/** The option that runs failed trials again. */
export const retryOption = {
  name: "retry-failed",
  help: "Also run the trials again that failed: what comes of them now counts",
  group: "Advanced",
} as const;

export const command: Command = {
  options: [...secretOptions, ...resumedAgentOptions, reportsOption, retryOption, {
    name: "no-progress",
    help: "Show no progress",
    group: "Results",
  }],
  notes: `The plan is read from DIR/${PLAN_FILE}; servers are started by the commands in it.
It has no passwords and tokens: they are asked for on a terminal, or given by --url, --command and \
--header; {env.VARIABLE} is read from the environment again.`,
  exits: RUN_EXITS,
};
