/**
 * One echo round trip of each client with each server that it can talk to: what a message costs an application that
 * has one in flight. Needs processes and sockets: `deno bench --allow-all`.
 */

import { libraries } from "../../clients/mod.ts";
import type { Client, Message } from "../../clients/types.ts";
import { reference, servers } from "../../servers/mod.ts";
import { hasEpoll } from "../plan/client/engine.ts";
import { targetUrl } from "../process/reachability.ts";
import { startServer } from "../process/server_process.ts";

const MESSAGE = "0123456789abcdef";
const BASELINE = "websocket";

/** Opens a connection that sends a message and waits for its echo. */
async function openEcho(
  client: Client,
  url: string,
  protocol: string,
): Promise<() => Promise<void>> {
  const opened = Promise.withResolvers<void>();
  let reply = Promise.withResolvers<Message>();
  const connection = client.connect(url, {
    opened: () => opened.resolve(),
    received: (message) => reply.resolve(message),
    closed(code, reason) {
      const error = new Error(`${client.id} lost ${url}: code ${code} ${reason}`);
      // One of them has nobody that waits for it.
      reply.promise.catch(() => {});
      opened.reject(error);
      reply.reject(error);
    },
  }, protocol);
  await opened.promise;
  return async () => {
    reply = Promise.withResolvers<Message>();
    connection.send(MESSAGE);
    if (await reply.promise !== MESSAGE) throw new Error(`${client.id} received another message`);
  };
}

async function addBenchmarks(): Promise<void> {
  const usual = servers.filter(({ isOptional }) => !isOptional);
  for (const entry of hasEpoll() ? [...usual, reference] : usual) {
    // It ends with this process, whose end of the pipe closes.
    const { ready } = await startServer(entry);
    for (
      const { id, title, load } of libraries.filter(({ protocols }) =>
        protocols.includes(entry.protocol)
      )
    ) {
      const echo = await openEcho(await load(), targetUrl(ready.url, "/echo"), entry.protocol);
      Deno.bench(`${title}: ${entry.title}`, {
        group: `echo of ${MESSAGE.length} B by ${entry.title}`,
        baseline: id === BASELINE,
      }, echo);
    }
  }
}

/** Asked, Deno would stop at a prompt. */
const isAllowed = (["run", "net", "ffi", "env", "read"] as const)
  .every((name) => Deno.permissions.querySync({ name }).state === "granted");

if (isAllowed) await addBenchmarks();
else Deno.bench("echo: needs deno bench --allow-all", { ignore: true }, () => {});
