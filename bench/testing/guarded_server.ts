/** An echo that opens a WebSocket only for those who ask as they should, as real servers do. */

import { createServer, type IncomingMessage } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
// @ts-types="npm:@types/ws@^8"
import { WebSocketServer } from "ws";

/** What a request is refused with: the line of the status, and fields. */
export interface Refusal {
  readonly status: string;
  readonly fields?: readonly string[];
}

export interface Guard {
  /** Looks at a request; undefined lets it in. */
  readonly refuses?: (request: IncomingMessage) => Refusal | undefined;
  /** What is sent before the answer. */
  readonly before?: string;
  /** The subprotocol that is chosen of those that are offered. */
  readonly chooses?: (offered: ReadonlySet<string>) => string | false;
  /** Changes the fields of the answer. */
  readonly answers?: (fields: string[]) => void;
  /** What it says first. */
  readonly greets?: string;
  /** Whether it answers no message. */
  readonly isSilent?: boolean;
  /** From which connection on it closes them when a message comes, and with which reason (none, "bye"). */
  readonly closes?: number;
  readonly reason?: (request: IncomingMessage) => string;
  /** Options of node:tls; without them it has no TLS. */
  readonly tls?: Readonly<Record<string, unknown>>;
}

export interface GuardedServer extends AsyncDisposable {
  /** `ws://127.0.0.1:PORT`, or with `wss:`. */
  readonly origin: string;
  readonly port: number;
  /** The requests that it got. */
  readonly requests: readonly IncomingMessage[];
}

/** Starts the server at a free port of 127.0.0.1. */
export async function guardedServer(
  {
    refuses,
    before = "",
    chooses,
    answers,
    greets,
    isSilent,
    closes = Infinity,
    reason = () => "bye",
    tls,
  }: Guard = {},
): Promise<GuardedServer> {
  const requests: IncomingMessage[] = [];
  const sockets = new Set<Duplex>();
  const echoes = new WebSocketServer({
    noServer: true,
    ...(chooses && { handleProtocols: (offered: Set<string>) => chooses(offered) }),
  });
  if (answers) echoes.on("headers", answers);
  let connections = 0;
  echoes.on("connection", (socket, request: IncomingMessage) => {
    connections++;
    if (greets !== undefined) socket.send(greets);
    if (isSilent) return;
    if (connections >= closes) {
      socket.once("message", () => socket.close(4001, reason(request).slice(0, 120)));
      return;
    }
    socket.on("message", (data, binary) => socket.send(data, { binary }));
  });
  const server = tls === undefined ? createServer() : createSecureServer(tls);
  server.on("tlsClientError", () => {});
  server.on("connection", (socket: Duplex) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head) => {
    socket.on("error", () => {});
    requests.push(request);
    const refusal = refuses?.(request);
    if (refusal !== undefined) {
      const fields = [...refusal.fields ?? [], "Content-Length: 0", "Connection: close"];
      socket.end(`HTTP/1.1 ${refusal.status}\r\n${fields.join("\r\n")}\r\n\r\n`);
      return;
    }
    if (before !== "") socket.write(before);
    echoes.handleUpgrade(request, socket as never, head, (client) => {
      echoes.emit("connection", client, request);
    });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${tls === undefined ? "ws" : "wss"}://127.0.0.1:${port}`,
    port,
    requests,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      await promise;
    },
  };
}
