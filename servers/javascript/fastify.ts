/** Fastify with @fastify/websocket, on Node. */

import type { Buffer } from "node:buffer";
import type { AddressInfo } from "node:net";
import websocket from "@fastify/websocket";
import pluginManifest from "@fastify/websocket/package.json" with { type: "json" };
import Fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import manifest from "fastify/package.json" with { type: "json" };
// @ts-types="npm:@types/ws@^8"
import type { WebSocket } from "ws";
import { askedAt, behaviours, maxMessageBytes } from "../contract/behaviours.ts";
import { wsCompressionOf } from "../contract/node_http.ts";
import { page } from "../contract/page.ts";
import { Sessions } from "../contract/sessions.ts";
import { standalone } from "../contract/standalone.ts";
import type { Address, RunningServer } from "../types.ts";
import { refusesOf } from "../contract/visitors.ts";

/** The paths that open a WebSocket, beside `/`. */
const PATHS = [...behaviours, "/room/:number", "/push/:rate/:size"];

export async function start(
  { hostname, port, tls, deflate }: Address,
): Promise<RunningServer> {
  const sessions = new Sessions<Buffer>();
  const home = page("fastify", "websocket");
  const refuses = refusesOf(hostname);
  const app = Fastify({ https: tls === undefined ? null : { cert: tls, key: tls } });
  await app.register(websocket, {
    options: { perMessageDeflate: wsCompressionOf(deflate), maxPayload: maxMessageBytes },
    // It closes the socket itself; by default this would be logged.
    errorHandler: (_error, socket) => socket.terminate(),
  });
  app.addHook("onRequest", async ({ headers, url }, reply) => {
    if (refuses(headers.host, headers.origin)) await reply.code(403).send();
    else if (!askedAt(url)) reply.callNotFound();
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send("Not found\n"));

  const wsHandler = (socket: WebSocket, { url }: FastifyRequest): void => {
    const session = sessions.begin(
      askedAt(url)!,
      (message, isBinary = false) => socket.send(message, { binary: isBinary }),
    );
    socket.on("message", (data, isBinary) => session.received(data as Buffer, isBinary));
    socket.on("close", session.closed);
  };
  const upgradeRequired = (_request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    reply.code(426).headers({ upgrade: "websocket", connection: "upgrade" })
      .send("Open a WebSocket here\n");
  for (const url of PATHS) {
    app.route({ method: "GET", url, handler: upgradeRequired, wsHandler });
  }
  app.route({
    method: "GET",
    url: "/",
    handler: (_request, reply) => reply.headers(home.headers).send(home.body),
    wsHandler,
  });

  await app.listen({ host: hostname, port });
  return { port: (app.server.address() as AddressInfo).port, close: () => app.close() };
}

if (import.meta.main) {
  await standalone({
    id: "fastify",
    library: `fastify ${manifest.version}, @fastify/websocket ${pluginManifest.version}`,
    notes: [
      "No compression unless a case asks for it, then of every message; no logging, no idle timeout.",
      "Its WebSockets are those of ws, which sets TCP_NODELAY.",
      "Messages of up to 64 MiB.",
      "Replies that the client does not read are queued in memory without limit.",
    ],
  }, start);
}
