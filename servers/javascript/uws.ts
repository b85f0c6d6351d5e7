/** uWebSockets.js on Node. Its authors publish it on GitHub alone; this is a copy of others that npm has. */

import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import process from "node:process";
import type {
  HttpRequest,
  HttpResponse,
  TemplatedApp,
  us_listen_socket,
  WebSocket,
  WebSocketBehavior,
} from "@trufflesuite/uws-js-unofficial";
import { askedAt, maxMessageBytes } from "../contract/behaviours.ts";
import { versionOf } from "../contract/library.ts";
import { page } from "../contract/page.ts";
import { type Session, Sessions } from "../contract/sessions.ts";
import { standalone } from "../contract/standalone.ts";
import type { Address, Asked, Deflate, RunningServer } from "../types.ts";
import { refusesOf } from "../contract/visitors.ts";

const PACKAGE = import.meta.resolve("@trufflesuite/uws-js-unofficial");

/** Its native code itself: where the package has none for this machine, it has something else that looks the same. */
const uWS: typeof import("@trufflesuite/uws-js-unofficial") = createRequire(PACKAGE)(
  `./binaries/uws_${process.platform}_${process.arch}_${process.versions.modules}.node`,
);

/** What is known of a connection. */
interface Connection {
  readonly asked: Asked;
  session?: Session<ArrayBuffer>;
}

/** Its LIBUS_LISTEN_EXCLUSIVE_PORT, which its types only have as a type. */
const EXCLUSIVE = 1;

/** Compresses if the handshake agreed to it; by default it would send plain messages. */
const COMPRESS = true;

export async function start(address: Address): Promise<RunningServer> {
  const app = createApp(address.tls);
  const open = new Set<WebSocket<Connection>>();
  const home = page("uws", "websocket");
  const refuses = refusesOf(address.hostname);
  const isRefused = (request: HttpRequest): boolean =>
    refuses(request.getHeader("host") || null, request.getHeader("origin") || null);

  app.ws("/*", {
    ...behaviourOf(address.deflate, open),
    upgrade(response, request, context) {
      const asked = askedAt(request.getUrl());
      if (isRefused(request)) return void response.writeStatus("403 Forbidden").end();
      if (asked === undefined) return notFound(response);
      response.upgrade<Connection>(
        { asked },
        request.getHeader("sec-websocket-key"),
        request.getHeader("sec-websocket-protocol"),
        request.getHeader("sec-websocket-extensions"),
        context,
      );
    },
  });
  app.get("/*", (response, request) => {
    const url = request.getUrl();
    if (isRefused(request)) return void response.writeStatus("403 Forbidden").end();
    if (url === "/") {
      for (const [name, value] of Object.entries(home.headers)) response.writeHeader(name, value);
      return void response.end(home.body);
    }
    if (askedAt(url) === undefined) return notFound(response);
    response.writeStatus("426 Upgrade Required").writeHeader("upgrade", "websocket")
      .writeHeader("connection", "upgrade").end("Open a WebSocket here\n");
  });

  const listening = await listen(app, address);
  return {
    port: uWS.us_socket_local_port(listening),
    // deno-lint-ignore require-await -- it drops the connections at once
    async close() {
      uWS.us_listen_socket_close(listening);
      open.forEach((socket) => socket.close());
    },
  };
}

function notFound(response: HttpResponse): void {
  response.writeStatus("404 Not Found").end("Not found\n");
}

/** It reads certificate and key from files alone, when it is made. */
function createApp(tls: string | undefined): TemplatedApp {
  if (tls === undefined) return uWS.App();
  const folder = mkdtempSync(`${tmpdir()}/wsmark-uws-`);
  try {
    const path = `${folder}/certificate.pem`;
    writeFileSync(path, tls, { mode: 0o600 });
    return uWS.SSLApp({ cert_file_name: path, key_file_name: path });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Resolves as soon as it listens; no other process can then listen there, too, which is not its default. */
async function listen(
  app: TemplatedApp,
  { hostname, port }: Address,
): Promise<us_listen_socket> {
  const socket = await new Promise<us_listen_socket | false>((resolve) => {
    // Its types know a host, or options.
    const { listen }: { listen(...parts: unknown[]): void } = app;
    listen.call(app, hostname, port, EXCLUSIVE, resolve);
  });
  if (socket !== false) return socket;
  // It does not say why; Node does.
  const server = createServer().listen(port, hostname);
  await once(server, "listening");
  server.close();
  throw new Error("uWebSockets.js cannot listen there");
}

function behaviourOf(
  deflate: Deflate | undefined,
  open: Set<WebSocket<Connection>>,
): WebSocketBehavior<Connection> {
  const sessions = new Sessions<ArrayBuffer>();
  return {
    compression: deflate === undefined
      ? uWS.DISABLED
      // One for all connections, which starts afresh with each message.
      : uWS.SHARED_COMPRESSOR | uWS.SHARED_DECOMPRESSOR,
    maxPayloadLength: maxMessageBytes,
    idleTimeout: 0,
    sendPingsAutomatically: false,
    // Beyond its limit it drops messages; 0 means no limit.
    maxBackpressure: 0,
    open(socket) {
      open.add(socket);
      const connection = socket.getUserData();
      connection.session = sessions.begin(
        connection.asked,
        (message, isBinary = false) => void socket.send(message, isBinary, COMPRESS),
      );
    },
    message: (socket, message, isBinary) =>
      socket.getUserData().session?.received(message, isBinary),
    close(socket) {
      open.delete(socket);
      socket.getUserData().session?.closed();
    },
  };
}

if (import.meta.main) {
  await standalone({
    id: "uws",
    library: `uWebSockets.js ${versionOf(PACKAGE)}`,
    lacks: {
      takeover: "its compressor looks back 250 bytes, whatever window it is told to use",
    },
    notes: [
      "Its authors publish it on GitHub alone: this is @trufflesuite/uws-js-unofficial, of 2023, the newest on npm whose native code runs on Debian 12.",
      "No compression unless a case asks for it, then of every message.",
      "No logging, no idle timeout.",
      "TCP_NODELAY is set by uWebSockets.",
      "Messages of up to 64 MiB.",
      "Replies that the client does not read are queued in memory without limit.",
    ],
  }, start);
}
