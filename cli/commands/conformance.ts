/** `conformance`, as help shows it. */

import type { Command } from "../command.ts";
import { handshakeOptions, ownServerOptions } from "../options/own_server_options.ts";
import { SERVERS_BY_TAG } from "../options/shared_options.ts";

/** What a verdict is compared with, from the worst on; `informational` is as good as `ok`. */
export const LEVELS = ["failed", "non-strict", "unimplemented", "ok"] as const;

/** The least that a case may be unless another is named. */
export const USUAL_LEVEL: typeof LEVELS[number] = "non-strict";

const OWN: readonly string[] = ["url", "command", "protocol", "path"];

export const command: Command = {
  options: [
    {
      name: "servers",
      value: "A,B|all",
      help: "Servers to try (native, ws, socketio; none of them with --url or --command); " +
        SERVERS_BY_TAG,
      group: "What to compare",
    },
    {
      name: "client",
      value: "A,B|all",
      help:
        "Clients to try in place of servers: wire, wire-epoll, wire-uring, wire-tcp, websocket, ws, socketio, browser, or own for one that you connect",
      group: "What to compare",
    },
    {
      name: "cases",
      value: "A,B",
      help: "Cases to run, such as 5, 7.2 or 8.*.1 (all)",
      group: "What to compare",
    },
    ...ownServerOptions.filter(({ name }) => OWN.includes(name)),
    ...handshakeOptions.filter(({ name }) => name !== "reply-timeout"),
    {
      name: "at-least",
      value: "LEVEL",
      help: `End with 3 if a case is worse: ${LEVELS.join(", ")} (${USUAL_LEVEL})`,
      group: "Results",
    },
    {
      name: "out",
      value: "DIR",
      help: "Folder to write, new or empty (results/<time>-conformance)",
      group: "Results",
    },
    { name: "no-progress", help: "Show no progress", group: "Results" },
    {
      name: "parallel",
      value: "N",
      help: "Servers or clients that are tried at the same time (as many as CPUs, at most 4)",
      group: "Advanced",
    },
  ],
  notes:
    `A server of your own must return messages as they came. Of Socket.IO only what is below its messages is tried.
docs/conformance.md has the groups of cases, and what the verdicts mean.`,
  exits: {
    done: "done",
    failed: "a server or a client could not be tried to the end, or a file could not be written",
    usage: "wrong usage",
    exceeded: "a case is worse than --at-least",
    interrupted: "interrupted: what was done is kept",
  },
};
