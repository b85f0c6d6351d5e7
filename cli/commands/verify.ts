/** `verify`, as help shows it. */

import { CHECK_IDS } from "../../checks/verify/types.ts";
import type { Command } from "../command.ts";

export const command: Command = {
  options: [
    { name: "only", value: "A,B|all", help: `Checks: ${CHECK_IDS.join(", ")}` },
    {
      name: "engine",
      value: "NAME",
      help: "What carries the bytes: epoll, uring, tcp or auto (auto)",
    },
    { name: "seed", value: "N", help: "Seed of what is random in the checks (random, shown)" },
    {
      name: "agents",
      help: "Have three agents of its own make the load, at a nats-server that it starts",
    },
    { name: "no-pin", help: "Do not pin server and client to separate CPUs" },
  ],
  notes:
    "A check that fails while other programs or the hypervisor take CPU time is tried again, at most twice.",
  exits: {
    done: "all checks passed",
    failed: "one failed",
    usage: "wrong usage",
    inconclusive: "inconclusive: others took CPU time",
    interrupted: "interrupted",
  },
};
