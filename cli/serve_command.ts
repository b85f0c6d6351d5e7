/**
 * `serve`: starts servers on known ports for trying them by hand.
 *
 * @module
 */

import { chooseServers } from "../runner/options.ts";
import { type ServerProcess, startServer } from "../runner/server_process.ts";
import { UsageError } from "../runner/usage.ts";
import { type Command, EXIT } from "./command.ts";
import { onStopSignal } from "./signals.ts";
import { print, printError } from "./terminal.ts";

const FIRST_PORT = 8765;

/** How long a server may take to answer a GET, in milliseconds. */
const PAGE_MS = 2000;

/** `serve`: starts servers on known ports for trying them by hand. */
export const serveCommand: Command = {
  name: "serve",
  title: "Starts the servers on known ports and prints their links; Ctrl-C stops them.",
  options: [
    {
      name: "servers",
      value: "A,B|all",
      help: "Servers to start (those that a run compares unless told)",
    },
    { name: "port", value: "N", help: `Port of the first one; the others follow (${FIRST_PORT})` },
    { name: "hostname", value: "HOST", help: "Address to listen on (127.0.0.1)" },
  ],
  async run(args) {
    const { chosen, leftOut } = chooseServers(args.list("servers"));
    for (const { title, reason } of leftOut) {
      printError(`note: ${title} is left out: ${reason}`);
    }
    const port = args.number("port") ?? FIRST_PORT;
    const last = 65_535 - chosen.length + 1;
    if (!Number.isInteger(port) || port < 1 || port > last) {
      throw new UsageError(`--port must be an integer from 1 to ${last}: received ${port}`);
    }
    const hostname = args.text("hostname") ?? "127.0.0.1";
    const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<void>();
    let isStopping = false;
    using _ = onStopSignal(() => {
      isStopping = true;
      interrupt();
    });

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
          `${entry.id.padEnd(15)}${url.padEnd(28)}${library}, ${runtime}, speaks ${entry.protocol}`,
        );
      }
      const pages = await Promise.all(running.map(({ ready }) => pageOf(ready.url)));
      const page = pages.find((url) => url !== undefined);
      if (page !== undefined) print(`Page: ${page} (at each server in TypeScript)`);
      print("Paths: /echo, /tag, /json, /broadcast. Ctrl-C stops the servers.");
      const ended = running.map(async ({ ended }, index) => {
        const end = await ended;
        if (!isStopping) printError(`error: ${chosen[index]!.id} ended: ${end}`);
        return EXIT.failed;
      });
      return await Promise.race([interrupted.then(() => EXIT.done), ...ended]);
    } finally {
      await Promise.all(running.map((server) => server.stop()));
    }
  },
};

/** The link of a server's page; undefined where it answers something else. */
async function pageOf(url: string): Promise<string | undefined> {
  const link = url.replace(/^ws/, "http");
  try {
    const response = await fetch(link, { signal: AbortSignal.timeout(PAGE_MS) });
    await response.body?.cancel();
    return response.headers.get("content-type")?.startsWith("text/html") ? link : undefined;
  } catch {
    return undefined;
  }
}
