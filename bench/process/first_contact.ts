/** The first contact with a server that wsmark does not know: a run should not begin if it cannot end well. */

import { libraries } from "../../clients/mod.ts";
import type { Client } from "../../clients/types.ts";
import { isMeasured } from "../../measure/model/result.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { after } from "./delay.ts";
import { quoted, startServer } from "./server_process.ts";
import { hushed } from "../plan/secrets.ts";
import { targetUrl } from "./reachability.ts";

/** How long it may take to answer a message, in milliseconds. */
const PATIENCE_MS = 3000;
const MESSAGE = "wsmark";

/**
 * Starts a server, or looks for one that runs already, and sends it a message.
 *
 * @returns what its figures will lack, a sentence each
 * @throws {Error} if it cannot be started or reached
 */
export async function firstContact(entry: ServerEntry): Promise<string[]> {
  const server = await startServer(entry);
  try {
    const { url, pid, path = "/echo" } = server.ready;
    const unmeasured = isMeasured(pid)
      ? []
      : [`${entry.id}: its CPU time and memory are not measured, as ${pid.absent}`];
    const { protocol } = entry;
    const { load } = libraries.find(({ protocols }) => protocols.includes(protocol))!;
    const client = await load();
    const { reply, ending } = await answerOf(client, targetUrl(url, path), protocol);
    if (ending !== undefined) {
      const failed = `${entry.id} ended the first connection before it replied${
        quoted(hushed(entry, ending))
      }: its trials will fail`;
      return [...unmeasured, failed];
    }
    if (reply === MESSAGE) return unmeasured;
    const wrong = `${entry.id} does not return messages as they came (${
      reply === undefined
        ? "no answer"
        : `the answer is${quoted(hushed(entry, reply)).replace(":", "") || " empty"}`
    } to "${MESSAGE}"): its replies will count as wrong`;
    return [...unmeasured, wrong];
  } finally {
    await server.stop();
  }
}

/** The outcome of a message; neither if no reply came in time. */
interface Answer {
  readonly reply?: string;
  /** Why the connection ended before one came. */
  readonly ending?: string;
}

async function answerOf(client: Client, url: string, protocol: string): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const { promise: end, resolve: ended } = Promise.withResolvers<void>();
  using late = after(PATIENCE_MS);
  const connection = client.connect(url, {
    opened: () => connection.send(MESSAGE),
    received: (reply) =>
      resolve({ reply: typeof reply === "string" ? reply : `<${reply.length} bytes>` }),
    closed(code, reason) {
      resolve({ ending: reason || `closed with code ${code}` });
      ended();
    },
  }, protocol);
  const answer = await Promise.race([promise, late.over.then(() => ({}))]);
  connection.close();
  using closing = after(PATIENCE_MS);
  await Promise.race([end, closing.over]);
  return answer;
}
