/**
 * hono's upgradeWebSocket, on Deno.serve, on Node and on Bun.
 * On its own: `deno run -A servers/javascript/hono.ts --port 8765`
 */

import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import type { UpgradeWebSocket, WSContext } from "hono/ws";
import { askedAt, behaviours, maxMessageBytes } from "../contract/behaviours.ts";
import { bunNotes, COMPRESS, serveBun } from "../contract/bun_server.ts";
import { versionOf } from "../contract/library.ts";
import { wsCompressionOf } from "../contract/node_http.ts";
import { page } from "../contract/page.ts";
import { type Session, Sessions } from "../contract/sessions.ts";
import { PUSH } from "../contract/stream.ts";
import { standalone } from "../contract/standalone.ts";
import type { Address, Introduction, RunningServer } from "../types.ts";
import { forbidden, refusesOf } from "../contract/visitors.ts";

/** In a variable, as JSR does not see it within a call. */
const LIBRARY = import.meta.resolve("hono");

/** What the runtimes hand a request to, with what they know of it. */
type Fetch = (request: Request, env?: object) => Response | Promise<Response>;

/**
 * The app that all of them serve.
 *
 * @param upgradeWebSocket that of the runtime
 * @param opened is told of each connection
 */
function createApp(
  { hostname }: Address,
  upgradeWebSocket: UpgradeWebSocket,
  opened: (socket: WSContext) => void = () => {},
): Fetch {
  const upgrade = upgradeTo(new Sessions<ArrayBuffer>(), upgradeWebSocket, opened);
  const app = new Hono();
  // A request that hono's upgradeWebSocket does not take falls through to the handler after it.
  for (const path of [...behaviours, "/room/:number{[0-9]{1,9}}"]) {
    app.get(path, upgrade, upgradeRequired);
  }
  app.get("/push/:rate/:size", async (context, next) => {
    return PUSH.test(context.req.path) ? await upgrade(context, next) : context.notFound();
  }, upgradeRequired);
  app.get("/", upgrade, (context) => context.body(home.body, 200, home.headers));
  app.onError((_error, context) => context.text("Not a WebSocket handshake\n", 400));
  app.notFound((context) => context.text("Not found\n", 404));

  const refuses = refusesOf(hostname);
  return (request, env) => {
    const { headers, url } = request;
    const isRefused = refuses(headers.get("host") ?? new URL(url).host, headers.get("origin"));
    return isRefused ? forbidden() : app.fetch(request, env);
  };
}

const home = page("hono", "websocket");

function upgradeTo(
  sessions: Sessions<ArrayBuffer>,
  upgradeWebSocket: UpgradeWebSocket,
  opened: (socket: WSContext) => void,
): MiddlewareHandler {
  return upgradeWebSocket(({ req: { path } }) => {
    let session: Session<ArrayBuffer>;
    return {
      onOpen(_event, socket) {
        opened(socket);
        session = sessions.begin(
          askedAt(path)!,
          (message) => socket.send(message, { compress: COMPRESS }),
        );
      },
      onMessage: ({ data }) => session.received(data as string | ArrayBuffer),
      onClose: () => session.closed(),
    };
  }, { idleTimeout: 0 });
}

function upgradeRequired(context: Context): Response {
  return context.text("Open a WebSocket here\n", 426, {
    upgrade: "websocket",
    connection: "upgrade",
  });
}

async function startOnDeno(address: Address): Promise<RunningServer> {
  const { upgradeWebSocket } = await import("hono/deno");
  const { hostname, port, tls, sharesPort = false } = address;
  const fetch = createApp(address, upgradeWebSocket, ({ raw }) => {
    // Bytes come as a Blob otherwise, which is read later than the text that follows it.
    (raw as WebSocket).binaryType = "arraybuffer";
  });
  const encryption = tls !== undefined && { cert: tls, key: tls };
  const server = Deno.serve(
    { hostname, port, reusePort: sharesPort, onListen() {}, ...encryption },
    (request) => fetch(request),
  );
  return {
    port: server.addr.port,
    // Closes the sockets with code 1001, too.
    close: () => server.shutdown(),
  };
}

async function startOnNode(address: Address): Promise<RunningServer> {
  const { serve, upgradeWebSocket } = await import("@hono/node-server");
  const { WebSocketServer } = await import("ws");
  const { hostname, port, tls, deflate } = address;
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: wsCompressionOf(deflate),
    maxPayload: maxMessageBytes,
  });
  const server = serve(
    {
      fetch: createApp(address, upgradeWebSocket),
      hostname,
      port,
      // Their types differ in what may be undefined.
      websocket: { server: sockets as never },
      ...(tls !== undefined && { createServer, serverOptions: { cert: tls, key: tls } }),
    },
  );
  // Until ws takes over, nobody else listens: a reset would end the process.
  for (const event of ["connection", "secureConnection"]) {
    server.on(event, (socket) => socket.on("error", () => {}));
  }
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      await once(server, "close");
    },
  };
}

async function startOnBun(address: Address): Promise<RunningServer> {
  const { upgradeWebSocket, websocket } = await import("hono/bun");
  return serveBun(address, { fetch: createApp(address, upgradeWebSocket), websocket });
}

const { deno, bun } = process.versions;

const MESSAGES = [
  "Messages of up to 64 MiB.",
  "Replies that the client does not read are queued in memory without limit.",
];

/** How it starts on the runtime that runs this, and what is to be said of it there. */
const [startHere, about]: [
  (address: Address) => Promise<RunningServer>,
  Pick<Introduction, "notes" | "lacks">,
] = deno
  ? [startOnDeno, {
    lacks: { deflate: "Deno.upgradeWebSocket knows no extension" },
    notes: [
      "No compression, no logging, no idle timeout.",
      "It runs on Deno.serve, which sets TCP_NODELAY, but not over TLS: a reply may wait for the acknowledgement of the one before.",
      "Messages of less than 64 MiB, Deno's fixed limit.",
      MESSAGES[1]!,
    ],
  }]
  : bun
  ? [startOnBun, { notes: bunNotes }]
  : [startOnNode, {
    notes: [
      "No compression unless a case asks for it, then of every message; no logging, no idle timeout.",
      "Its WebSockets are those of ws, which sets TCP_NODELAY.",
      ...MESSAGES,
    ],
  }];

export const start: (address: Address) => Promise<RunningServer> = startHere;

if (import.meta.main) {
  await standalone({
    id: "hono",
    library: `hono ${versionOf(LIBRARY)}`,
    ...about,
  }, start);
}
