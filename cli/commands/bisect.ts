/** `bisect`, as help shows it. */

import type { Command } from "../command.ts";

export const command: Command = {
  options: [
    {
      name: "command",
      value: "TEXT",
      help: "How the server of a commit is started, in its folder: 'node server.js {port}'",
      group: "What to compare",
    },
    {
      name: "build",
      value: "TEXT",
      help: "What is done before, in its folder, such as 'npm ci'",
      group: "What to compare",
    },
    {
      name: "scenario",
      value: "NAME",
      help: "Scenario whose primary figure decides, in its first case (throughput)",
      group: "What to compare",
    },
    {
      name: "path",
      value: "/PATH",
      help: "Path at which the server returns each message",
      group: "A server of your own",
    },
    { name: "rounds", value: "N", help: "Rounds of each comparison (10)", group: "How long" },
    {
      name: "duration",
      value: "S",
      help: "Length of a measured window in seconds (0.5)",
      group: "How long",
    },
  ],
  notes:
    `GOOD and BAD are commits of the repository of this folder. Each commit that is tried is checked out into a \
temporary folder, and run in the same rounds as GOOD and BAD: it is like the one on whose side of the middle all of its \
interval is. A commit that cannot be told is run once more with twice the rounds, and then left aside.
The commands are run by sh.`,
  exits: {
    done: "the commit is named",
    failed: "it cannot be told, or something could not be run",
    usage: "wrong usage",
    interrupted: "interrupted",
  },
};
