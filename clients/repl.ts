/** A client as a program, at a prompt or with lines from a pipe; what that needs is never loaded in a benchmark. */

import type { Client } from "./types.ts";

/**
 * Talks to the server at the URL of the command line, and ends the process: with exit code 0, with 1 if the connection
 * was lost, replies failed to come or nothing could be written, with 2 for wrong usage.
 */
export async function repl(client: Client): Promise<never> {
  const { main } = await import("./prompt/main.ts");
  Deno.exit(await main(client, Deno.args));
}
