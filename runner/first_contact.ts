/**
 * The first contact with a server that wsmark knows nothing of: a run should not begin where it cannot end well.
 *
 * @module
 */

import { type Client, libraries } from "../clients/mod.ts";
import { isMeasured } from "../measure/result.ts";
import { shown } from "../measure/shown.ts";
import type { ServerEntry } from "../servers/types.ts";
import { after } from "./after.ts";
import { hushed } from "./secrets.ts";
import { startServer } from "./server_process.ts";
import { targetUrl } from "./reach.ts";

/** How long it may take to answer a message, in milliseconds. */
const PATIENCE_MS = 3000;
const MESSAGE = "wsmark";
/** Characters of a wrong reply that are shown. */
const MOST_SHOWN = 100;

/**
 * Starts a server, or looks for it where it runs already, and sends it a message.
 *
 * @returns what its figures will lack, a sentence each
 * @throws {Error} where it cannot be started or reached
 */
export async function firstContact(entry: ServerEntry): Promise<string[]> {
  const server = await startServer(entry);
  try {
    const { url, pid, path = "/echo" } = server.ready;
    const unmeasured = isMeasured(pid)
      ? []
      : [`${entry.id}: its CPU time and memory are not measured, as ${pid.absent}`];
    const { load } = libraries.find(({ protocol }) => protocol === entry.protocol)!;
    const reply = await replyTo(MESSAGE, await load(), targetUrl(url, path));
    if (reply === MESSAGE) return unmeasured;
    const wrong = `${entry.id} does not return messages as they came (${
      reply === undefined
        ? "no answer"
        : `the answer is "${shown(hushed(entry, reply), MOST_SHOWN)}"`
    } to "${MESSAGE}"): its replies will count as wrong`;
    return [...unmeasured, wrong];
  } finally {
    await server.stop();
  }
}

/** The first reply to a message, as text; undefined where none comes. */
async function replyTo(message: string, client: Client, url: string): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const { promise: end, resolve: ended } = Promise.withResolvers<void>();
  using late = after(PATIENCE_MS);
  const connection = client.connect(url, {
    opened: () => connection.send(message),
    received: (reply) => resolve(typeof reply === "string" ? reply : `<${reply.length} bytes>`),
    closed() {
      resolve(undefined);
      ended();
    },
  });
  const reply = await Promise.race([promise, late.over.then(() => undefined)]);
  connection.close();
  using closing = after(PATIENCE_MS);
  await Promise.race([end, closing.over]);
  return reply;
}
