/**
 * `serve`: starts servers on known ports for trying them by hand.
 *
 * @module
 */

import { type ServerProcess, startServer } from "../runner/server_process.ts";
import { pick, UsageError } from "../runner/usage.ts";
import { servers } from "../servers/mod.ts";
import { type Command, EXIT } from "./command.ts";
import { onStopSignal } from "./signals.ts";
import { print, printError } from "./terminal.ts";

const FIRST_PORT = 8765;

/** `serve`: starts servers on known ports for trying them by hand. */
export const serveCommand: Command = {
  name: "serve",
  title: "Starts the servers on known ports and prints their links; Ctrl-C stops them.",
  options: [
    { name: "servers", value: "A,B|all", help: "Servers to start (all)" },
    { name: "port", value: "N", help: `Port of the first one; the others follow (${FIRST_PORT})` },
    { name: "hostname", value: "HOST", help: "Address to listen on (127.0.0.1)" },
  ],
  async run(args) {
    const chosen = pick("server", args.list("servers") ?? ["all"], servers);
    const port = args.number("port") ?? FIRST_PORT;
    const last = 65_535 - chosen.length + 1;
    if (!Number.isInteger(port) || port < 1 || port > last) {
      throw new UsageError(`--port must be an integer from 1 to ${last}: received ${port}`);
    }
    const hostname = args.text("hostname") ?? "127.0.0.1";
    const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<void>();
    using _ = onStopSignal(() => interrupt());

    const running: ServerProcess[] = [];
    try {
      for (const [index, entry] of chosen.entries()) {
        try {
          running.push(await startServer(entry, { port: port + index, hostname }));
        } catch (error) {
          printError(`error: ${(error as Error).message}`);
          return EXIT.usage;
        }
        const { url, library, runtime } = running.at(-1)!.ready;
        print(
          `${entry.id.padEnd(10)}${url.padEnd(28)}${library}, ${runtime}, speaks ${entry.protocol}`,
        );
      }
      print("Paths: /echo, /tag, /json, /broadcast. Ctrl-C stops the servers.");
      const ended = running.map(async ({ ended }, index) => {
        printError(`error: ${chosen[index]!.id} ended: ${await ended}`);
        return EXIT.failed;
      });
      return await Promise.race([interrupted.then(() => EXIT.done), ...ended]);
    } finally {
      await Promise.all(running.map((server) => server.stop()));
    }
  },
};
