/** `nats`, as help shows it. */

import { NATS_PORT } from "../../bench/agents/broker/options.ts";
import type { Command } from "../command.ts";

export const command: Command = {
  options: [
    { name: "port", value: "N", help: `Port to listen on; 0 takes a free one (${NATS_PORT})` },
    {
      name: "address",
      value: "ADDRESS",
      help: "Address of this machine to listen on (0.0.0.0, all of IPv4; :: is all)",
    },
    { name: "tls", help: "Encrypt all that is said, with a certificate that is made here" },
  ],
  notes:
    `It starts nats-server (apt-get install nats-server), which carries messages and stores none.
The token is made anew each time, unless WSMARK_NATS_TOKEN is in the environment: then it is that one, \
and the printed lines leave it out.`,
  exits: { done: "stopped by Ctrl-C", failed: "nats-server ended by itself", usage: "wrong usage" },
};
