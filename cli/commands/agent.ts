/** `agent`, as help shows it. */

import type { Command } from "../command.ts";
import { natsOptions } from "../options/shared_options.ts";

export const command: Command = {
  options: [
    { name: "id", value: "NAME", help: "What it is called (as its machine)" },
    {
      name: "labels",
      value: "A=B,C=D",
      help: "What it can be picked by: --labels zone=a, then --agents-pick zone=a",
    },
    {
      name: "allow",
      value: "TARGET",
      repeatable: true,
      help:
        "What may be driven: a name, an address, a range, each with :PORT or without, or '*' (loopback and private ranges)",
    },
    {
      name: "serve",
      help: "Also start servers of the list here, for runs with --server-agent",
    },
    {
      name: "serve-address",
      value: "ADDRESS",
      help: "Where they listen, if this machine has several addresses",
    },
    ...natsOptions,
  ],
  notes: "It dials out to NATS, so that nothing need be open on this machine, and waits for work. \
It makes load only for one run at a time, and only on what --allow says. With --serve \
it starts servers of the list, by their ids; a command that comes over the network it never runs. It ends its load within a second when the \
run is gone, and waits for the next one. Ctrl-C ends it.",
  exits: { done: "stopped by Ctrl-C", usage: "wrong usage, or NATS cannot be reached" },
};
