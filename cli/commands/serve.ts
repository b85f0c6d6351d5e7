/** `serve`, as help shows it. */

import type { Command } from "../command.ts";
import { SERVERS_BY_TAG } from "../options/shared_options.ts";

/** The port of the first server unless another is named. */
export const FIRST_PORT = 8765;

export const command: Command = {
  options: [
    {
      name: "servers",
      value: "A,B|all",
      help: `Servers to start (those that a run compares by default); ${SERVERS_BY_TAG}`,
    },
    { name: "port", value: "N", help: `Port of the first one; the others follow (${FIRST_PORT})` },
    { name: "hostname", value: "HOST", help: "Address to listen on (127.0.0.1)" },
    { name: "tls", help: "Encrypt the connections, with a certificate that is made here (wss:)" },
  ],
  exits: { done: "stopped by Ctrl-C", failed: "a server ended by itself", usage: "wrong usage" },
};
