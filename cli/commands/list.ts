/** `list`, as help shows it. */

import type { Command } from "../command.ts";

export const command: Command = {
  options: [{ name: "cases", help: "List the cases of the scenarios, too" }],
  notes: "With names it shows all that is known of these: what a server lacks here, the options of \
a protocol, the cases of a scenario, what a study is about. lang:L, runtime:R and \
protocol:P name servers by what they have in common, as in --servers of run.",
  exits: { done: "done", usage: "wrong usage" },
};
